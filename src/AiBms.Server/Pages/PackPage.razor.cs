using System.Globalization;
using AiBms.Agent.Live;
using AiBms.Battery.Control;
using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Telemetry.Frames;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AiBms.Server.Pages;

/// <summary>One pack: is it safe, is it operational, how much energy is there, what are the trends.</summary>
public partial class PackPage
{
    static readonly PackEstimates s_nothing = new();

    FleetPack? _pack;
    CoolingMode? _mode;
    string _shown = "voltage";
    bool _isRelative = true;
    long _drawnMs;

    [Parameter]
    public string Id { get; set; } = "";

    PackEstimates E => _pack?.Estimates ?? s_nothing;

    double AgeS => _pack is null ? double.NaN : (Time.GetUtcNow() - _pack.ReceivedAt).TotalSeconds;

    /// <inheritdoc/>
    protected override void OnParametersSet() => (_pack, _drawnMs) = (Fleet.Find(Id), 0);

    /// <inheritdoc/>
    protected override async Task BeatAsync()
    {
        _pack = Fleet.Find(Id);
        if (_pack is not { Frame: { } frame, Card: { } card } || _pack.FrameMs == _drawnMs) return;
        _drawnMs = _pack.FrameMs;
        await Js.InvokeVoidAsync("aibms.heat", "heat", Heat(frame, card));
        await Js.InvokeVoidAsync("aibms.history", "history", Id, _pack.FrameMs);
    }

    object Heat(PackFrame frame, PackCard card)
    {
        (double[] values, double factor, string unit, double low, double high, int decimals) = _shown switch
        {
            "soc" => (E.CellSoc, 100.0, "%", 0.0, 100.0, 1),
            "temperature" => (E.CoreDegC, 1.0, "°C", -10.0, 60.0, 1),
            _ => (frame.CellVoltageV, 1.0, "V", card.CellVoltageVMin, card.CellVoltageVMax, 3),
        };
        bool bleeds(int cell) => cell / 8 < frame.Bleeding.Length && (frame.Bleeding[cell / 8] >> (cell % 8) & 1) == 1;
        return new
        {
            values = values.Select(v => double.IsFinite(v) ? Math.Round(factor * v, decimals) : (double?)null),
            bleeding = Enumerable.Range(0, card.SeriesCount).Where(bleeds),
            first = card.ModuleValues,
            modules = card.Modules,
            unit,
            low = _isRelative ? (double?)null : low,
            high = _isRelative ? (double?)null : high,
            decimals,
        };
    }

    void Show(string shown) => (_shown, _drawnMs) = (shown, 0);

    void Scale(bool isRelative) => (_isRelative, _drawnMs) = (isRelative, 0);

    async Task Apply()
    {
        await Orders.SendAsync(Id, new() { Mode = _mode });
        _mode = null;
    }

    Task Fail(string fault) => Orders.SendAsync(Id, new() { Fault = fault });

    Task Restart() => Orders.SendAsync(Id, new() { IsRestart = true });

    static IEnumerable<(string Text, string Fault)> Faults(PackCard card)
    {
        string cell = "V" + Math.Max(1, card.SeriesCount / 2).ToString(CultureInfo.InvariantCulture);
        yield return ($"cell {cell[1..]} reads 0.6 V too much", $"sensor-offset:{cell}=0.6");
        yield return ($"tap {cell[1..]} hangs free", $"open-tap:{cell}");
        yield return ($"short inside cell {cell[1..]}", $"internal-short:{cell}=0.05");
        yield return ("isolation lost", "isolation-loss=20000");
        yield return ("pump stands still", "pump-stop");
    }

    StoredEvent? Worst() => _pack?.Events.Where(e => e.ClearedMs is null).OrderByDescending(e => Words.Row(e.FaultCode)?.Level).ThenBy(e => e.RaisedMs).FirstOrDefault();

    string Forecast(PackFrame frame, PackCard card)
    {
        double[] degC = E.ForecastDegC;
        if (degC.Length < 4 || !double.IsFinite(degC[3])) return "forecast " + Words.Unknown;
        double[] minutes = [1.0 / 6, 1, 5, 10];
        int past = double.IsFinite(card.HotLimitDegC) ? Array.FindIndex(degC, t => t >= card.HotLimitDegC) : -1;
        if (past < 0) return string.Create(CultureInfo.InvariantCulture, $"in 10 min {degC[3]:0.0} °C, limit {card.HotLimitDegC:0} °C not reached");
        (double beforeMin, double beforeDegC) = past == 0 ? (0, frame.HotSpotDegC) : (minutes[past - 1], degC[past - 1]);
        double part = Math.Clamp((card.HotLimitDegC - beforeDegC) / Math.Max(1e-6, degC[past] - beforeDegC), 0, 1);
        return string.Create(CultureInfo.InvariantCulture, $"limit {card.HotLimitDegC:0} °C reached in {beforeMin + part * (minutes[past] - beforeMin):0.0} min");
    }

    static string CellsText(PackFrame frame)
    {
        double[] known = [.. frame.CellVoltageV.Where(double.IsFinite)];
        return known.Length == 0 ? Words.Unknown : string.Create(CultureInfo.InvariantCulture, $"{known.Min():0.000} – {known.Max():0.000} V");
    }

    static string Spread(PackFrame frame)
    {
        double[] known = [.. frame.CellVoltageV.Where(double.IsFinite)];
        return known.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"mean {known.Average():0.000} V, spread {1000 * (known.Max() - known.Min()):0} mV, lowest {1 + Array.IndexOf(frame.CellVoltageV, known.Min())}, highest {1 + Array.IndexOf(frame.CellVoltageV, known.Max())}");
    }

    string Soh()
    {
        double[] known = [.. E.CellSoh.Where(double.IsFinite)];
        return known.Length == 0 ? "unknown until a window between two rests" : Words.Percent(known.Min()) + " (weakest)";
    }

    static string Cooling(PackFrame f) => !double.IsFinite(f.FlowLPerMin) && !double.IsFinite(f.InletDegC)
        ? $"no coolant sensors; heater {Words.Percent(f.HeaterFraction, "0")}"
        : $"flow {Words.Number(f.FlowLPerMin, "0.0", "L/min")}, level {Words.Percent(f.LevelFraction, "0")}, in {Words.Number(f.InletDegC, "0.0", "°C")}, out {Words.Number(f.OutletDegC, "0.0", "°C")}, chiller {Words.Percent(f.ChillerFraction, "0")}";

    static string At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    static double At(double[] values, int k) => k < values.Length ? values[k] : double.NaN;

    static double Zero(double value) => double.IsFinite(value) ? value : 0;

    static string Kw(double[] powerW, int k) => At(powerW, k) is var w && double.IsFinite(w) ? (1e-3 * w).ToString("0", CultureInfo.InvariantCulture) : "unknown";
}
