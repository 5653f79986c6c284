using AiBms.Server.Fleet;
using AiBms.Storage;
using Microsoft.AspNetCore.Components;

namespace AiBms.Server.Pages.Pack;

/// <summary>One pack: is it safe, is it operational, how much energy is there, what are the trends.</summary>
public partial class PackPage
{
    FleetPack? _pack;

    /// <summary>The pack's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>A moment to show in the history, ms since 1970.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public long? At { get; set; }

    double AgeS => _pack is null ? double.NaN : (Time.GetUtcNow() - _pack.ReceivedAt).TotalSeconds;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _pack = Fleet.Find(Id);

    /// <inheritdoc/>
    protected override Task BeatAsync()
    {
        _pack = Fleet.Find(Id);
        return Task.CompletedTask;
    }

    /// <summary>Where the pack's clock is not this server's: a simulation or record has its own.</summary>
    string Behind()
    {
        const double ToldBeyondS = 5;
        if (_pack is null) return "";
        string what = _pack.Has(Telemetry.Frames.PackFlags.Simulated) ? ", simulated" : "";
        double aheadS = 1e-3 * (_pack.FrameMs - _pack.ReceivedAt.ToUnixTimeMilliseconds());
        return Math.Abs(aheadS) < ToldBeyondS ? what : $"{what}, its clock {Words.Duration(Math.Abs(aheadS))} {(aheadS > 0 ? "ahead of" : "behind")} the server's";
    }

    string Worst() => _pack is null || Words.WorstSentence(_pack) is not { Length: > 0 } sentence ? "" : Words.Worst(_pack) is { } worst ? $"{sentence} Since {Words.Time(worst.RaisedMs, Time.GetUtcNow())}." : sentence;
}
