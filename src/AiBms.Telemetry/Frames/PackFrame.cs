namespace AiBms.Telemetry.Frames;

/// <summary>What a pack measured and what was decided at one time. Current is positive while charging; not known is NaN or empty.</summary>
/// <remarks>The numbers of the fields on the wire are those in <see cref="Walk"/>; docs/reference/telemetry.md lists them with their steps.</remarks>
public sealed class PackFrame
{
    // A limit: A, name, place, value, threshold, fault. A decision: A, reason, value, threshold, cell.
    static readonly double[] s_limitSteps = [0.01, 1, 1, 0.001, 0.001, 1], s_decisionSteps = [0.01, 1, 0.001, 0.001, 1];

    /// <summary>State of the protection, as its own enumeration counts.</summary>
    public int ProtectionCode { get; set; }

    /// <summary>Pack current, A.</summary>
    public double CurrentA { get; set; } = double.NaN;

    /// <summary>Pack voltage, V.</summary>
    public double VoltageV { get; set; } = double.NaN;

    /// <summary>Estimated SOC of the pack, 0…1.</summary>
    public double Soc { get; set; } = double.NaN;

    /// <summary>One standard deviation of <see cref="Soc"/>.</summary>
    public double SocDeviation { get; set; } = double.NaN;

    /// <summary>State of charge that the pack's own maker reports, 0…1: shown beside ours, never used.</summary>
    public double VendorSoc { get; set; } = double.NaN;

    /// <summary>Whether the estimate may be used, as estimation counts.</summary>
    public int ValidityCode { get; set; }

    /// <summary>Charge limit: A, named limit, place, measured value, threshold, fault.</summary>
    public double[] ChargeLimitValues { get; set; } = [];

    /// <summary>Discharge limit: A, named limit, place, measured value, threshold, fault.</summary>
    public double[] DischargeLimitValues { get; set; } = [];

    /// <summary>The charge decision: A, reason, value, threshold, cell; empty while no charger is connected.</summary>
    public double[] ChargeDecisionValues { get; set; } = [];

    /// <summary>Hottest core now, °C.</summary>
    public double HotSpotDegC { get; set; } = double.NaN;

    /// <summary>The cell it is in, from 0; null where not known.</summary>
    public long? HotSpotCell { get; set; }

    /// <summary>Surroundings, °C.</summary>
    public double AmbientDegC { get; set; } = double.NaN;

    /// <summary>Coolant inlet, °C.</summary>
    public double InletDegC { get; set; } = double.NaN;

    /// <summary>Coolant outlet, °C.</summary>
    public double OutletDegC { get; set; } = double.NaN;

    /// <summary>Coolant flow, L/min.</summary>
    public double FlowLPerMin { get; set; } = double.NaN;

    /// <summary>Coolant level, 0…1.</summary>
    public double LevelFraction { get; set; } = double.NaN;

    /// <summary>Duty that the pump is told, 0…1.</summary>
    public double PumpFraction { get; set; } = double.NaN;

    /// <summary>Share of the chiller, 0…1.</summary>
    public double ChillerFraction { get; set; } = double.NaN;

    /// <summary>Share of the heater, 0…1.</summary>
    public double HeaterFraction { get; set; } = double.NaN;

    /// <summary>What is on: see <see cref="PackFlags"/>.</summary>
    public PackFlags Flags { get; set; }

    /// <summary>Cooling mode, as control counts.</summary>
    public int ModeCode { get; set; }

    /// <summary>Isolation to the housing, Ω.</summary>
    public double IsolationOhm { get; set; } = double.NaN;

    /// <summary>Voltage of each cell, V; NaN where missing.</summary>
    public double[] CellVoltageV { get; set; } = [];

    /// <summary>Temperature of each probe, °C; NaN where missing.</summary>
    public double[] ProbeDegC { get; set; } = [];

    /// <summary>Signals that are not good, three bytes each: number (low byte first) with probes after cells, and quality.</summary>
    public byte[] NotGood { get; set; } = [];

    /// <summary>Number (probes after cells) and quality of each signal that is not good.</summary>
    public IEnumerable<(int Signal, int QualityCode)> BadSignals()
    {
        for (int k = 0; k + 2 < NotGood.Length; k += 3) yield return (NotGood[k] | (NotGood[k + 1] << 8), NotGood[k + 2]);
    }

    /// <summary>Which cells bleed, a bit each, the first in the lowest bit; empty where none does.</summary>
    public byte[] Bleeding { get; set; } = [];

    /// <summary>Writes the frame.</summary>
    public byte[] ToBytes() => FieldWriter.Write(Walk);

    /// <summary>Reads a frame.</summary>
    /// <exception cref="DataException">The bytes are not one.</exception>
    public static PackFrame Of(ReadOnlyMemory<byte> bytes)
    {
        var frame = new PackFrame();
        FieldReader.Read(bytes, "a frame", frame.Walk);
        return frame;
    }

    void Walk(FieldCoder coder)
    {
        ProtectionCode = coder.Code(1, ProtectionCode);
        CurrentA = coder.Number(2, CurrentA, 0.01);
        VoltageV = coder.Number(3, VoltageV, 0.01);
        Soc = coder.Number(4, Soc, 1e-4);
        SocDeviation = coder.Number(5, SocDeviation, 1e-4);
        ValidityCode = coder.Code(6, ValidityCode);
        ChargeLimitValues = coder.Steps(28, 7, ChargeLimitValues, s_limitSteps);
        DischargeLimitValues = coder.Steps(29, 8, DischargeLimitValues, s_limitSteps);
        ChargeDecisionValues = coder.Steps(30, 9, ChargeDecisionValues, s_decisionSteps);
        HotSpotDegC = coder.Number(10, HotSpotDegC, 0.1);
        HotSpotCell = coder.Whole(11, HotSpotCell);
        AmbientDegC = coder.Number(12, AmbientDegC, 0.1);
        InletDegC = coder.Number(13, InletDegC, 0.1);
        OutletDegC = coder.Number(14, OutletDegC, 0.1);
        FlowLPerMin = coder.Number(15, FlowLPerMin, 0.1);
        LevelFraction = coder.Number(16, LevelFraction, 0.01);
        PumpFraction = coder.Number(17, PumpFraction, 0.01);
        ChillerFraction = coder.Number(18, ChillerFraction, 0.01);
        Flags = (PackFlags)coder.Code(19, (int)Flags);
        ModeCode = coder.Code(20, ModeCode);
        CellVoltageV = coder.Series(21, CellVoltageV, 0.001);
        ProbeDegC = coder.Series(22, ProbeDegC, 0.1);
        NotGood = coder.Bytes(23, NotGood);
        Bleeding = coder.Bytes(24, Bleeding);
        HeaterFraction = coder.Number(25, HeaterFraction, 0.01);
        IsolationOhm = coder.Number(26, IsolationOhm, 1000);
        VendorSoc = coder.Number(27, VendorSoc, 1e-4);
    }
}
