using AiBms.Server.Access;
using AiBms.Server.Audit;
using AiBms.Server.Fleet;
using AiBms.Telemetry;

namespace AiBms.Server.Api;

/// <summary>Events over REST.</summary>
static class EventApi
{
    public const int LongestComment = 1000;
    const int MostEvents = 1000;

    public static void MapEventApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/events").WithTags("events");
        api.MapGet("", (string? pack, bool? open, int? most, FleetView fleet) => pack is not null && fleet.Find(pack) is null ? PackApi.Missing(pack)
            : most is < 1 or > MostEvents ? PackApi.Refused(400, $"'most' is a number from 1 to {MostEvents}.")
            : Results.Json(fleet.Events(pack, open ?? false, most ?? MostEvents).Select(EventView.Of)))
            .Produces<IEnumerable<EventView>>().ProducesProblem(400).ProducesProblem(404).WithSummary("Events, newest first; open=true for those that last or are not acknowledged.");
        api.MapPost("/{id:long}/acknowledge", Acknowledge).RequireAuthorization(nameof(Role.Operator)).Accepts<Comment>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(409)
            .WithSummary("Acknowledges an event, with a comment, in the name of whoever is signed in.");
    }

    static async Task<IResult> Acknowledge(long id, HttpRequest request, FleetView fleet, AuditLog audit, TimeProvider time)
    {
        var comment = await JsonBody.ReadAsync<Comment>(request);
        if (comment.Text is not { Length: <= LongestComment }) throw new DataException($"Send 'text': what you say about it, at most {LongestComment} characters.");
        if (!fleet.Acknowledge(id, time.GetUtcNow().ToUnixTimeMilliseconds(), Visitor.NameOf(request.HttpContext.User), comment.Text)) return PackApi.Refused(409, $"There is no event {id} that waits to be acknowledged.");
        audit.Add(Visitor.NameOf(request.HttpContext.User), "event acknowledged", id.ToString(System.Globalization.CultureInfo.InvariantCulture), comment.Text);
        return Results.NoContent();
    }

    internal sealed record Comment(string? Text);
}
