using System.Globalization;
using System.Threading.RateLimiting;
using AiBms.Server.Audit;
using AiBms.Server.Books;
using AiBms.Server.Devices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.RateLimiting;
using Npgsql;

namespace AiBms.Server.Access;

/// <summary>Signing in and out, and who may come to what. Everything but the sign-in page and the sign of life asks for a role.</summary>
static class Door
{
    /// <summary>Names of policies: how often an address may sign in and enrol packs, a pack by its certificate, and whoever may send batches.</summary>
    public const string SignIns = "sign-ins", Enrolments = "enrolments", OfDevice = "device", OfSender = "sender";

    /// <summary>Where forms are sent to.</summary>
    public const string SignIn = "/sign-in", SignOut = "/sign-out";

    const string Chosen = "aibms", Login = "/login";

    /// <summary>Requests of one visitor at once and a second: more than any page needs.</summary>
    const int MostAtOnce = 500, MostPerS = 100;

    /// <summary>A depot enrols its packs from one address; a token cannot be guessed, so this bounds work and not guesses.</summary>
    const int MostEnrolmentsAMinute = 60;

    static readonly string[] s_forPrograms = ["/api", "/metrics", "/health", "/openapi"];

    public static void AddDoor(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<WrongTries>().AddSingleton<Visitors>();
        var keys = services.AddDataProtection().SetApplicationName(Chosen);
        if (options.Cluster is null) keys.PersistKeysToFileSystem(new(Path.Combine(options.Folder, "keys")));
        else services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource, DeviceAuthority>((all, source, authority) => (all.XmlRepository, all.XmlEncryptor) = (new SharedKeys(source), new KeySeal(authority)));
        var ways = services.AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, Chosen, choice => choice.ForwardDefaultSelector = context =>
                options.IsDemo ? DemoDoor.Scheme_
                : context.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? BasicDoor.Scheme_
                : IsForDevice(context) ? DeviceDoor.Scheme_ : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BasicDoor>(BasicDoor.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, DemoDoor>(DemoDoor.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, DeviceDoor>(DeviceDoor.Scheme_, null)
            .AddCookie(cookie => Cookie(cookie, options.TlsName is not null));
        if (options.OidcFile is { } oidc) ways.AddOidc(OidcSettings.Read(oidc), options.TlsName is not null);
        var rules = services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(nameof(Role.Viewer)).Build());
        foreach (var role in Enum.GetNames<Role>()) rules.AddPolicy(role, policy => policy.RequireRole(role));
        rules.AddPolicy(OfDevice, policy => policy.AddAuthenticationSchemes(DeviceDoor.Scheme_).RequireClaim(DeviceDoor.PackType));
        rules.AddPolicy(OfSender, policy => policy.RequireAssertion(who => who.User.IsInRole(nameof(Role.Operator)) || who.User.HasClaim(c => c.Type == DeviceDoor.PackType)));
        services.AddScoped<AuthenticationStateProvider, Doorkeeper>().AddCascadingAuthenticationState();
        services.AddRateLimiter(limiter =>
        {
            Limit(limiter, options.IsDemo).AddPolicy(SignIns, OfAddress(WrongTries.MostAMinute)).AddPolicy(Enrolments, OfAddress(MostEnrolmentsAMinute));
            limiter.OnRejected = (rejected, _) => new(SayTooMany(rejected.HttpContext));
        });
    }

    static Func<HttpContext, RateLimitPartition<string>> OfAddress(int mostAMinute) => context =>
        RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => new() { PermitLimit = mostAMinute, Window = TimeSpan.FromMinutes(1) });

    static Task SayTooMany(HttpContext context)
    {
        int? mostAMinute = context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName switch
        {
            SignIns => WrongTries.MostAMinute,
            Enrolments => MostEnrolmentsAMinute,
            _ => null,
        };
        string why = mostAMinute is { } most ? $"More than {most} tries in a minute: wait a minute." : $"More than {MostPerS} requests a second: wait a second.";
        context.RequestServices.GetRequiredService<AuditLog>().Limited(AddressOf(context), "request", context.Request.Path, why);
        return Say(context, StatusCodes.Status429TooManyRequests, why);
    }

