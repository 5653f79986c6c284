using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AiBms.Server.Access;

/// <summary>The demo is open to whoever is on this machine, in one stated role.</summary>
sealed class DemoDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Demo";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new(Visitor.OfDemo(Scheme_), Scheme_)));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Door.SayForbidden(Context);
}
