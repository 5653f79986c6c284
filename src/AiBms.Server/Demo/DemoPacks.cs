using AiBms.Agent.Live;
using AiBms.Agent.Protection;
using AiBms.Battery.Estimation;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Numerics;
using AiBms.Safety.Limits;
using AiBms.Telemetry.Journal;

namespace AiBms.Server.Demo;

/// <summary>The packs of the demo: one of each that ships, then vehicles of different age, weather and use. Two have hidden defects.</summary>
static class DemoPacks
{
    const double StepS = 0.5, FastStepS = 1;
    const double KeptDeviation = 0.02;
    const int WeakVehicle = 7, LeakyVehicle = 15;

    static ReadOnlySpan<int> ColdVehicles => [5, 19];

    static readonly (string Pack, string Id, string Name)[] s_first =
    [
        ("ev_96s2p_immersion", "immersion", "Immersion-cooled EV pack"), ("module_12s_coldplate", "module", "12s module on a cold plate"), ("stationary_16s1p_lfp", "stationary", "Stationary LFP storage"),
    ];

    public static DemoPack Make(int number, string home, PackJournal journal, ServerOptions options, long startMs)
    {
        bool isFirst = number < s_first.Length;
        (string file, string id, string name) = isFirst ? s_first[number] : ("ev_96s2p_immersion", $"vehicle-{number - 2:00}", $"Vehicle {number - 2}");
        double ambientDegC = isFirst ? 25 : ColdVehicles.Contains(number - 2) ? -4 : 16 + 22.0 * ((number * 7) % 24) / 23, ageFraction = isFirst ? 0 : ((number * 5) % 24) / 23.0;
        var made = TwinHome.Load(home, file);
        var twin = made with
        {
            Seed = 100 + number,
            StartSoc = 0.35 + 0.5 * ((number * 11) % 27) / 27,
            StartDegC = ambientDegC,
            Mismatch = new(),
            Spread = new() { CapacityFraction = 0.01 + 0.02 * ageFraction, ResistanceFraction = 0.03 + 0.05 * ageFraction, StartSoc = 0.005 + 0.01 * ageFraction },
            Faults = Hidden(number - 2, made),
        };
        double energyWh = twin.Layout.SeriesCount * twin.Layout.ParallelCount * twin.Cell.CapacityAh * (twin.Cell.Ratings!.MinVoltageV + twin.Cell.Ratings.MaxVoltageV) / 2;
        var use = new TwinUse(new VehicleOptions(), energyWh, ambientDegC, 100 + number);
        if (number % 3 == 0) use.Plug();
        double stepS = options.Speed > 5 ? FastStepS : StepS;
        var port = new PacedTwin(twin, use, stepS);
        string protection = Path.Combine(home, "packs", "protection", twin.Layout.Id + ".json");
        var settings = ProtectionFile.Parse(File.ReadAllBytes(protection), Path.GetFileName(protection)) with { SampleMs = (int)(1000 * stepS) };
        LivePack live = new(new()
        {
            PackId = id,
            Name = name,
            Cell = twin.Cell,
            Limits = settings.ToLimits(twin.Layout),
            StartMs = startMs,
            FrameS = Math.Max(1, options.Speed),
            EstimatesS = Math.Max(5, 5 * options.Speed),
            IsSimulated = true,
            HotLimitDegC = settings.Bands.TryGetValue(LimitKind.TemperatureHigh, out var hot) ? hot.Operating : double.NaN,
            LatitudeDeg = 47.2 + 7 * ((number * 13) % 27) / 27.0,
            LongitudeDeg = 6.5 + 8 * ((number * 17) % 27) / 27.0,
        }, port, journal);
        // The agent ran before: it starts from the SOC that it kept, off as a kept estimate is.
        double kept = twin.StartSoc + KeptDeviation * new SeededStream((ulong)(1000 + number)).NextNormal();
        live.Chain.Estimator.Start(SocStart.Told(Math.Clamp(kept, 0, 1), KeptDeviation));
        return new(live, port.Layout);
    }

    static IReadOnlyList<TwinFault> Hidden(int vehicle, PackTwinOptions made) => vehicle switch
    {
        WeakVehicle => [FaultText.Parse("weak-cell:V31=0.85", made.Layout), FaultText.Parse("weak-cell:V31.2=0.85", made.Layout)],
        LeakyVehicle => [FaultText.Parse("internal-short:V64=40", made.Layout)],
        _ => [],
    };
}
