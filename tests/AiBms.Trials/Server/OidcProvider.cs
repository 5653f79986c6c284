using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AiBms.Trials.Server;

/// <summary>A provider of OpenID Connect on loopback, by a library that others run in earnest. Whoever comes is the person that the trial names.</summary>
sealed class OidcProvider : IAsyncDisposable
{
    public const string Client = "aibms", Secret = "a secret between two programs";

    readonly WebApplication _app;

    OidcProvider(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Claims of who signs in next, beside the subject.</summary>
    public ConcurrentQueue<(string Type, string Value)[]> Persons { get; } = new();

    public static async Task<OidcProvider> StartAsync(string redirect, CancellationToken stop)
    {
        int port = RunningServer.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Services.AddRoutingCore();
        OidcProvider? own = null;
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.EnableDegradedMode().AddEphemeralEncryptionKey().AddEphemeralSigningKey().RegisterScopes("profile", "groups");
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(request =>
            {
                if (request.ClientId != Client || request.RedirectUri != redirect) request.Reject(OpenIddictConstants.Errors.InvalidClient, "not known here");
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(request =>
            {
                if (request.ClientId != Client || request.ClientSecret != Secret) request.Reject(OpenIddictConstants.Errors.InvalidClient, "not the secret");
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(request =>
            {
                if (!own!.Persons.TryDequeue(out var person))
                {
                    request.Reject(OpenIddictConstants.Errors.AccessDenied, "nobody signs in");
                    return default;
                }

                ClaimsIdentity identity = new("provider");
                identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, "42"));
                foreach (var (type, value) in person) identity.AddClaim(new Claim(type, value));
                identity.SetScopes(request.Request.GetScopes());
                identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
                request.SignIn(new ClaimsPrincipal(identity));
                return default;
            }));
        });
        var app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync(stop);
        return own = new(app, new($"http://localhost:{RunningServer.Text(port)}/"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
