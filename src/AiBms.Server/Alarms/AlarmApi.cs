using AiBms.Server.Access;
using AiBms.Server.Api;

namespace AiBms.Server.Alarms;

/// <summary>Alarm rules over REST.</summary>
static class AlarmApi
{
    public static void MapAlarmApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/rules").WithTags("rules");
        api.MapGet("", (AlarmBook book) => book.Rules).WithSummary("Every alarm rule.");
        api.MapGet("/signals", () => AlarmSignal.All.Select(s => new { s.Name, s.Text, s.Unit })).WithSummary("What a rule can look at.");
        api.MapPut("", async (HttpRequest request, AlarmBook book) =>
        {
            book.Set(await JsonBody.ReadAsync<AlarmRule>(request));
            return Results.NoContent();
        }).RequireAuthorization(nameof(Role.Engineer)).Accepts<AlarmRule>("application/json").Produces(204).ProducesProblem(400).WithSummary("Adds a rule, or takes the place of the one of its name.");
        api.MapDelete("/{name}", (string name, AlarmBook book) => book.Remove(name) ? Results.NoContent() : PackApi.Refused(404, $"There is no rule '{name}'."))
            .RequireAuthorization(nameof(Role.Engineer)).Produces(204).ProducesProblem(404).WithSummary("Removes a rule; what it had found is cleared.");
    }
}
