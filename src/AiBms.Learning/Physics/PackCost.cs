using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Groups;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Learning.Physics;

/// <summary>Time of coupled packs of every model, and how cost grows with cells and mesh.</summary>
sealed class PackCost(ParameterSetCatalogue sets, double budgetS)
{
    const int Parallel = 25;

    const double DurationS = 1800, StepS = 5;

    static readonly int[] Packs = [125, 250, 500, 1000], Meshes = [8, 16, 32, 64, 128];

    /// <summary>1C for half an hour, groups of 25, every cell of its own capacity, diffusivity and resistance, ms.</summary>
    public double PackMs(ModelKind kind, int cells) => Stopclock.LeastMs(Pack(kind, cells), budgetS);

    /// <summary>Packs of 125 to 1,000 cells, and a DFN of 8 to 128 cells an electrode; the sizes of a series take turns, so that what else the machine does falls on all.</summary>
    public IReadOnlyList<CostPoint> All()
    {
        List<CostPoint> points = [];
        foreach (var (kind, name) in (ReadOnlySpan<(ModelKind, string)>)[(ModelKind.Spm, "SPM"), (ModelKind.Spme, "SPMe"), (ModelKind.Dfn, "DFN")])
            points.AddRange(Packs.Zip(Stopclock.LeastMs([.. Packs.Select(cells => Pack(kind, cells))], Packs.Length * budgetS), (cells, ms) => new CostPoint(name, false, cells, ms)));
        points.AddRange(Meshes.Zip(Stopclock.LeastMs([.. Meshes.Select(Mesh)], Meshes.Length * budgetS), (cells, ms) => new CostPoint("DFN", true, cells, ms)));
        return points;
    }

    Action Pack(ModelKind kind, int cells)
    {
        var set = sets.Find("chen2020");
        var spread = CellSpread.Draw(cells, 0.02, 0.01, 0.9, 1);
        double currentA = -Parallel * set.CapacityAh;
        if (kind != ModelKind.Spm) return () => new PhysicsPack(kind, set, Resolution.Coarse, Parallel, spread).Run(currentA, DurationS);
        return () =>
        {
            var pack = new ParticlePack(set, Parallel, spread);
            for (int step = 0; step < DurationS / StepS; step++) pack.Step(currentA, StepS);
        };
    }

    Action Mesh(int cells)
    {
        var set = sets.Find("chen2020");
        var steps = new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C for 3000 s");
        var runner = new ExperimentRunner(CellFactory.Create(ModelKind.Dfn, set, Resolution.Normal with { ElectrodeCells = cells, SeparatorCells = cells / 2 }, false)) { PeriodS = double.PositiveInfinity };
        return () =>
        {
            runner.Rest(set.Negative.InitialStoichiometry, set.Positive.InitialStoichiometry);
            runner.Run(steps);
        };
    }

    /// <summary>The exponent with which cost grows: slope of the straight line through the logarithms; 1 is linear.</summary>
    public static double Exponent(IReadOnlyList<CostPoint> series)
    {
        double[] x = [.. series.Select(p => Math.Log(p.Size))], y = [.. series.Select(p => Math.Log(p.TimeMs))];
        double meanX = x.Average(), meanY = y.Average();
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
