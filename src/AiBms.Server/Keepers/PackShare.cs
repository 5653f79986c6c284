namespace AiBms.Server.Keepers;

/// <summary>Which packs' alarms and minutes this server looks after: all, or its share of a cluster.</summary>
sealed class PackShare
{
    Func<string, bool> _isMine = _ => true;

    public bool IsMine(string pack) => _isMine(pack);

    /// <summary>A number for a pack, the same on every server (FNV-1a).</summary>
    public static uint NumberOf(string pack) => pack.Aggregate(2166136261, (mark, c) => (mark ^ c) * 16777619);

    /// <summary>Divides them anew.</summary>
    public void Divide(Func<string, bool> isMine) => _isMine = isMine;
}
