using System.Text.Json;
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
        api.MapGet("", (int? most, ServerOptions options) => most is < 1 or > Most ? PackApi.Refused(400, $"'most' is a number from 1 to {Most}.") : Results.Json(Last(Path.Combine(options.Folder, AuditLog.FileName), most ?? 100)))
            .Produces<IEnumerable<AuditEntry>>().ProducesProblem(400).WithSummary("Who did what, newest first.");
        api.MapGet("/head", (AuditLog audit) => new { audit.Head }).WithSummary("Number and hash of the last entry: note it elsewhere, 'audit verify --head' takes it.");
    }

    static List<AuditEntry> Last(string path, int most)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Queue<string> lines = new();
        while (reader.ReadLine() is { } line)
        {
            if (lines.Count == most) lines.Dequeue();
            lines.Enqueue(line);
        }

        return [.. lines.Reverse().Where(l => l.Length > 65).Select(l => JsonSerializer.Deserialize<AuditEntry>(l.AsSpan(65), AuditChain.Json)!)];
    }
}
