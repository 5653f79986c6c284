using System.Globalization;
using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Learning.Physics;

/// <summary>Film, plating, cracks and stress together (OKane2022) after ten cycles, ours and the reference's.</summary>
/// <param name="Name">Model and mesh.</param>
/// <param name="CapacityAh">Capacity at rest, Ah.</param>
/// <param name="LithiumLossPercent">LLI, %.</param>
/// <param name="SideReactionsAh">Lithium in side reactions, Ah.</param>
/// <param name="NegativeLossPercent">LAM of the negative electrode, %.</param>
/// <param name="PositiveLossPercent">LAM of the positive electrode, %.</param>
sealed record CoupledAgeingRow(
    string Name, double CapacityAh, double LithiumLossPercent, double SideReactionsAh, double NegativeLossPercent, double PositiveLossPercent)
{
    /// <summary>The reference's cycle.</summary>
    public const string Cycle = "Discharge at 1C until 2.5 V; Charge at 0.3C until 4.2 V; Hold at 4.2 V until C/100";

    const int Cycles = 10;

    /// <summary>The reference's DFN, ours on its mesh, ours on finer ones; then the single particle.</summary>
    public static IReadOnlyList<CoupledAgeingRow> All(string folder, ParameterSet set, CellAgeing ageing) =>
    [
        Reference(folder, "DFN"), Run("DFN, 5/5/5", Dfn(set, ageing, 5, 5)), Run("DFN, 10/5/10", Dfn(set, ageing, 10, 5)), Run("DFN, 20/10/20", Dfn(set, ageing, 20, 10)),
        Reference(folder, "SPM"), Run("SPM", Spm(set, ageing)),
    ];

    /// <summary>The DFN that the row of times runs, on the reference's own mesh.</summary>
    public static DfnSystem Dfn(ParameterSet set, CellAgeing ageing, int electrodeCells, int separatorCells, int terms = 8, double tolerance = 3e-4) =>
        new(set, new() { NegativeCells = electrodeCells, SeparatorCells = separatorCells, PositiveCells = electrodeCells, ParticleTerms = terms, Ageing = ageing }) { Tolerance = tolerance };

    /// <summary>The reference's single particle leaves the pores as they are.</summary>
    static SpmSystem Spm(ParameterSet set, CellAgeing ageing) =>
        new(set, new() { ParticleTerms = 10, Ageing = ageing with { Negative = ageing.Negative! with { FillsPores = false } } }) { Tolerance = 1e-4 };

    static CoupledAgeingRow Run(string name, ElectrochemicalCell cell)
    {
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        var steps = new ExperimentParser(cell.Set.CapacityAh).Parse(Cycle);
        for (int cycle = 0; cycle < Cycles; cycle++) runner.Run(steps);
        var losses = LossModes.Of(cell, runner.State);
        return new(name, losses.CapacityAh, 100 * losses.LithiumLossFraction, losses.SideReactionsAh, 100 * losses.NegativeLossFraction, 100 * losses.PositiveLossFraction);
    }

    static CoupledAgeingRow Reference(string folder, string model)
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, "degradation", $"OKane2022_{model}_coupled_10cycles.csv")), header = lines[0].Split(','), last = lines[Cycles].Split(',');
        double At(string column) => double.Parse(last[Array.IndexOf(header, column)], CultureInfo.InvariantCulture);
        return new($"PyBaMM {model}, 5/5/5", At("Capacity [A.h]"), At("Loss of lithium inventory [%]"), At("Total capacity lost to side reactions [A.h]"),
            At("Loss of active material in negative electrode [%]"), At("Loss of active material in positive electrode [%]"));
    }
}
