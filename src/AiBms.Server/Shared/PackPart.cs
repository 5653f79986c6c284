using AiBms.Server.Fleet;
using AiBms.Telemetry.Frames;
using Microsoft.AspNetCore.Components;

namespace AiBms.Server.Shared;

/// <summary>A part of a pack's page: drawn again only when the pack has something new.</summary>
public abstract class PackPart : ComponentBase
{
    static readonly PackEstimates s_nothing = new();

    FleetPack? _drawn;

    [Parameter]
    [EditorRequired]
    public object Pack { get; set; } = null!;

    internal FleetPack P => (FleetPack)Pack;

    internal PackEstimates E => P.Estimates ?? s_nothing;

    /// <summary>Draws with the next change, whatever it is.</summary>
    protected void Again() => _drawn = null;

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_drawn, P);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(_drawn, P)) return;
        _drawn = P;
        await DrawAsync();
    }

    /// <summary>Draws what a script draws.</summary>
    protected virtual Task DrawAsync() => Task.CompletedTask;
}
