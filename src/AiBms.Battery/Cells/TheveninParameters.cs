namespace AiBms.Battery.Cells;

/// <summary>Numbers of an equivalent circuit: v = OCV(z, T) + M(z)·h + R₀(z, T)·i + Σ vⱼ.</summary>
/// <remarks>
/// Nodes are evenly spaced, so that a table is read without searching; between nodes linear, outside them held (OCV: continued).
/// Source: Plett, "Battery Management Systems, Volume I", chapter 2 (circuit, one-state hysteresis).
/// </remarks>
public sealed record TheveninParameters
{
    /// <summary>State of charge of the OCV nodes: evenly spaced from 0 to 1; this is how many.</summary>
    public int OcvNodeCount => OcvV.Length;

    /// <summary>Open-circuit voltage at 25 °C, V, at evenly spaced SOC from 0 to 1; strictly rising.</summary>
    public required double[] OcvV { get; init; }

    /// <summary>Entropic coefficient dOCV/dT, V/K, at evenly spaced SOC from 0 to 1; null when not known (taken as zero).</summary>
    public double[]? EntropicVPerK { get; init; }

    /// <summary>
    /// Bend of the OCV over temperature, V/K², at evenly spaced SOC from 0 to 1; null when not known (taken as zero):
    /// OCV(T) = OCV + entropic·ΔT + bend·ΔT², ΔT from 25 °C. Not heat: a cell called full at another temperature is not equally full.
    /// </summary>
    public double[]? OcvBendVPerK2 { get; init; }

    /// <summary>Half distance between the charge and discharge branches of the OCV at rest, V, at evenly spaced SOC from 0 to 1; null for none.</summary>
    public double[]? HysteresisV { get; init; }

    /// <summary>How fast the branch changes: fraction e^(−rate·|Δz|) of the way is left after a change Δz of SOC; 20 when not given.</summary>
    public double HysteresisRate { get => field == 0 ? 20 : field; init; }

    /// <summary>Charge kept of the charge put in, 0…1; 1 when not given.</summary>
    public double CoulombicEfficiency { get => field == 0 ? 1 : field; init; }

    /// <summary>Temperatures of the resistance nodes, °C, evenly spaced, rising.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>States of charge of the resistance nodes, evenly spaced from 0 to 1.</summary>
    public required double[] Soc { get; init; }

    /// <summary>Series resistance, Ω, [temperature][soc].</summary>
    public required double[][] SeriesResistanceOhm { get; init; }

    /// <summary>The pairs, fastest first.</summary>
    public required RcPair[] Pairs { get; init; }

    /// <summary>Largest number of pairs a circuit may have.</summary>
    public const int MaxPairs = 4;

    /// <summary>What is wrong with these numbers, in one sentence; null when nothing is.</summary>
    public string? Fault()
    {
        if (JsonFault.Hole(("circuit.seriesResistanceOhm", SeriesResistanceOhm), ("circuit.pairs", Pairs)) is { } hole) return hole;
        if (OcvV.Length < 2) return "OCV needs at least two nodes.";
        for (int k = 1; k < OcvV.Length; k++)
            if (!(OcvV[k] > OcvV[k - 1])) return $"OCV must rise with state of charge, but node {k} ({OcvV[k]:0.0000} V) is not above node {k - 1} ({OcvV[k - 1]:0.0000} V).";
        if (!IsEven(TemperatureDegC)) return "Temperature nodes must rise in even steps.";
        if (!IsEven(Soc) || Soc[0] != 0 || Math.Abs(Soc[^1] - 1) > 1e-9) return "SOC nodes must go from 0 to 1 in even steps.";
        if (Pairs.Length is < 1 or > MaxPairs) return $"A circuit has 1 to {MaxPairs} RC pairs, not {Pairs.Length}.";
        if (!(CoulombicEfficiency is > 0.5 and <= 1)) return "Coulombic efficiency must lie between 0.5 and 1.";
        if (!IsTable(SeriesResistanceOhm)) return "The series resistance table must have one row a temperature and one non-negative value a SOC.";
        foreach (var pair in Pairs)
        {
            if (JsonFault.Hole(("circuit.pairs.resistanceOhm", pair.ResistanceOhm)) is { } missing) return missing;
            if (!IsTable(pair.ResistanceOhm)) return "A pair's resistance table must have one row a temperature and one non-negative value a SOC.";
            if (pair.TimeConstantS.Length != TemperatureDegC.Length || !pair.TimeConstantS.All(t => t > 0 && double.IsFinite(t)))
                return "A pair needs one positive time constant a temperature.";
            if (pair.KneeCurrentA is { } knee && (knee.Length != TemperatureDegC.Length || !knee.All(i => i > 0)))
                return "A pair needs one positive knee current a temperature, or none at all.";
        }

        return null;

        static bool IsEven(double[] nodes) => nodes.Length >= 2
            && Enumerable.Range(1, nodes.Length - 1).All(k => nodes[k] > nodes[k - 1] && Math.Abs(nodes[k] - nodes[k - 1] - (nodes[1] - nodes[0])) < 1e-6);

        bool IsTable(double[][] table) => table.Length == TemperatureDegC.Length
            && table.All(row => row.Length == Soc.Length && row.All(r => r >= 0 && double.IsFinite(r)));
    }
}
