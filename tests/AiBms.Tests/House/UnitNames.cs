namespace AiBms.Tests.House;

/// <summary>How a public floating-point name says its unit. This table is the documentation.</summary>
/// <remarks>
/// A name ends in a unit (currentA, heatWPerKg), in the word for a pure number (soc, efficiency), or in a statistic of either
/// (socDeviation, voltageVMax). Letters of a paper are allowed where the remarks carry a key ("Key: ...").
/// </remarks>
static class UnitNames
{
    /// <summary>Units as they are written at the end of a name; joined by "Per", with a power 2 or 3 behind: WPerM2K.</summary>
    public static IReadOnlyList<string> Units { get; } =
    [
        "A", "MA", "V", "MV", "Ohm", "MOhm", "W", "KW", "Wh", "KWh", "J", "KJ", "Ah", "As", "C", "F", "S", "Hz", "H", "Min", "Ms", "Us", "Ns",
        "Day", "Year", "DegC", "K", "M", "Mm", "Um", "Nm", "Km", "Kg", "G", "L", "N", "Pa", "KPa", "Bar", "Mol", "EV", "Rad", "Deg", "Eur", "Byte", "Cycle", "Hour", "Percent", "Ppm",
    ];

    /// <summary>Pure numbers: what they are is their name.</summary>
    public static IReadOnlyList<string> PureNumbers { get; } =
    [
        "Soc", "Soh", "Soe", "Efficiency", "Fraction", "Ratio", "Factor", "Weight", "Probability", "Quantile", "Tolerance", "Gain", "Exponent",
        "Coverage", "Score", "Stoichiometry", "Porosity", "Emissivity", "Reynolds", "Nusselt", "Prandtl", "Number", "Scale", "Likelihood", "CRate", "Confidence",
        "Eigenvalues", "SurfaceValues", "ModeValues", // of a dimensionless operator
        "HysteresisRate", // Plett's gamma: per full charge throughput, so a pure number
    ];

    /// <summary>Vectors and matrices whose entries have a unit each; the doc comment says which.</summary>
    public static IReadOnlyList<string> Mixed { get; } =
        ["State", "States", "Derivative", "Derivatives", "Parameters", "Inputs", "Features", "Covariance", "Jacobian", "Residuals", "Weights", "Activations", "Values"];

    /// <summary>Statistics and positions that may follow a unit or a pure number: socLow, voltageVRmse.</summary>
    public static IReadOnlyList<string> Qualifiers { get; } =
    [
        "Deviation", "Variance", "Low", "High", "Min", "Max", "Mean", "Median", "Start", "End", "Lower", "Upper", "Rmse", "Mae", "Bias", "Limit", "Step", "Target", "Floor", "Ceiling", "Prior", "Nodes", "Correction", "Before", "After", "Default",
    ];

    /// <summary>Whole projects and types with a language of their own, and why.</summary>
    public static IReadOnlyDictionary<string, string> Exempt { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AiBms.Numerics"] = "mathematics: a, b, x have no unit",
        ["AiBms.Battery.Estimation.Networks.FeatureEstimate"] = "one type for every target: the output of the model gives the unit",
        ["AiBms.Battery.Estimation.Networks.ModelInterval"] = "one type for every model: its output gives the unit",
        ["AiBms.Battery.Estimation.Networks.Regression"] = "one type for every model: its output gives the unit",
        ["AiBms.Battery.Estimation.Networks.RegressionFile"] = "weights act on scaled numbers; the output of the model gives the unit",
        ["AiBms.Agent.Protection.BandSetting"] = "one type for every quantity: its kind gives the unit",
        ["AiBms.Agent.Chain.PackEvent"] = "one type for every fault: the catalogue gives the unit",
        ["AiBms.Agent.Replay.CellEvidence"] = "terms of one fit: each has its unit in the remarks",
        ["AiBms.Agent.Replay.ReplayEvent"] = "a warning level is the record's own number",
        ["AiBms.Agent.Replay.SignalLedger"] = "voltages and temperatures alike: the signal gives the unit",
        ["AiBms.Battery.Estimation.Edge.EdgeCellSource"] = "writes any number as C source",
        ["AiBms.Battery.Estimation.Networks.LayerFile"] = "weights of a network act on scaled numbers",
        ["AiBms.Battery.Estimation.Networks.ModelBand"] = "one type for every model: its output gives the unit",
        ["AiBms.Battery.Estimation.Networks.ModelInput"] = "one type for every quantity: it says its unit itself",
        ["AiBms.Battery.Estimation.Networks.ModelMetric"] = "one type for every figure: its name gives the unit",
        ["AiBms.Battery.Estimation.Networks.SocFeatures"] = "a filter is no number",
        ["AiBms.Learning.Learners.Ridge"] = "a fit of scaled numbers",
        ["AiBms.Learning.Training.TrainingRequest"] = "one reader for every option: its name says what it is",
        ["AiBms.Battery.Control.EdgeChargeDecision"] = "one type for every reason: the reason gives the unit",
        ["AiBms.Battery.Control.EdgePoints"] = "any curve as a microcontroller has it",
        ["AiBms.Battery.Control.ChargeDecision"] = "one type for every reason: the reason gives the unit",
        ["AiBms.Battery.Simulation.Twin.Faults.FaultSize"] = "one type for every fault: its kind gives the unit",
        ["AiBms.Battery.Simulation.Twin.Faults.TwinFault"] = "one type for every fault: its kind gives the unit",
        ["AiBms.Battery.Estimation.Packs.PackFinding"] = "one type for every finding: its kind gives the unit",
        ["AiBms.Telemetry.Can.Dbc.DbcSignal"] = "one type for every signal: the file gives the unit",
        ["AiBms.Battery.SignedText"] = "one text for every number: whoever writes it adds the unit",
        ["AiBms.Battery.Estimation.StateTape"] = "one tape for every number: whoever keeps it knows the unit",
        ["AiBms.Safety.Envelopes.Binding"] = "one type for every limit: its name gives the unit",
        ["AiBms.Safety.Faults.FaultRecord"] = "one type for every fault: the catalogue gives the unit",
        ["AiBms.Safety.Limits.LimitBand"] = "one type for every quantity: its kind gives the unit",
        ["AiBms.Safety.Signals.SignalBand"] = "one type for every sensor: the signal gives the unit",
    };
}
