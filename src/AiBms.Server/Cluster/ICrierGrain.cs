using Orleans.Concurrency;

namespace AiBms.Server.Cluster;

/// <summary>A server of the cluster, for the others to tell it things. Its key is the server's address.</summary>
[Alias("aibms.crier")]
interface ICrierGrain : IGrainWithStringKey
{
    /// <summary>Shows what is new of packs that others keep. Nobody waits for it: the next news heal what was lost.</summary>
    [OneWay, Alias("hear")]
    Task HearAsync([Immutable] PackNews[] news);

    /// <summary>Hands an order to a pack that is connected to this server.</summary>
    /// <returns>False where it is not.</returns>
    [Alias("order")]
    Task<bool> OrderAsync(string pack, byte[] order);
}