    /// <summary>Where somebody comes from: one text for an address, whichever kind of socket took it.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress is not { } address ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>Every visitor (a certificate, a user, else an address) has a pace of their own; the demo, on one's own machine, has none.</summary>
    static RateLimiterOptions Limit(RateLimiterOptions limiter, bool isDemo)
    {
        if (!isDemo)
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
                context.User.FindFirst(DeviceDoor.SerialType)?.Value ?? context.User.Identity?.Name ?? AddressOf(context),
                _ => new() { TokenLimit = MostAtOnce, TokensPerPeriod = MostPerS, ReplenishmentPeriod = TimeSpan.FromSeconds(1) }));
        return limiter;
    }

    static bool IsForDevice(HttpContext context) => context.Connection.ClientCertificate is not null && (context.Request.Path.Value is { } path && (path == Telemetry.Devices.Enrolment.RenewPath || path.EndsWith("/batches", StringComparison.Ordinal)));

    static void Cookie(CookieAuthenticationOptions cookie, bool isTls)
    {
        (cookie.LoginPath, cookie.Cookie.Name, cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Login, "aibms", TimeSpan.FromHours(12), true);
        // With TLS no other host, and no address without TLS, can set or read it.
        if (isTls) (cookie.Cookie.Name, cookie.Cookie.Path) = ("__Host-aibms", "/");
        (cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy) = (true, SameSiteMode.Strict, isTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
        cookie.Events.OnRedirectToLogin = redirect =>
        {
            if (IsProgram(redirect.Request)) return Say(redirect.HttpContext, StatusCodes.Status401Unauthorized, "Sign in: send name and password (HTTP Basic).");
            redirect.Response.Redirect(redirect.RedirectUri);
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToAccessDenied = denied => SayForbidden(denied.HttpContext);
        cookie.Events.OnValidatePrincipal = async session =>
        {
            if (session.Principal is { } who && session.HttpContext.RequestServices.GetRequiredService<Visitors>().IsCurrent(who)) return;
            session.RejectPrincipal();
            await session.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        };
    }

    /// <summary>Whether a program asks rather than somebody before a page.</summary>
    public static bool IsProgram(HttpRequest request) => Array.Exists(s_forPrograms, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    public static void MapDoor(this WebApplication app)
    {
        app.MapPost(SignIn, async (HttpContext context, UserBook users, WrongTries tries, AuditLog audit, IAntiforgery guard) =>
        {
            string address = AddressOf(context);
            if (!await guard.IsRequestValidAsync(context)) return Results.Redirect(Login + "?wrong=2");
            var form = context.Request.Form;
            string back = form["back"].ToString();
            string name = form["name"].ToString();
            var (user, isLookedAt) = await tries.CheckAsync(address, name, () => users.Check(name, form["secret"].ToString()));
            if (user is null)
            {
                if (isLookedAt) audit.Refused(address, "sign-in", name, "name or password is wrong");
                else audit.Limited(address, "sign-in", name, WrongTries.TooMany);
                return Results.Redirect($"{Login}?wrong=1&ReturnUrl={Uri.EscapeDataString(back)}");
            }

            audit.Add(user.Name, "signed in", address);
            await BeginAsync(context, user, new() { IsPersistent = true });
            return Results.LocalRedirect(OwnPage(back));
        }).AllowAnonymous().RequireRateLimiting(SignIns).ExcludeFromDescription();
        app.MapPost(SignOut, async (HttpContext context, SessionBook sessions, IAntiforgery guard) =>
        {
            if (!await guard.IsRequestValidAsync(context)) return Results.LocalRedirect(Login);
            // Here too, not in the browser alone: a copy of the cookie is worth nothing any more.
            if (Visitor.SessionOf(context.User) is { } session) sessions.End(session);
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.LocalRedirect(Login);
        }).ExcludeFromDescription();
    }

    /// <summary>Signs somebody in with a browser: the cookie holds a session that every server knows.</summary>
    public static Task BeginAsync(HttpContext context, User user, AuthenticationProperties properties)
    {
        string session = context.RequestServices.GetRequiredService<SessionBook>().Begin(user.Name);
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Visitor.Of(user, CookieAuthenticationDefaults.AuthenticationScheme, session), properties);
    }

    /// <summary>A page of our own to go on to: an address is not somebody else's to choose.</summary>
    public static string OwnPage(string? back) => back is not null && back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : "/";

    public static Task SayForbidden(HttpContext context)
    {
        context.RequestServices.GetRequiredService<AuditLog>().Refused(Visitor.NameOf(context.User), "access", $"{context.Request.Method} {context.Request.Path}", "the role may not do this");
        return Say(context, StatusCodes.Status403Forbidden, $"Your role ({Visitor.RoleOf(context.User)?.ToString() ?? "none"}) may not do this.");
    }

    public static Task Say(HttpContext context, int status, string why)
    {
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Basic realm=\"aibms\", charset=\"UTF-8\"";
        if (status == StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = 60.ToString(CultureInfo.InvariantCulture);
        return Results.Problem(why, statusCode: status).ExecuteAsync(context);
    }
}
