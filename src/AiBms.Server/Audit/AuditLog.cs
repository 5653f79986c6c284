namespace AiBms.Server.Audit;

/// <summary>Who did what, one line each, only ever added to: each line begins with the SHA-256 of the line before and of itself, so that a change of any shows.</summary>
/// <remarks>
/// Line: hash, space, JSON. hash = SHA-256(hash of the line before, newline, JSON), in small hexadecimal digits; before the first stand 64 zeros.
/// Whoever can write the lines can write all of them anew: what they cannot change is a head (number and hash) that was noted elsewhere.
/// </remarks>
sealed class AuditLog(IAuditLines lines, TimeProvider time) : IDisposable
{
    /// <summary>Refusals of one minute that are written one by one; the rest are counted.</summary>
    const int MostRefusedAMinute = 60;

    /// <summary>Longest text that is taken from outside, characters.</summary>
    const int LongestText = 300;

    readonly Lock _lock = new();
    readonly HashSet<string> _limited = new(StringComparer.Ordinal);
    long _minute;
    int _refused;

    /// <summary>Number and hash of the last entry: note it elsewhere, and it shows later that nothing before it was changed.</summary>
    public string Head => lines.Head;

    /// <summary>The last entries, newest first.</summary>
    public IReadOnlyList<AuditEntry> Last(int most) => lines.Last(most);

    /// <summary>Writes an entry; it is on disk on return.</summary>
    public void Add(string who, string what, string about, string detail = "") => lines.Add(Entry(who, what, about, detail));

    /// <summary>Writes that something was refused; of a flood only the first of each minute and how many came after.</summary>
    public void Refused(string from, string what, string about, string why)
    {
        lock (_lock)
        {
            Turn();
            if (++_refused <= MostRefusedAMinute) lines.AddSoon(Entry(from, "refused " + what, about, why));
        }
    }

    /// <summary>Writes that somebody goes on trying beyond what they may: once a minute of an address, since nothing was looked at.</summary>
    public void Limited(string from, string what, string about, string why)
    {
        lock (_lock)
        {
            Turn();
            // Not among the sixty of a minute: else whoever fills those would not be named.
            if (_limited.Count < MostRefusedAMinute && _limited.Add(from)) lines.AddSoon(Entry(from, "refused " + what, about, why));
        }
    }

    /// <summary>Begins a minute anew where it is over.</summary>
    void Turn()
    {
        long minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (minute == _minute) return;
        if (_refused > MostRefusedAMinute) lines.AddSoon(Entry("server", "refused more", "", $"{_refused - MostRefusedAMinute} more were refused within that minute"));
        (_minute, _refused) = (minute, 0);
        _limited.Clear();
    }

    AuditEntry Entry(string who, string what, string about, string detail) => new(0, time.GetUtcNow(), Short(who), what, Short(about), Short(detail));

    static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    public void Dispose() => lines.Dispose();
}
