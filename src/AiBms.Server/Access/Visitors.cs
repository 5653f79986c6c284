using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AiBms.Server.Access;

/// <summary>Whether whoever came in may still be there.</summary>
sealed class Visitors(UserBook users, SessionBook sessions, OidcSettings? oidc = null)
{
    /// <summary>False once a browser's session was ended, the user is gone, or role or secret were changed; of somebody whom a provider knows, once the settings of that were changed.</summary>
    public bool IsCurrent(ClaimsPrincipal who)
    {
        if (Visitor.StampOf(who) is not { } stamp) return false;
        if (who.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme && !(Visitor.SessionOf(who) is { } session && sessions.IsOpen(session))) return false;
        return users.Find(Visitor.NameOf(who)) is { } user ? user.Stamp == stamp : stamp == oidc?.Stamp;
    }
}
