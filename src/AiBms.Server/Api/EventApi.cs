using AiBms.Server.Fleet;
using AiBms.Storage;

namespace AiBms.Server.Api;

/// <summary>Events over REST.</summary>
static class EventApi
{
    const int MostEvents = 1000, LongestComment = 1000;

    public static void MapEventApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/events").WithTags("events");
        api.MapGet("", (string? pack, bool? open, IReadingStore store) => store.Events(pack, open ?? false, MostEvents).Select(EventView.Of)).WithSummary("Events, newest first; open=true for those that last or are not acknowledged.");
        api.MapPost("/{id:long}/acknowledge", Acknowledge).WithSummary("Acknowledges an event, with a comment.");
    }

    static IResult Acknowledge(long id, Comment comment, IReadingStore store, LiveFleet fleet, TimeProvider time)
    {
        if (comment.Text is not { Length: <= LongestComment } || comment.By is not { Length: >= 1 and <= 64 }) return PackApi.Refused(400, $"Send 'by' (1 to 64 characters) and 'text' (at most {LongestComment}).");
        if (!store.Acknowledge(id, time.GetUtcNow().ToUnixTimeMilliseconds(), comment.By, comment.Text)) return PackApi.Refused(409, $"There is no event {id} that waits to be acknowledged.");
        foreach (var pack in fleet.Packs.Where(p => p.Events.Any(e => e.Id == id))) fleet.RefreshEvents(pack.Id);
        return Results.NoContent();
    }

    internal sealed record Comment(string? By, string? Text);
}
