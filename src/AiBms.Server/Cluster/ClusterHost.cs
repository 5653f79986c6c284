using System.Net;
using AiBms.Server.Devices;
using AiBms.Server.Keepers;
using AiBms.Storage;
using AiBms.Storage.Postgres;
using Orleans.Configuration;

namespace AiBms.Server.Cluster;

/// <summary>Makes a server part of a cluster: Orleans places each pack on one of the servers, and moves it when that one ends or falls.</summary>
static class ClusterHost
{
    const string Name = "aibms";

    /// <summary>A server that answers nobody for three probes is taken for dead: a fall is noticed within about four seconds.</summary>
    static readonly TimeSpan s_probe = TimeSpan.FromSeconds(1), s_table = TimeSpan.FromSeconds(5), s_answer = TimeSpan.FromSeconds(5), s_directory = TimeSpan.FromSeconds(2), s_end = TimeSpan.FromSeconds(5);

    /// <param name="builder">The server. The queue of the store is there already, so that it ends after the grains do.</param>
    /// <param name="own">Where the others reach this one.</param>
    /// <param name="authority">Whose certificates the servers show each other.</param>
    public static void AddCluster(this WebApplicationBuilder builder, IPEndPoint own, DeviceAuthority authority)
    {
        builder.Services.AddSingleton(s => (PostgresStore)s.GetRequiredService<IReadingStore>());
        builder.UseOrleans(silo =>
        {
            silo.Services.AddSingleton<IMembershipTable, PostgresMembership>().AddSingleton<Crier>().AddSingleton<IPackKeepers, ClusterPacks>();
            silo.UseTls(tls => ClusterTls.Protect(tls, authority));
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
            // No outside clients: everybody comes through the doors of a server.
            silo.Configure<EndpointOptions>(ends => (ends.AdvertisedIPAddress, ends.SiloPort, ends.GatewayPort, ends.SiloListeningEndpoint) = (own.Address, own.Port, 0, own));
            silo.Configure<ClusterMembershipOptions>(members =>
            {
                (members.ProbeTimeout, members.MinProbeTimeout, members.MaxProbeTimeout, members.NumMissedProbesLimit, members.NumVotesForDeathDeclaration) = (s_probe, s_probe, 3 * s_probe, 3, 1);
                (members.TableRefreshTimeout, members.IAmAliveTablePublishTimeout) = (s_table, s_table);
            });
            silo.Configure<SiloMessagingOptions>(messages => (messages.ResponseTimeout, messages.SystemResponseTimeout) = (s_answer, s_directory));
            silo.Configure<GrainCollectionOptions>(grains => grains.DeactivationTimeout = s_end);
        });
        builder.Services.AddHostedService(s => s.GetRequiredService<Crier>());
    }
}
