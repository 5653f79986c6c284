using System.Security.Claims;
using AiBms.Server.Access;
using AiBms.Server.Devices;
using AiBms.Storage;
using Microsoft.AspNetCore.Components.Authorization;

namespace AiBms.Server.Fleet;

/// <summary>The packs that somebody may see: those of their fleet, or all. Every page and every answer about packs goes through it.</summary>
/// <remarks>What lies in the store is asked for with the names of these packs, so that a number of an event that was guessed finds nothing of another fleet.</remarks>
sealed class FleetView(LiveFleet fleet, IReadingStore store, DeviceBook book, Func<ClaimsPrincipal?> who)
{
    /// <summary>Of whoever an open page belongs to.</summary>
    public static FleetView OfPage(IServiceProvider services)
    {
        var provider = services.GetRequiredService<AuthenticationStateProvider>();
        return Of(services, () => provider.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true } state ? state.Result.User : null);
    }

    /// <summary>Of whoever sent a request.</summary>
    public static ValueTask<FleetView?> BindAsync(HttpContext context) => new(Of(context.RequestServices, () => context.User));

    static FleetView Of(IServiceProvider services, Func<ClaimsPrincipal?> who) =>
        new(services.GetRequiredService<LiveFleet>(), services.GetRequiredService<IReadingStore>(), services.GetRequiredService<DeviceBook>(), who);

    public long Version => fleet.Version;

    public long EventVersion => fleet.EventVersion;

    public IEnumerable<FleetPack> Packs => fleet.Packs.Where(p => Sees(p.Id));

    public FleetPack? Find(string id) => Sees(id) ? fleet.Find(id) : null;

    /// <summary>True for whoever sees every fleet, and so what is said of the server as a whole.</summary>
    public bool SeesAll => Visitor.FleetOf(who()) is "";

    /// <summary>True where they may see a pack, which need not be there yet.</summary>
    public bool Sees(string pack) => Visitor.FleetOf(who()) is { } own && (own.Length == 0 || book.FleetOf(pack) == own);

    public IReadOnlyList<StoredEvent> Events(string? pack, bool openOnly, int most) => store.Events(pack, openOnly, most, Among());

    public bool Acknowledge(long eventId, long nowMs, string by, string comment)
    {
        if (!store.Acknowledge(eventId, nowMs, by, comment, Among())) return false;
        foreach (var pack in Packs.Where(p => p.Events.Any(e => e.Id == eventId))) fleet.RefreshEvents(pack.Id);
        return true;
    }

    IReadOnlyCollection<string>? Among() => Visitor.FleetOf(who()) is not { } own ? [] : own.Length == 0 ? null : book.PacksOf(own);
}
