using AiBms.Battery.Cells;
using AiBms.Battery.Simulation.Twin;
using AiBms.Learning.Identification;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Twins;

/// <summary>Group voltages of a Nissan Leaf module of six groups of two cells against the twin.</summary>
/// <remarks>
/// The circuit comes from single cells. Where each group starts is read off its first voltage at rest. What each group holds, and one
/// factor on all resistances of the circuit, are those that follow the discharges at 0.3C and 1C best; 2C takes no part and is predicted.
/// </remarks>
public sealed class ModuleBoard(string dataFolder, string cellFolder)
{
    const int Groups = 6, Parallel = 2;
    const string Slow = "module123-irdischarge-65ah-0_3c", Middle = "module123-irdischarge-65ah-1_0c", Fast = "module123-irdischarge-65ah-2_0c";

    /// <summary>Capacity of each group as found, Ah.</summary>
    public IReadOnlyList<double> GroupCapacityAh { get; private set; } = [];

    /// <summary>Factor on all resistances as found.</summary>
    public double ResistanceFactor { get; private set; } = 1;

    /// <summary>Fits on 0.3C and 1C, then runs all three.</summary>
    public IReadOnlyList<ModuleCase> Run(Action<string> talk)
    {
        talk("nissan_leaf");
        var cell = new CellCatalogue(cellFolder).Find("nissan_leaf");
        (FitRun Run, double[][] GroupV)[] fit = [Load(Slow), Load(Middle)];
        (GroupCapacityAh, ResistanceFactor) = Fit(cell, fit);
        return [Of(cell, Slow, "fit", fit[0]), Of(cell, Middle, "fit", fit[1]), Of(cell, Fast, "test", Load(Fast))];
    }

    (FitRun Run, double[][] GroupV) Load(string name)
    {
        var recording = RecordingDoor.Open(Directory.GetFiles(Path.Combine(dataFolder, "nissan-leaf"), name + ".csv*").Single());
        int[] rows = [.. Enumerable.Range(0, recording.RowCount).Where(k => recording.Flags[k] == RowFlags.None && double.IsFinite(recording.VoltageV[k]))];
        double[] take(double[] column) => [.. rows.Select(k => column[k])];
        double[][] groupV = [.. Enumerable.Range(1, Groups).Select(g => take(recording.Extras.Single(e => e.Name == $"V_{g}").Values))];
        return (new()
        {
            Name = recording.Name,
            IsFit = false,
            CapacityAh = double.NaN,
            TimeS = take(recording.TimeS),
            CurrentA = [.. take(recording.CurrentA).Select(a => a / Parallel)],
            VoltageV = take(recording.VoltageV),
            TemperatureDegC = take(recording.TemperatureDegC),
            Soc = [],
        }, groupV);
    }

    /// <summary>For each factor on the resistances (steps of 5 %) the capacities (steps of 1 %) nearest to the voltages; then the best factor.</summary>
    static (double[] CapacityAh, double Factor) Fit(CellType cell, (FitRun Run, double[][] GroupV)[] runs)
    {
        (double Cost, double[] CapacityAh, double Factor) best = (double.PositiveInfinity, [], 1);
        for (int r = 10; r <= 22; r++)
        {
            var scaled = Scaled(cell, 0.05 * r);
            var (nearest, leastV2) = (new double[Groups], Enumerable.Repeat(double.PositiveInfinity, Groups).ToArray());
            for (int q = 80; q <= 106; q++)
            {
                double capacityAh = Parallel * cell.CapacityAh * 0.01 * q;
                double[][] rmseV = [.. runs.Select(run => Simulate(scaled, Thinned(run), Starts(cell, run), [.. Enumerable.Repeat(capacityAh, Groups)], null))];
                for (int g = 0; g < Groups; g++)
                {
                    double cost = rmseV.Sum(v => v[g] * v[g]);
                    if (cost < leastV2[g]) (leastV2[g], nearest[g]) = (cost, capacityAh);
                }
            }

            if (leastV2.Sum() < best.Cost) best = (leastV2.Sum(), nearest, 0.05 * r);
        }

        return (best.CapacityAh, best.Factor);
    }

    /// <summary>Every tenth row: enough for a fit.</summary>
    static (FitRun Run, double[][] GroupV) Thinned((FitRun Run, double[][] GroupV) module)
    {
        double[] thin(double[] values) => [.. values.Where((_, k) => k % 10 == 0)];
        return (module.Run with { TimeS = thin(module.Run.TimeS), CurrentA = thin(module.Run.CurrentA), VoltageV = thin(module.Run.VoltageV), TemperatureDegC = thin(module.Run.TemperatureDegC) },
            [.. module.GroupV.Select(thin)]);
    }

    static CellType Scaled(CellType cell, double factor)
    {
        var circuit = cell.Circuit!;
        double[][] times(double[][] table) => [.. table.Select(row => row.Select(r => r * factor).ToArray())];
        return cell with
        {
            Circuit = circuit with { SeriesResistanceOhm = times(circuit.SeriesResistanceOhm), Pairs = [.. circuit.Pairs.Select(pair => pair with { ResistanceOhm = times(pair.ResistanceOhm) })] },
        };
    }

    ModuleCase Of(CellType cell, string name, string use, (FitRun Run, double[][] GroupV) module)
    {
        double[][] twinV = [.. Enumerable.Range(0, Groups).Select(_ => new double[module.Run.Count])];
        double[] own = Simulate(Scaled(cell, ResistanceFactor), module, Starts(cell, module), [.. GroupCapacityAh], twinV);
        double[] uniform = Simulate(cell, module, [.. Enumerable.Repeat(1.0, Groups)], [.. Enumerable.Repeat(Parallel * cell.CapacityAh, Groups)], null);
        double square = 0, mean = 0;
        for (int k = 0; k < module.Run.Count; k++)
        {
            double measured = module.GroupV.Max(v => v[k]) - module.GroupV.Min(v => v[k]), simulated = twinV.Max(v => v[k]) - twinV.Min(v => v[k]);
            (square, mean) = (square + (simulated - measured) * (simulated - measured), mean + measured);
        }

        int count = module.Run.Count;
        return new(name, use, own, [.. Enumerable.Range(0, Groups).Select(g => Enumerable.Range(0, module.Run.Count).Select(k => twinV[g][k] - module.GroupV[g][k]).MaxBy(Math.Abs))], uniform, Math.Sqrt(square / count), mean / count) { Trace = new(module.Run.TimeS, module.GroupV, twinV) };
    }

    static double[] Starts(CellType cell, (FitRun Run, double[][] GroupV) module) =>
        [.. module.GroupV.Select(v => Math.Min(1, TheveninModel.Of<double>(cell).SocAtOcv(v[0], module.Run.TemperatureDegC[0])))];

    static double[] Simulate(CellType cell, (FitRun Run, double[][] GroupV) module, double[] startSoc, double[] capacityAh, double[][]? twinV)
    {
        var twin = new PackTwin(RecordedTwin.Bare(cell, Groups, Parallel, module.Run.TemperatureDegC[0]) with { GroupSoc = startSoc, GroupCapacityAh = capacityAh });
        var square = new double[Groups];
        RecordedTwin.Run(twin, module.Run, Parallel, k =>
        {
            for (int g = 0; g < Groups; g++)
            {
                double voltageV = twin.Truth.GroupVoltageV[g], errorV = voltageV - module.GroupV[g][k];
                square[g] += errorV * errorV;
                twinV?[g][k] = voltageV;
            }
        });
        return [.. square.Select(s => Math.Sqrt(s / module.Run.Count))];
    }
}
