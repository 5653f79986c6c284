using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace AiBms.Server.Access;

/// <summary>An open page outlives the request that opened it: whether its user may still be there is looked at again and again.</summary>
sealed class Doorkeeper(ILoggerFactory logger, Visitors visitors, ServerOptions options) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(options.IsDemo || visitors.IsCurrent(authenticationState.User));
}
