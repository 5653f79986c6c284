using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AiBms.Server.Api;

/// <summary>What the description of the API says of every address, without each saying it.</summary>
static class ApiWords
{
    /// <summary>Who is not signed in, or may not do it, is turned away wherever signing in is asked for.</summary>
    public static Task Refusals(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) return Task.CompletedTask;
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "Nobody is signed in (never in the demo)." });
        operation.Responses.TryAdd("403", new OpenApiResponse { Description = "Whoever is signed in may not do this." });
        return Task.CompletedTask;
    }
}
