using AiBms.Server.Fleet;
using Microsoft.AspNetCore.Components;

namespace AiBms.Server.Shared;

/// <summary>A page that follows the fleet: it is drawn again twice a second, so that ages and values are never older than that, and at once when an event begins or ends.</summary>
public abstract class Live : ComponentBase, IAsyncDisposable
{
    const int LookMs = 100, LooksPerBeat = 5;

    readonly CancellationTokenSource _stop = new();

    [Inject]
    internal FleetView Fleet { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    /// <summary>True once the browser's line is open.</summary>
    protected bool IsLive { get; private set; }

    /// <summary>Called with each beat, before the page is drawn.</summary>
    protected virtual Task BeatAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        IsLive = true;
        _ = FollowAsync();
    }

    async Task FollowAsync()
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(LookMs), Time);
        long seen = Fleet.EventVersion;
        int looks = 0;
        try
        {
            while (await clock.WaitForNextTickAsync(_stop.Token))
            {
                if (++looks < LooksPerBeat && Fleet.EventVersion == seen) continue;
                (looks, seen) = (0, Fleet.EventVersion);
                await InvokeAsync(async () =>
                {
                    await BeatAsync();
                    StateHasChanged();
                });
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or Microsoft.JSInterop.JSDisconnectedException or ObjectDisposedException)
        {
            // The browser went away: nobody is left to draw for.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }
}
