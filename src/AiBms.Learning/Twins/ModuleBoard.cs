using AiBms.Battery.Cells;
using AiBms.Battery.Simulation.Twin;
using AiBms.Learning.Identification;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Twins;

/// <summary>Group voltages of a Nissan Leaf module of six groups of two cells against the twin.</summary>
/// <remarks>
/// The circuit comes from single cells. Where each group starts is read off its first voltage at rest; what each group holds is taken
/// from the discharge at 0.3C alone, by the capacity that follows its voltage best; 1C and 2C are then predicted.
/// </remarks>
public sealed class ModuleBoard(string dataFolder, string cellFolder)
{
    const int Groups = 6, Parallel = 2;
    const string Fit = "module123-irdischarge-65ah-0_3c", FirstTest = "module123-irdischarge-65ah-1_0c", SecondTest = "module123-irdischarge-65ah-2_0c";

    /// <summary>Capacity of each group as found at 0.3C, Ah.</summary>
    public IReadOnlyList<double> GroupCapacityAh { get; private set; } = [];

    /// <summary>Fits on 0.3C, then runs all three.</summary>
    public IReadOnlyList<ModuleCase> Run(Action<string> talk)
    {
        talk("nissan_leaf");
        var cell = new CellCatalogue(cellFolder).Find("nissan_leaf");
        var slow = Load(Fit);
        GroupCapacityAh = Capacities(cell, slow);
        return [Of(cell, Fit, "fit", slow), Of(cell, FirstTest, "test", Load(FirstTest)), Of(cell, SecondTest, "test", Load(SecondTest))];
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

    /// <summary>For each group the capacity, in steps of half a percent, whose voltage is nearest to the measured one.</summary>
    static double[] Capacities(CellType cell, (FitRun Run, double[][] GroupV) slow)
    {
        var (best, leastV) = (new double[Groups], Enumerable.Repeat(double.PositiveInfinity, Groups).ToArray());
        for (double factor = 0.8; factor < 1.0501; factor += 0.005)
        {
            double capacityAh = Parallel * cell.CapacityAh * factor;
            double[] rmseV = Simulate(cell, slow, Starts(cell, slow), [.. Enumerable.Repeat(capacityAh, Groups)], null);
            for (int g = 0; g < Groups; g++)
                if (rmseV[g] < leastV[g]) (leastV[g], best[g]) = (rmseV[g], capacityAh);
        }

        return best;
    }

    ModuleCase Of(CellType cell, string name, string use, (FitRun Run, double[][] GroupV) module)
    {
        double[][] twinV = [.. Enumerable.Range(0, Groups).Select(_ => new double[module.Run.Count])];
        double[] own = Simulate(cell, module, Starts(cell, module), [.. GroupCapacityAh], twinV);
        double[] uniform = Simulate(cell, module, [.. Enumerable.Repeat(1.0, Groups)], [.. Enumerable.Repeat(Parallel * cell.CapacityAh, Groups)], null);
        double square = 0, mean = 0;
        for (int k = 0; k < module.Run.Count; k++)
        {
            double measured = module.GroupV.Max(v => v[k]) - module.GroupV.Min(v => v[k]), simulated = twinV.Max(v => v[k]) - twinV.Min(v => v[k]);
            (square, mean) = (square + (simulated - measured) * (simulated - measured), mean + measured);
        }

        int count = module.Run.Count;
        return new(name, use, own, uniform, Math.Sqrt(square / count), mean / count) { Trace = new(module.Run.TimeS, module.GroupV, twinV) };
    }

    static double[] Starts(CellType cell, (FitRun Run, double[][] GroupV) module) =>
        [.. module.GroupV.Select(v => Math.Min(1, ThermalBoard.SocAt(cell, v[0], module.Run.TemperatureDegC[0])))];

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
