using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>What must be conserved over a cycle with heat and without cooling, relative to what there is.</summary>
/// <param name="Name">The model.</param>
/// <param name="Lithium">Lithium of both electrodes together, of what there was.</param>
/// <param name="Salt">Salt, of what there was; NaN without an electrolyte.</param>
/// <param name="Charge">Charge that the negative electrode took less that of the terminals, of the charge moved.</param>
/// <param name="Energy">Energy in at the terminals less what the electrodes stored and the heat capacity took, of the energy moved.</param>
sealed record BalanceRow(string Name, double Lithium, double Salt, double Charge, double Energy)
{
    const string Cycle = "Discharge at 1C until 3 V; Rest for 10 minutes; Charge at 0.5C until 4.1 V; Hold at 4.1 V until C/20";

    const double PeriodS = 1;

    /// <summary>Every model on Chen2020.</summary>
    public static IReadOnlyList<BalanceRow> All(ParameterSetCatalogue sets)
    {
        var set = sets.Find("chen2020") with { CoolingWPerK = 0 };
        List<BalanceRow> rows = [];
        foreach (var (kind, name) in (ReadOnlySpan<(ModelKind, string)>)[(ModelKind.Spm, "SPM"), (ModelKind.Spme, "SPMe"), (ModelKind.Dfn, "DFN")])
            rows.Add(Of(name, CellFactory.Create(kind, set, Resolution.Normal with { Tolerance = 1e-8 }, true)));
        return rows;
    }

    static BalanceRow Of(string name, ElectrochemicalCell cell)
    {
        var set = cell.Set;
        var log = new Heat(cell);
        var runner = new ExperimentRunner(cell) { PeriodS = PeriodS, Observer = log };
        (double negative, double positive) = cell.MeanStoichiometry(runner.State);
        double lithium = Lithium(negative, positive), salt = SaltIn(cell, runner.State), movedAh = 0, movedWh = 0;
        foreach (var result in runner.Run(new ExperimentParser(set.CapacityAh).Parse(Cycle))) (movedAh, movedWh) = (movedAh + Math.Abs(result.ChargeAh), movedWh + Math.Abs(result.EnergyWh));
        (double negativeNow, double positiveNow) = cell.MeanStoichiometry(runner.State);
        double takenAh = runner.State[cell.ChargeIndex] / Units.SecondsPerHour, warmedJ = set.HeatCapacityJPerK * (cell.TemperatureK(runner.State) - cell.AmbientTemperatureK);
        return new(name, Math.Abs(Lithium(negativeNow, positiveNow) / lithium - 1), Math.Abs(SaltIn(cell, runner.State) / salt - 1),
            Math.Abs((negativeNow - negative) * set.ElectrodeCapacityAh(set.Negative) - takenAh) / movedAh,
            Math.Abs(runner.State[cell.EnergyIndex] - log.StoredJ - warmedJ) / (Units.SecondsPerHour * movedWh));

        double Lithium(double n, double p) => n * set.ElectrodeCapacityAh(set.Negative) + p * set.ElectrodeCapacityAh(set.Positive);
    }

    static double SaltIn(ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        if (cell.Mesh is not { } mesh) return double.NaN;
        double sum = 0;
        for (int i = 0; i < mesh.Count; i++) sum += mesh.PorosityFraction[i] * mesh.WidthM[i] * cell.ElectrolyteMolPerM3(state)[i];
        return sum;
    }

    /// <summary>What the electrodes store, by the trapezoidal rule between outputs a second apart.</summary>
    sealed class Heat(ElectrochemicalCell cell) : IRunObserver
    {
        readonly double[] _scratch = new double[cell.Size];
        double _lastS, _lastW;
        int _step;

        public double StoredJ { get; private set; }

        public void Point(int stepNumber, double timeS, ElectrochemicalCell at, ReadOnlySpan<double> state)
        {
            at.Evaluate(timeS, state, _scratch);
            double currentA = state[at.CurrentIndex], voltageV = at.VoltageV(state), storedW = currentA * voltageV - at.HeatW(currentA, voltageV, at.TemperatureK(state));
            if (stepNumber == _step) StoredJ += 0.5 * (storedW + _lastW) * (timeS - _lastS);
            (_step, _lastS, _lastW) = (stepNumber, timeS, storedW);
        }
    }
}
