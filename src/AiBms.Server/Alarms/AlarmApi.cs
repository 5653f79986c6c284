using AiBms.Server.Access;
using AiBms.Server.Api;
using AiBms.Server.Audit;
using AiBms.Server.Fleet;

namespace AiBms.Server.Alarms;

/// <summary>Alarm rules over REST.</summary>
static class AlarmApi
{
    public static void MapAlarmApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/rules").WithTags("rules");
        api.MapGet("", (AlarmBook book, FleetView fleet) => book.Rules.Where(r => r.Pack.Length == 0 || fleet.Sees(r.Pack))).WithSummary("Every alarm rule.");
        api.MapGet("/signals", () => AlarmSignal.All.Select(s => new { s.Name, s.Text, s.Unit })).WithSummary("What a rule can look at.");
        api.MapPut("", async (HttpRequest request, AlarmBook book, AuditLog audit) =>
        {
            var rule = await JsonBody.ReadAsync<AlarmRule>(request);
            book.Set(rule);
            audit.Add(Visitor.NameOf(request.HttpContext.User), "rule set", rule.Name);
            return Results.NoContent();
        }).RequireAuthorization(nameof(Role.Engineer)).Accepts<AlarmRule>("application/json").Produces(204).ProducesProblem(400).WithSummary("Adds a rule, or takes the place of the one of its name.");
        api.MapDelete("/{name}", (string name, System.Security.Claims.ClaimsPrincipal who, AlarmBook book, AuditLog audit) =>
        {
            if (!book.Remove(name)) return PackApi.Refused(404, $"There is no rule '{name}'.");
            audit.Add(Visitor.NameOf(who), "rule removed", name);
            return Results.NoContent();
        })
            .RequireAuthorization(nameof(Role.Engineer)).Produces(204).ProducesProblem(404).WithSummary("Removes a rule; what it had found is cleared.");
    }
}
