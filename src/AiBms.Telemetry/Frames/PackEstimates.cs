namespace AiBms.Telemetry.Frames;

/// <summary>What is estimated of a pack and changes slowly. Not known is NaN or empty.</summary>
public sealed class PackEstimates
{
    /// <summary>SOC of each cell, 0…1.</summary>
    public double[] CellSoc { get; set; } = [];

    /// <summary>One standard deviation of each cell's SOC.</summary>
    public double[] CellSocDeviation { get; set; } = [];

    /// <summary>Temperature inside each cell, °C.</summary>
    public double[] CoreDegC { get; set; } = [];

    /// <summary>Capacity of each cell, Ah.</summary>
    public double[] CapacityAh { get; set; } = [];

    /// <summary>Resistance of each cell over that of its type.</summary>
    public double[] ResistanceRatio { get; set; } = [];

    /// <summary>SOH of each cell, 0…1.</summary>
    public double[] CellSoh { get; set; } = [];

    /// <summary>One standard deviation of each cell's SOH.</summary>
    public double[] CellSohDeviation { get; set; } = [];

    /// <summary>Why there is no SOH, as estimation counts; windows taken; windows rejected; resistance ratio; its deviation.</summary>
    public double[] HealthValues { get; set; } = [];

    /// <summary>The last windows of capacity, taken or not, six numbers each: how long ago it ended s, length s, change of SOC, charge Ah, shorter rest s, why not.</summary>
    public double[] WindowValues { get; set; } = [];

    /// <summary>SOH that the maker of the pack reports, 0…1: shown beside ours, never used.</summary>
    public double VendorSoh { get; set; } = double.NaN;

    /// <summary>Energy left: Wh, deviation Wh, load W, time s, cell that ends it; time until full, s, NaN while nothing is charged.</summary>
    public double[] EnergyValues { get; set; } = [];

    /// <summary>Charge power, W, for 2 s, 10 s, 30 s and 600 s (continuous).</summary>
    public double[] ChargePowerW { get; set; } = [];

    /// <summary>Discharge power, W, for the same times.</summary>
    public double[] DischargePowerW { get; set; } = [];

    /// <summary>What keeps each charge power from being larger, as estimation counts.</summary>
    public byte[] ChargeBinding { get; set; } = [];

    /// <summary>The same for discharge.</summary>
    public byte[] DischargeBinding { get; set; } = [];

    /// <summary>One standard deviation of each of <see cref="ForecastDegC"/>, K.</summary>
    public double[] ForecastDeviationK { get; set; } = [];

    /// <summary>Hot spot in 10 s, 1 min, 5 min and 10 min, °C.</summary>
    public double[] ForecastDegC { get; set; } = [];

    /// <summary>Imbalance: recoverable Ah, its deviation, spread Ah, hours of balancing, first empty cell, first full cell.</summary>
    public double[] ImbalanceValues { get; set; } = [];

    /// <summary>Why each cell stands out, as estimation counts; empty where none does.</summary>
    public byte[] LowCells { get; set; } = [];

    /// <summary>Findings, five numbers each: kind, cell, size, threshold, since s.</summary>
    public double[] FindingValues { get; set; } = [];

    /// <summary>Share of the charge that can be taken out at the present temperature and load, 0…1.</summary>
    public double UsableSoc { get; set; } = double.NaN;

    /// <summary>Offset of the current sensor, A.</summary>
    public double CurrentOffsetA { get; set; } = double.NaN;

    /// <summary>Residual of the model: measured less expected cell voltage, mean of the cells, V.</summary>
    public double ResidualV { get; set; } = double.NaN;

    /// <summary>Lifetime counters, as <c>docs/reference/telemetry.md</c> orders them.</summary>
    public double[] LifetimeValues { get; set; } = [];

    /// <summary>The agent: records waiting, age of the oldest s, records dropped, seconds since its start, restarts.</summary>
    public double[] AgentValues { get; set; } = [];

    /// <summary>Writes the estimates.</summary>
    public byte[] ToBytes() => FieldWriter.Write(Walk);

    /// <summary>Reads estimates.</summary>
    /// <exception cref="DataException">The bytes are none.</exception>
    public static PackEstimates Of(ReadOnlyMemory<byte> bytes)
    {
        var estimates = new PackEstimates();
        FieldReader.Read(bytes, "a record of estimates", estimates.Walk);
        return estimates;
    }

    void Walk(FieldCoder coder)
    {
        CellSoc = coder.Series(1, CellSoc, 0.0005);
        CellSocDeviation = coder.Series(2, CellSocDeviation, 0.001);
        CoreDegC = coder.Series(3, CoreDegC, 0.1);
        CapacityAh = coder.Series(4, CapacityAh, 0.02);
        ResistanceRatio = coder.Series(5, ResistanceRatio, 0.01);
        CellSoh = coder.Series(6, CellSoh, 0.001);
        CellSohDeviation = coder.Series(7, CellSohDeviation, 0.001);
        HealthValues = coder.Tuple(8, HealthValues);
        EnergyValues = coder.Tuple(9, EnergyValues);
        ChargePowerW = coder.Tuple(10, ChargePowerW);
        DischargePowerW = coder.Tuple(11, DischargePowerW);
        ForecastDegC = coder.Tuple(12, ForecastDegC);
        ImbalanceValues = coder.Tuple(13, ImbalanceValues);
        LowCells = coder.Bytes(14, LowCells);
        FindingValues = coder.Tuple(15, FindingValues);
        UsableSoc = coder.Number(16, UsableSoc, 1e-4);
        CurrentOffsetA = coder.Number(17, CurrentOffsetA, 0.001);
        ResidualV = coder.Number(18, ResidualV, 0.0001);
        LifetimeValues = coder.Tuple(19, LifetimeValues);
        AgentValues = coder.Tuple(20, AgentValues);
        WindowValues = coder.Tuple(21, WindowValues);
        VendorSoh = coder.Number(22, VendorSoh, 1e-4);
        ChargeBinding = coder.Bytes(23, ChargeBinding);
        DischargeBinding = coder.Bytes(24, DischargeBinding);
        ForecastDeviationK = coder.Tuple(25, ForecastDeviationK);
    }
}
