using System.Security.Claims;
using System.Text.Encodings.Web;
using AiBms.Server.Devices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AiBms.Server.Access;

/// <summary>A pack that shows its certificate: it has no role, and may do what is for its own pack only.</summary>
sealed class DeviceDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IServiceProvider services) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Device", PackType = "pack", SerialType = "serial";

    string _why = "Show the pack's certificate.";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Where there is no TLS there is nobody who could be let in by certificate.
        if (services.GetService<Gatekeeper>() is not { } gate || gate.Admit(Context.Connection.ClientCertificate, Door.AddressOf(Context), out _why) is not { } device) return Task.FromResult(AuthenticateResult.Fail(_why));
        ClaimsIdentity identity = new([new(ClaimTypes.Name, device.Pack), new(PackType, device.Pack), new(SerialType, device.Serial)], Scheme_);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme_)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Results.Problem(_why, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Results.Problem("A pack's certificate is for its own batches and for renewing it.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);
}
