using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Parameters of a cell as the microcontroller has them: float tables of fixed shape, made from a <see cref="CellType"/>.</summary>
/// <remarks>
/// The C structure <c>aibms_cell</c> has the same members in the same order. Tables are resampled at export, exactly where the shapes
/// of the cell file divide them; voltage errors are taken at the circuit's temperatures.
/// </remarks>
public sealed class EdgeCell
{
    /// <summary>Shapes that the C code is compiled for.</summary>
    public const int OcvNodes = 101, SocNodes = 21, MaxTemperatures = 16, Pairs = 3, CurveWidth = 4, ResistanceWidth = 4, RowWidth = 8;

    /// <summary>Places in a row over SOC: dOCV/dT V/K, bend V/K², half hysteresis V, factor on the load error.</summary>
    internal const int Entropic = 0, Bend = 1, Hysteresis = 2, ErrorFactor = 3;

    /// <summary>Places in a row over temperature: three time constants s, knee A (0 for none), error under load V, noise V, capacity deviation.</summary>
    internal const int Knee = 3, LoadError = 4, Noise = 5, CapacityDeviation = 6;

    /// <summary>Relative error of each pair; chosen on recordings that may be used for choices (results/edge/notes.md).</summary>
    const float PairDeviation = 0.2f;

    /// <param name="cell">A cell with a circuit of up to three pairs, of which at most the first has a knee.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    /// <exception cref="CellException">The cell has no circuit, or one that the fixed shapes cannot hold.</exception>
    public EdgeCell(CellType cell, SocFilterOptions? options = null)
    {
        var beliefs = (options ?? new()).Validated();
        var circuit = cell.Circuit ?? throw new CellException($"Cell {cell.Id} has no circuit: identify one first.");
        if (circuit.Fault() is { } fault) throw new CellException($"Cell {cell.Id}: {fault}");
        if (circuit.Pairs.Length > Pairs || circuit.Pairs.Skip(1).Any(pair => pair.KneeCurrentA is not null) || circuit.TemperatureDegC.Length > MaxTemperatures)
            throw new CellException($"Cell {cell.Id} does not fit the microcontroller's tables: up to {Pairs} RC pairs, a knee in the first only, {MaxTemperatures} temperatures.");
        var error = cell.VoltageError ?? SocFilterOptions.UncheckedVoltageError;
        EdgeTables tables = new(circuit, error, beliefs, cell.CapacityError);
        (OcvV, Curve, ResistanceOhm, Row) = (tables.OcvV, tables.Curve, tables.ResistanceOhm, tables.Row);

        TemperatureCount = circuit.TemperatureDegC.Length;
        FirstTemperatureDegC = (float)circuit.TemperatureDegC[0];
        TemperaturePerK = (float)(1 / (circuit.TemperatureDegC[1] - circuit.TemperatureDegC[0]));
        IsSteady = circuit.Pairs.All(pair => pair.TimeConstantS.All(tau => tau == pair.TimeConstantS[0]));
        CapacityAh = (float)cell.CapacityAh;
        SocPerAs = (float)(1 / (Units.SecondsPerHour * cell.CapacityAh));
        ChargeEfficiency = (float)circuit.CoulombicEfficiency;
        HysteresisRate = (float)circuit.HysteresisRate;
        ErrorPerS = (float)(1 / Math.Max(30, error.CorrelationS));
        RestErrorV = (float)Math.Max(beliefs.LeastVoltageErrorV, error.RestDeviationV);
        LowestV = (float)(Math.Min(circuit.OcvV[0], cell.Ratings?.MinVoltageV ?? circuit.OcvV[0]) - 1.5);
        HighestV = (float)(Math.Max(circuit.OcvV[^1], cell.Ratings?.MaxVoltageV ?? circuit.OcvV[^1]) + 0.6);
        OffsetDeviationA = (float)(beliefs.OffsetCRateDeviation * cell.CapacityAh);
        double walk = beliefs.OffsetWalkCRatePerRootHour * cell.CapacityAh;
        OffsetWalkA2PerS = (float)(walk * walk / Units.SecondsPerHour);
        GainVarianceS = (float)(beliefs.GainDeviation * beliefs.GainDeviation * beliefs.GainCorrelationS);
        ResistanceVarianceFraction = (float)(beliefs.ResistanceFactorDeviation * beliefs.ResistanceFactorDeviation);
        PairVarianceFraction = PairDeviation * PairDeviation;
        ExcessWalkPerS = (float)(beliefs.ResistanceWalkPerRootHour * beliefs.ResistanceWalkPerRootHour / Units.SecondsPerHour);
        PastLoadA = (float)(beliefs.PastLoadCRate * cell.CapacityAh);
        PastLoadDeviationA = (float)(beliefs.PastLoadCRateDeviation * cell.CapacityAh);
        CoreKPerW = (float)(cell.Thermal?.CoreToCaseKPerW ?? 0);
        CorePerS = cell.Thermal is { CoreToCaseKPerW: > 0, CoreHeatCapacityJPerK: > 0 } thermal ? (float)(1 / (thermal.CoreToCaseKPerW * thermal.CoreHeatCapacityJPerK)) : 0;
    }

