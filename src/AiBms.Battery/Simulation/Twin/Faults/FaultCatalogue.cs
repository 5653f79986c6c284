namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>Every fault that the twin can have, one row each. Adding one adds a row, and an effect where there is none yet.</summary>
public static class FaultCatalogue
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("pump-stop", "the coolant pump stands still", FaultPlaceKind.Pack, "", 0, 0, 0, (e, _, _) => e.IsPumpStopped = true) { Needs = FaultNeed.Coolant },
        new("blocked-segment", "a share of a coolant segment's cross-section is closed", FaultPlaceKind.Segment, "share closed", 0.9, 0.01, 0.99, (e, p, size) => e.OpenFraction[p.Index] = 1 - size),
        new("low-level", "the coolant stands no higher than this", FaultPlaceKind.Pack, "fraction of full", 0.4, 0, 1, (e, _, size) => e.LevelCeilingFraction = size) { Needs = FaultNeed.Coolant },
        new("leak", "coolant runs out", FaultPlaceKind.Pack, "L/min", 0.5, 0.001, 100, (e, _, size) => e.LeakLPerMin = size) { Needs = FaultNeed.Coolant },
        new("chiller-loss", "the chiller loses a share of its power", FaultPlaceKind.Pack, "share lost", 1, 0.01, 1, (e, _, size) => e.ChillerFactor = 1 - size) { Needs = FaultNeed.Chiller },
        new("internal-short", "an ohmic path inside one cell", FaultPlaceKind.Cell, "Ω", 10, 0.001, 1e6, (e, p, size) => e.ShortS[p.Index] = 1 / size),
        new("contact-resistance", "a bad weld or screw on one cell", FaultPlaceKind.Cell, "Ω", 0.001, 1e-6, 1, (e, p, size) => e.ContactOhm[p.Index] = size),
        new("weak-cell", "one cell has this share of its capacity, and more resistance by the share it lacks, twice", FaultPlaceKind.Cell, "share left", 0.8, 0.1, 1,
            (e, p, size) => (e.CapacityFactor[p.Index], e.ResistanceFactor[p.Index]) = (size, 3 - 2 * size)),
        new("lost-parallel-cell", "one cell of a parallel group no longer touches its busbar", FaultPlaceKind.Cell, "", 0, 0, 0, (e, p, _) => e.IsLost[p.Index] = true) { Needs = FaultNeed.ParallelCells },
        new("open-tap", "the tap above a cell hangs free: cell and next share out their sum", FaultPlaceKind.Group, "share shown by the cell", 0.3, 0, 1, (e, p, size) => e.TapFraction[p.Index] = size),
        new("open-balancing", "a balancing resistor is never on", FaultPlaceKind.Group, "", 0, 0, 0, (e, p, _) => e.IsBleedOpen[p.Index] = true),
        new("welded-contactor", "a contactor does not open", FaultPlaceKind.Contactor, "", 0, 0, 0, (e, p, _) => Set(e, p.Index, ContactorFault.Welded)),
        new("stuck-contactor", "a contactor does not close", FaultPlaceKind.Contactor, "", 0, 0, 0, (e, p, _) => Set(e, p.Index, ContactorFault.StuckOpen)),
        new("precharge-failure", "the precharge resistor is burnt through", FaultPlaceKind.Pack, "", 0, 0, 0, (e, _, _) => e.IsPrechargeBroken = true),
        new("sensor-offset", "a sensor reads too much by this", FaultPlaceKind.Sensor, "unit of the sensor", double.NaN, -1e7, 1e7, (e, p, size) => Of(e, p).Offset[p.Index] = size),
        new("sensor-stuck", "a sensor repeats its last value", FaultPlaceKind.Sensor, "", 0, 0, 0, (e, p, _) => Of(e, p).IsStuck[p.Index] = true),
        new("sensor-dropout", "a sensor says nothing", FaultPlaceKind.Sensor, "", 0, 0, 0, (e, p, _) => Of(e, p).IsMissing[p.Index] = true),
        new("isolation-loss", "a path to the housing", FaultPlaceKind.Pack, "Ω", 20000, 0.1, 1e9, (e, _, size) => e.IsolationOhm = size) { Needs = FaultNeed.IsolationMonitor },
    ];

    static void Set(TwinEffects effects, int contactor, ContactorFault fault)
    {
        if (contactor == 0) effects.Plus = fault;
        else if (contactor == 1) effects.Minus = fault;
        else effects.Precharge = fault;
    }

    static SensorEffects Of(TwinEffects effects, FaultPlace place) => place.Family switch
    {
        SensorFamily.Cell => effects.Cells,
        SensorFamily.Probe => effects.Probes,
        _ => effects.Signals,
    };
}
