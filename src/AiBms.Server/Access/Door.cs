using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.RateLimiting;

namespace AiBms.Server.Access;

/// <summary>Signing in and out, and who may come to what. Everything but the sign-in page and the sign of life asks for a role.</summary>
static class Door
{
    const string Chosen = "aibms", SignIns = "sign-ins", Login = "/login", SignIn = "/sign-in";

    static readonly string[] s_forPrograms = ["/api", "/metrics", "/health", "/openapi"];

    public static void AddDoor(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(_ => new UserBook(Path.Combine(options.Folder, "users.db")));
        services.AddSingleton<WrongTries>();
        services.AddDataProtection().PersistKeysToFileSystem(new(Path.Combine(options.Folder, "keys"))).SetApplicationName(Chosen);
        services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, Chosen, choice => choice.ForwardDefaultSelector = context =>
                options.IsDemo ? DemoDoor.Scheme_
                : context.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? BasicDoor.Scheme_ : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BasicDoor>(BasicDoor.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, DemoDoor>(DemoDoor.Scheme_, null)
            .AddCookie(Cookie);
        var rules = services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(nameof(Role.Viewer)).Build());
        foreach (var role in Enum.GetNames<Role>()) rules.AddPolicy(role, policy => policy.RequireRole(role));
        services.AddScoped<AuthenticationStateProvider, Doorkeeper>().AddCascadingAuthenticationState();
        services.AddRateLimiter(limiter => limiter.AddPolicy(SignIns, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = WrongTries.MostAMinute, Window = TimeSpan.FromMinutes(1) })).OnRejected = (rejected, _) =>
                new(Say(rejected.HttpContext, StatusCodes.Status429TooManyRequests, $"More than {WrongTries.MostAMinute} tries in a minute: wait a minute.")));
    }

    static void Cookie(CookieAuthenticationOptions cookie)
    {
        (cookie.LoginPath, cookie.Cookie.Name, cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Login, "aibms", TimeSpan.FromHours(12), true);
        (cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy) = (true, SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest);
        cookie.Events.OnRedirectToLogin = redirect =>
        {
            if (IsProgram(redirect.Request)) return Say(redirect.HttpContext, StatusCodes.Status401Unauthorized, "Sign in: send name and password (HTTP Basic).");
            redirect.Response.Redirect(redirect.RedirectUri);
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToAccessDenied = denied => SayForbidden(denied.HttpContext);
        cookie.Events.OnValidatePrincipal = async session =>
        {
            if (session.Principal is { } who && Visitor.IsCurrent(who, session.HttpContext.RequestServices.GetRequiredService<UserBook>())) return;
            session.RejectPrincipal();
            await session.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        };
    }

    static bool IsProgram(HttpRequest request) => Array.Exists(s_forPrograms, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    public static void MapDoor(this WebApplication app)
    {
        app.MapPost(SignIn, async (HttpContext context, UserBook users, IAntiforgery guard) =>
        {
            if (!await guard.IsRequestValidAsync(context)) return Results.Redirect(Login + "?wrong=2");
            var form = await context.Request.ReadFormAsync();
            string back = form["back"].ToString();
            if (users.Check(form["name"].ToString(), form["secret"].ToString()) is not { } user) return Results.Redirect($"{Login}?wrong=1&ReturnUrl={Uri.EscapeDataString(back)}");
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Visitor.Of(user, CookieAuthenticationDefaults.AuthenticationScheme), new() { IsPersistent = true });
            // Only to a page of our own: an address is not somebody else's to choose.
            return Results.LocalRedirect(back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : "/");
        }).AllowAnonymous().RequireRateLimiting(SignIns).ExcludeFromDescription();
        app.MapPost("/sign-out", async (HttpContext context, IAntiforgery guard) =>
        {
            if (await guard.IsRequestValidAsync(context)) await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.LocalRedirect(Login);
        }).ExcludeFromDescription();
    }

    public static Task SayForbidden(HttpContext context) => Say(context, StatusCodes.Status403Forbidden, $"Your role ({Visitor.RoleOf(context.User)?.ToString() ?? "none"}) may not do this.");

    public static Task Say(HttpContext context, int status, string why)
    {
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Basic realm=\"aibms\", charset=\"UTF-8\"";
        if (status == StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = 60.ToString(CultureInfo.InvariantCulture);
        return Results.Problem(why, statusCode: status).ExecuteAsync(context);
    }
}
