using System.Security.Claims;

namespace AiBms.Server.Access;

/// <summary>Whoever is signed in, as claims: a role claim for each role that theirs includes.</summary>
static class Visitor
{
    const string StampType = "stamp", FleetType = "fleet", SessionType = "session";

    /// <summary>The role that the demo gives to everybody who can reach it.</summary>
    public const Role InDemo = Role.Engineer;

    public static ClaimsPrincipal Of(User user, string scheme, string? session = null) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, user.Name), new(StampType, user.Stamp), new(FleetType, user.Fleet), .. session is null ? Array.Empty<Claim>() : [new(SessionType, session)], .. Enum.GetValues<Role>().Where(r => r <= user.Role).Select(r => new Claim(ClaimTypes.Role, r.ToString()))], scheme));

    public static ClaimsPrincipal OfDemo(string scheme) => Of(new("visitor", InDemo, "", ""), scheme);

    /// <summary>Their highest role; null where nobody is signed in.</summary>
    public static Role? RoleOf(ClaimsPrincipal who) => Enum.GetValues<Role>().Where(r => who.IsInRole(r.ToString())).Select(r => (Role?)r).Max();

    public static string NameOf(ClaimsPrincipal who) => who.Identity?.Name ?? "";

    /// <summary>The fleet whose packs they see, empty for all; null where nobody is signed in, who sees none.</summary>
    public static string? FleetOf(ClaimsPrincipal? who) => who?.FindFirstValue(FleetType);

    /// <summary>The secret number of the session of a browser; null where somebody came otherwise.</summary>
    public static string? SessionOf(ClaimsPrincipal who) => who.FindFirstValue(SessionType);

    /// <summary>What was true of the user when they came in; null where nobody did.</summary>
    public static string? StampOf(ClaimsPrincipal who) => who.FindFirstValue(StampType);
}
