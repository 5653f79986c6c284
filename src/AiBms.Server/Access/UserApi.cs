using AiBms.Server.Api;
using AiBms.Server.Audit;
using AiBms.Telemetry;

namespace AiBms.Server.Access;

/// <summary>Users over REST, for admins.</summary>
static class UserApi
{
    public static void MapUserApi(this WebApplication app)
    {
        app.MapGet("/api/v1/me", (HttpContext context) => new Me(Visitor.NameOf(context.User), Visitor.RoleOf(context.User), Visitor.FleetOf(context.User))).WithTags("users").WithSummary("Who is signed in, and in which role.");
        var api = app.MapGroup("/api/v1/users").WithTags("users").RequireAuthorization(nameof(Role.Admin));
        api.MapGet("", (UserBook users) => users.All.Select(u => new Me(u.Name, u.Role, u.Fleet))).WithSummary("Every user.");
        api.MapPut("/{name}", async (string name, HttpRequest request, UserBook users, AuditLog audit) =>
        {
            var change = await JsonBody.ReadAsync<Change>(request);
            users.Set(name, change.Role ?? throw new DataException($"Send 'role': one of {string.Join(", ", Enum.GetNames<Role>())}."), change.Secret, change.Fleet);
            audit.Add(Visitor.NameOf(request.HttpContext.User), change.Secret is null ? "user changed" : "user or password set", name, $"{change.Role}, fleet '{users.Find(name)?.Fleet}'");
            return Results.NoContent();
        }).Accepts<Change>("application/json").Produces(204).ProducesProblem(400).WithSummary("Makes a user, or gives one another role or password.");
        api.MapDelete("/{name}", (string name, System.Security.Claims.ClaimsPrincipal who, UserBook users, AuditLog audit) =>
        {
            if (!users.Remove(name)) return PackApi.Refused(404, $"There is no user '{name}'.");
            audit.Add(Visitor.NameOf(who), "user removed", name);
            return Results.NoContent();
        })
            .Produces(204).ProducesProblem(400).ProducesProblem(404).WithSummary("Removes a user; their sessions end.");
    }

    internal sealed record Me(string Name, Role? Role, string? Fleet);

    internal sealed record Change
    {
        public Role? Role { get; init; }

        public string? Secret { get; init; }

        public string? Fleet { get; init; }
    }
}
