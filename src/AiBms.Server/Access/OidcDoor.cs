using System.Security.Claims;
using AiBms.Server.Audit;
using AiBms.Server.Devices;
using AiBms.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AiBms.Server.Access;

/// <summary>People who sign in with a provider of OpenID Connect: authorization code with PKCE. What they may do is what its claims say at that moment, for eight hours.</summary>
static class OidcDoor
{
    public const string Path = "/sign-in/oidc";

    const string Scheme = "Oidc", CallBack = "/signed-in";

    static readonly TimeSpan s_session = TimeSpan.FromHours(8);

    public static void AddOidc(this AuthenticationBuilder builder, OidcSettings settings, bool isTls)
    {
        builder.Services.AddSingleton(settings);
        builder.AddOpenIdConnect(Scheme, oidc =>
        {
            (oidc.Authority, oidc.ClientId, oidc.ClientSecret) = (settings.Authority.ToString(), settings.ClientId, settings.Secret);
            // A provider on this machine may do without TLS; the settings refuse any other.
            oidc.RequireHttpsMetadata = settings.Authority.Scheme == "https";
            (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
            (oidc.CallbackPath, oidc.SignInScheme) = (CallBack, CookieAuthenticationDefaults.AuthenticationScheme);
            // Its tokens are of no use here, and its claims keep their names.
            (oidc.SaveTokens, oidc.MapInboundClaims, oidc.DisableTelemetry, oidc.GetClaimsFromUserInfoEndpoint) = (false, false, true, false);
            oidc.Scope.Clear();
            foreach (string scope in settings.Scopes) oidc.Scope.Add(scope);
            foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
                (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, isTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
            oidc.Events.OnTicketReceived = ticket => Welcome(ticket, settings);
            oidc.Events.OnRemoteFailure = failure =>
            {
                failure.HttpContext.RequestServices.GetRequiredService<AuditLog>().Refused(Door.AddressOf(failure.HttpContext), "sign-in", settings.Name, failure.Failure?.Message.Split('\n')[0] ?? "the provider said no");
                failure.Response.Redirect("/login?wrong=3");
                failure.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    public static void MapOidc(this WebApplication app) => app.MapGet(Path, (string? back) => Results.Challenge(new() { RedirectUri = Door.OwnPage(back) }, [Scheme])).AllowAnonymous().RequireRateLimiting(Door.SignIns).ExcludeFromDescription();

    static async Task Welcome(TicketReceivedContext ticket, OidcSettings settings)
    {
        var audit = ticket.HttpContext.RequestServices.GetRequiredService<AuditLog>();
        ticket.HandleResponse();
        if (PersonOf(ticket.Principal!, settings, out string why) is not { } user)
        {
            audit.Refused(Door.AddressOf(ticket.HttpContext), "sign-in", settings.Name, why);
            await Door.Say(ticket.HttpContext, StatusCodes.Status403Forbidden, why);
            return;
        }

        audit.Add(user.Name, "signed in", $"{Door.AddressOf(ticket.HttpContext)}, by {settings.Name} as {user.Role}");
        await Door.BeginAsync(ticket.HttpContext, user, new() { IsPersistent = true, AllowRefresh = false, ExpiresUtc = ticket.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + s_session });
        // The cookie is for this site alone: a browser that comes from the provider's sends it only from a page of ours.
        ticket.Response.ContentType = "text/html; charset=utf-8";
        string page = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(Door.OwnPage(ticket.ReturnUri));
        await ticket.Response.WriteAsync($"""<!doctype html><html lang="en"><meta charset="utf-8"><title>AiBms</title><meta http-equiv="refresh" content="0;url={page}"><p><a href="{page}">Signed in: go on.</a></p></html>""");
    }

    /// <summary>Who somebody is here, by what the provider says of them.</summary>
    /// <returns>Null where they may not come in, and why.</returns>
    internal static User? PersonOf(ClaimsPrincipal who, OidcSettings settings, out string why)
    {
        why = "";
        string name = who.FindFirstValue(settings.NameClaim) ?? who.FindFirstValue("sub") ?? "";
        Role[] roles = [.. who.FindAll(settings.RoleClaim).Where(c => settings.Roles.ContainsKey(c.Value)).Select(c => settings.Roles[c.Value])];
        if (name.Length == 0) why = $"{settings.Name} does not say who you are: it sends no '{settings.NameClaim}'.";
        else if (roles.Length == 0) why = $"{settings.Name} knows you as {name}, and gives you nothing in '{settings.RoleClaim}' that has a role here: ask whoever runs this server.";
        if (why.Length > 0) return null;
        string fleet = "";
        if (roles.Max() < Role.Engineer && settings.FleetClaim is { } claim)
        {
            string[] said = [.. who.FindAll(claim).Select(c => c.Value)];
            if (said.Length != 1)
            {
                why = $"{settings.Name} names {said.Length} fleets for {name} in '{claim}': it has to name one.";
                return null;
            }

            try
            {
                fleet = DeviceBook.FleetName(settings.Fleets.GetValueOrDefault(said[0], said[0]));
            }
            catch (DataException problem)
            {
                why = problem.Message;
                return null;
            }

            // An empty name would be every fleet.
            if (fleet.Length == 0)
            {
                why = $"{settings.Name} names no fleet for {name} in '{claim}'.";
                return null;
            }
        }

        // No local user's name has a colon: nobody is taken for somebody else.
        return new("oidc:" + name, roles.Max(), "", settings.Stamp, fleet);
    }
}
