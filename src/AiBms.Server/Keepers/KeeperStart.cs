using AiBms.Server.Fleet;
using AiBms.Storage;

namespace AiBms.Server.Keepers;

/// <summary>Takes up the estimator of a pack where it was left: what was kept of it, and the frames since.</summary>
static class KeeperStart
{
    /// <summary>Why a server without <c>--estimate</c> estimates nothing.</summary>
    public const string NotAsked = "This server does not estimate itself: start it with --estimate.";

    /// <summary>Frames that are read again at most, the newest, and how far back where nothing was kept, ms.</summary>
    const int MostFrames = 20_000;
    const long FirstMs = 3_600_000;

    /// <summary>How often what is known is kept: after a fall so much is estimated again.</summary>
    public static TimeSpan SaveEvery { get; } = TimeSpan.FromMinutes(5);

    /// <exception cref="System.Data.Common.DbException">The store cannot be read.</exception>
    public static PackKeeper Open(string pack, IReadingStore store, LiveFleet fleet, PackDesigns designs)
    {
        var keeper = new PackKeeper(designs);
        var known = store.Estimator(pack);
        long? fromMs = known is not null && keeper.Resume(known) ? known.TimeMs + 1 : null;
        if (fleet.Find(pack)?.Card is { } card) keeper.Know(card.ToBytes());
        if (store.Span(pack) is not { } span) return keeper;
        var at = store.CheckpointOf(pack);
        var since = store.Frames(pack, fromMs ?? span.LastMs - FirstMs, long.MaxValue, MostFrames);
        keeper.CatchUp(at.Epoch, at.Seq, since);
        return keeper;
    }
}
