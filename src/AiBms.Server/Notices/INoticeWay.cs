using AiBms.Server.Api;

namespace AiBms.Server.Notices;

/// <summary>A way to tell of events.</summary>
interface INoticeWay
{
    /// <summary>What it is called in the file that remembers how far it has come: not a secret, and another one where it leads elsewhere.</summary>
    string Name { get; }

    /// <summary>How bad an event is at least.</summary>
    NoticeLevel Level { get; }

    /// <summary>Tells of events, oldest first.</summary>
    /// <exception cref="Exception">They were not taken; they are told again later.</exception>
    Task TellAsync(IReadOnlyList<EventView> events, CancellationToken stop);
}
