using AiBms.Server.Fleet;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Api;

/// <summary>A pack in one line: what lists, the live stream and the retained MQTT state show.</summary>
sealed record PackSummary(
    string Id, string Name, string State, int WorstLevel, string WorstEvent, double Soc, double SocDeviation, double EnergyKwh, double VoltageV, double CurrentA, double CellVoltageVMin, double CellVoltageVMax,
    double HotSpotDegC, double ChargeLimitA, double DischargeLimitA, bool IsCharging, bool IsSimulated, double NorthDeg, double EastDeg, long TimeMs, double AgeS)
{
    public static PackSummary Of(FleetPack pack, DateTimeOffset now)
    {
        var frame = pack.Frame ?? new PackFrame();
        var known = PackFigures.Believed(frame).DefaultIfEmpty(double.NaN).ToArray();
        return new(
            pack.Id, pack.Name, Words.State(pack, now), Words.Level(pack), Words.WorstSentence(pack), frame.Soc, frame.SocDeviation, PackFigures.IsSocKnown(frame) ? 1e-3 * First(pack.Estimates?.EnergyValues) : double.NaN, frame.VoltageV, frame.CurrentA,
            known.Min(), known.Max(), frame.HotSpotDegC, First(frame.ChargeLimitValues), First(frame.DischargeLimitValues), pack.Has(PackFlags.Charger) && frame.CurrentA > LeastA, pack.Has(PackFlags.Simulated),
            pack.Card?.LatitudeDeg ?? double.NaN, pack.Card?.LongitudeDeg ?? double.NaN,
            pack.FrameMs, pack.Frame is null ? double.NaN : (now - pack.ReceivedAt).TotalSeconds)
        {
            IsSocKnown = PackFigures.IsSocKnown(frame),
            IsSilent = Words.IsSilent(pack, now),
        };
    }

    /// <summary>True where the SOC is told well enough to be shown; before, its number is where the search stands.</summary>
    public bool IsSocKnown { get; private init; }

    /// <summary>True where nothing came for a while: state and faults are those of then.</summary>
    public bool IsSilent { get; private init; }

    /// <summary>Less than this into a pack is a charger that is plugged in, no charge, A.</summary>
    const double LeastA = 0.5;

    static double First(double[]? values) => values is { Length: > 0 } ? values[0] : double.NaN;

    /// <summary>Worst first: faults by level, then what is restricted, then the warmest.</summary>
    public static IEnumerable<PackSummary> Ranked(FleetView fleet, DateTimeOffset now) => fleet.Packs.Select(p => Of(p, now))
        .OrderByDescending(s => s.WorstLevel).ThenByDescending(s => s.State != "On line").ThenByDescending(s => s.HotSpotDegC).ThenBy(s => s.Id, StringComparer.Ordinal);
}
