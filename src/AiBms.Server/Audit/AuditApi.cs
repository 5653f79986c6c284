using AiBms.Server.Access;
using AiBms.Server.Api;

namespace AiBms.Server.Audit;

/// <summary>The audit log over REST, for admins.</summary>
static class AuditApi
{
    const int Most = 1000;

    public static void MapAuditApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1/audit").WithTags("audit").RequireAuthorization(nameof(Role.Admin));
        api.MapGet("", (int? most, AuditLog audit) => most is < 1 or > Most ? PackApi.Refused(400, $"'most' is a number from 1 to {Most}.") : Results.Json(audit.Last(most ?? 100)))
            .Produces<IEnumerable<AuditEntry>>().ProducesProblem(400).WithSummary("Who did what, newest first.");
        api.MapGet("/head", (AuditLog audit) => new { audit.Head }).WithSummary("Number and hash of the last entry: note it elsewhere, 'audit verify --head' takes it.");
    }
}