    /// <summary>Temperature nodes in use, 2…<see cref="MaxTemperatures"/>.</summary>
    public int TemperatureCount { get; }

    /// <summary>True where time constants are the same at every temperature: decays then change only with the step.</summary>
    public bool IsSteady { get; }

    /// <summary>First temperature node, °C.</summary>
    public float FirstTemperatureDegC { get; }

    /// <summary>Nodes per kelvin.</summary>
    public float TemperaturePerK { get; }

    /// <summary>Reference capacity, Ah.</summary>
    public float CapacityAh { get; }

    /// <summary>Change of SOC for each ampere-second.</summary>
    public float SocPerAs { get; }

    /// <summary>Charge kept of the charge put in.</summary>
    public float ChargeEfficiency { get; }

    /// <summary>How fast the hysteresis branch follows, for each change of SOC of 1.</summary>
    public float HysteresisRate { get; }

    /// <summary>Inverse correlation time of the slow voltage error, 1/s.</summary>
    public float ErrorPerS { get; }

    /// <summary>Voltage error after long rest, V.</summary>
    public float RestErrorV { get; }

    /// <summary>Voltages at or below this are no reading, V.</summary>
    public float LowestV { get; }

    /// <summary>Voltages at or above this are no reading, V.</summary>
    public float HighestV { get; }

    /// <summary>Offset of the current sensor before anything is known, A.</summary>
    public float OffsetDeviationA { get; }

    /// <summary>Its variance growing with time, A²/s.</summary>
    public float OffsetWalkA2PerS { get; }

    /// <summary>Square of the gain error times its correlation time, s.</summary>
    public float GainVarianceS { get; }

    /// <summary>Square of the relative error of all resistances.</summary>
    public float ResistanceVarianceFraction { get; }

    /// <summary>Square of the relative error of each pair besides.</summary>
    public float PairVarianceFraction { get; }

    /// <summary>Variance that the relative error of all resistances gains, 1/s.</summary>
    public float ExcessWalkPerS { get; }

    /// <summary>Mean discharge before an unknown start, A.</summary>
    public float PastLoadA { get; }

    /// <summary>How far that mean may be off, A.</summary>
    public float PastLoadDeviationA { get; }

    /// <summary>Thermal resistance from core to case, K/W; 0 when not identified.</summary>
    public float CoreKPerW { get; }

    /// <summary>Inverse time constant of the core above the case, 1/s; 0 when not identified.</summary>
    public float CorePerS { get; }

    /// <summary>OCV at 25 °C, V, at <see cref="OcvNodes"/> evenly spaced SOC.</summary>
    public ReadOnlyMemory<float> OcvV { get; }

    /// <summary>[soc][<see cref="CurveWidth"/>]: dOCV/dT in V/K, bend in V/K², half hysteresis in V, factor on the load error.</summary>
    internal ReadOnlyMemory<float> Curve { get; }

    /// <summary>[temperature][soc][<see cref="ResistanceWidth"/>]: series and pair resistances, Ω.</summary>
    public ReadOnlyMemory<float> ResistanceOhm { get; }

    /// <summary>[temperature][<see cref="RowWidth"/>]: time constants s, knee A, error under load V, noise V, capacity deviation.</summary>
    internal ReadOnlyMemory<float> Row { get; }
}
