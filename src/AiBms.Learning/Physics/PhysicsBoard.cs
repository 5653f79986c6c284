using System.Text.Json;
using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Learning.Physics;

/// <summary>Compares the physics-based models with the converged curves of another solver, in error and in time.</summary>
/// <param name="folder">Folder of reference curves.</param>
/// <param name="sets">Our parameter sets.</param>
/// <param name="setFolder">The folder they lie in.</param>
public sealed class PhysicsBoard(string folder, ParameterSetCatalogue sets, string setFolder)
{
    static readonly Resolution[] Ladder =
    [
        new(4, 2, 6, 3e-3), new(6, 2, 8, 1e-3), new(8, 3, 8, 1e-3), new(10, 3, 9, 3e-4), Resolution.Normal, new(16, 5, 12, 1e-4), new(24, 8, 14, 3e-5),
    ];

    /// <summary>Every curve of the folder that counts as converged and whose cell we have, against two of our resolutions.</summary>
    internal IReadOnlyList<TruthRow> Truths()
    {
        return [.. Converged().Select(reference => new TruthRow(reference.Curve.Name[..^"_truth".Length],
            CurveComparison.Of(reference, folder, CellFactory.Create(reference.Kind, reference.Set, Resolution.Normal, reference.IsThermal)),
            CurveComparison.Of(reference, folder, MatchedFine(reference))))];
    }

    IEnumerable<ReferenceCase> Converged() =>
        Directory.GetFiles(Path.Combine(folder, "pybamm"), "*_truth.csv.gz").Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path)[..^".csv.gz".Length])
            .Where(name => sets.Names.Contains(name.Split('_')[0].ToLowerInvariant(), StringComparer.Ordinal)).Select(name => ReferenceCase.Read(folder, name, sets));

    /// <summary>The inside of the cell on every converged curve, fine.</summary>
    internal IReadOnlyList<InsideRow> Inside() =>
        [.. Converged().Select(reference => InsideRow.Of(reference.Curve.Name[..^"_truth".Length], reference, folder, MatchedFine(reference)))];

    /// <summary>What is conserved.</summary>
    internal IReadOnlyList<BalanceRow> Balances() => BalanceRow.All(sets);

    /// <summary>Cells without a converged curve, against our own.</summary>
    internal IReadOnlyList<RefinementRow> Refinements() => RefinementRow.All(sets);

    /// <summary>Least times of the cases that others publish.</summary>
    internal IReadOnlyList<TimeRow> Times(double budgetS)
    {
        List<TimeRow> rows = [];
        foreach (var kind in Enum.GetValues<ModelKind>())
        {
            string model = kind switch { ModelKind.Spm => "SPM", ModelKind.Spme => "SPMe", _ => "DFN" };
            rows.Add(Time(model + " 1C", $"Chen2020_{model}_isothermal_dis1C_truth", kind, false));
            if (kind == ModelKind.Dfn) rows.Add(Time("DFN 1C, lumped heat", "Chen2020_DFN_isothermal_dis1C_truth", kind, true));
            rows.Add(Time(model + " US06, 600 s", $"Chen2020_{model}_isothermal_us06", kind, false));
            rows.Add(Cycles(model + " ten CCCV cycles", kind));
        }

        rows.Add(Lives());
        rows.Add(Jumped());
        foreach (var (kind, name) in (ReadOnlySpan<(ModelKind, string)>)[(ModelKind.Spm, "SPM"), (ModelKind.Spme, "SPMe"), (ModelKind.Dfn, "DFN")])
            rows.Add(new(name + ", 1,000 cells 25p40s, 1,800 s", new PackCost(sets, budgetS).PackMs(kind, 1000), double.NaN, double.NaN));
        rows.Add(Coupled());
        return rows;

        (ElectrochemicalCell Cell, IReadOnlyList<ExperimentStep> Cycle) Life()
        {
            var set = sets.Find("chen2020");
            var ageing = new CellAgeing(new() { Film = new SeiGrowth(SeiLaw.SolventDiffusionLimited, new()) });
            return (new SpmSystem(set, new() { ParticleTerms = Resolution.Coarse.ParticleTerms, LumpedThermal = true, Ageing = ageing }) { Tolerance = Resolution.Coarse.Tolerance },
                new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C until 2.5 V; Charge at 0.5C until 4.2 V; Hold at 4.2 V until C/20"));
        }

        TimeRow Lives()
        {
            (var cell, var steps) = Life();
            var set = cell.Set;
            var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
            const int lives = 5000;
            return new("SPM, 5,000 cycles with SEI and heat", Stopclock.LeastMs(() =>
            {
                runner.Rest(set.Negative.InitialStoichiometry, set.Positive.InitialStoichiometry);
                for (int cycle = 0; cycle < lives; cycle++) runner.Run(steps);
            }, budgetS), double.NaN, double.NaN);
        }

        TimeRow Jumped()
        {
            (var cell, var steps) = Life();
            return new("the same by jumps", Stopclock.LeastMs(() => new LifeRunner(cell, steps, new() { PulseCRate = 0 }).Run(5000), budgetS), double.NaN, double.NaN);
        }

        TimeRow Coupled()
        {
            var cell = CoupledAgeingRow.Dfn(sets.Find("okane2022"), OKane(), 5, 5, terms: 6, tolerance: 1e-3);
            var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
            var steps = new ExperimentParser(cell.Set.CapacityAh).Parse(CoupledAgeingRow.Cycle);
            return new("DFN, five cycles of coupled ageing", Stopclock.LeastMs(() =>
            {
                runner.Rest(cell.Set.Negative.InitialStoichiometry, cell.Set.Positive.InitialStoichiometry);
                for (int cycle = 0; cycle < 5; cycle++) runner.Run(steps);
            }, budgetS), double.NaN, double.NaN);
        }

        TimeRow Time(string label, string curve, ModelKind kind, bool thermal)
        {
            var reference = ReferenceCase.Read(folder, curve, sets);
            var cell = CellFactory.Create(kind, reference.Set, Resolution.Normal, thermal);
            bool converged = curve.EndsWith("_truth", StringComparison.Ordinal) && !thermal;
            var comparison = converged ? CurveComparison.Of(reference, folder, cell) : null;
            var steps = reference.Steps(folder);
            var runner = reference.Runner(cell);
            double ms = Stopclock.LeastMs(() =>
            {
                reference.Restart(runner);
                runner.Run(steps);
            }, budgetS);
            return new(label, ms, comparison?.MaxMV ?? double.NaN, comparison?.RmseMV ?? double.NaN);
        }

        TimeRow Cycles(string label, ModelKind kind)
        {
            var set = sets.Find("chen2020");
            var runner = new ExperimentRunner(CellFactory.Create(kind, set, Resolution.Normal, false)) { PeriodS = double.PositiveInfinity };
            var steps = new ExperimentParser(set.CapacityAh).Parse("repeat 10 { Discharge at 1C until 2.5 V; Charge at 0.5C until 4.2 V; Hold at 4.2 V until C/50 }");
            return new(label, Stopclock.LeastMs(() =>
            {
                runner.Rest(set.Negative.InitialStoichiometry, set.Positive.InitialStoichiometry);
                runner.Run(steps);
            }, budgetS), double.NaN, double.NaN);
        }
    }

    /// <summary>Error against time over a ladder of resolutions, Chen2020 at 1C.</summary>
    internal IReadOnlyList<WorkPoint> WorkPrecision(double budgetS)
    {
        List<WorkPoint> points = [];
        foreach (var (kind, name) in (ReadOnlySpan<(ModelKind, string)>)[(ModelKind.Spm, "SPM"), (ModelKind.Spme, "SPMe"), (ModelKind.Dfn, "DFN")])
        {
            var reference = ReferenceCase.Read(folder, $"Chen2020_{name}_isothermal_dis1C_truth", sets);
            var steps = reference.Steps(folder);
            foreach (var resolution in Ladder)
            {
                var cell = CellFactory.Create(kind, reference.Set, resolution, false);
                var comparison = CurveComparison.Of(reference, folder, cell);
                var runner = reference.Runner(cell);
                double ms = Stopclock.LeastMs(() =>
                {
                    reference.Restart(runner);
                    runner.Run(steps);
                }, budgetS);
                points.Add(new(name, "AiBms", ms, comparison.MaxMV));
            }
        }

        using var peers = ReferenceCurve.Open(Path.Combine(folder, "work_precision_chen2020.json"));
        foreach (var peer in JsonDocument.Parse(peers).RootElement.EnumerateArray())
        {
            if (peer.GetProperty("prof").GetString() != "1C" || !peer.TryGetProperty("max_err_mV", out var error) || error.ValueKind != JsonValueKind.Number) continue;
            points.Add(new(peer.GetProperty("model").GetString()!, "PyBaMM", peer.GetProperty("cpu_ms").GetDouble(), error.GetDouble()));
        }

        return points;
    }

    /// <summary>How cost grows with the cells of a pack and of a mesh.</summary>
    internal IReadOnlyList<CostPoint> Costs(double budgetS) => new PackCost(sets, budgetS).All();

    /// <summary>The same under a drive cycle.</summary>
    internal IReadOnlyList<WorkPoint> DrivePrecision(double budgetS) => DriveWork.All(folder, sets, Ladder, MatchedFine, budgetS);

    /// <summary>Every curve of the peer's default mesh against ours discretised alike.</summary>
    internal IReadOnlyList<PeerMeshRow> PeerMesh() => PeerMeshRow.All(folder, sets);

    /// <summary>The COMSOL solutions: the Marquis2019 cell at one square metre with other solid conductivities.</summary>
    internal IReadOnlyList<ComsolRow> Comsol()
    {
        var marquis = sets.Find("marquis2019");
        double network = Math.Pow(1 - marquis.Negative.PorosityFraction, 1.5);
        var set = marquis with
        {
            ElectrodeAreaM2 = 1,
            CapacityAh = 24,
            Negative = marquis.Negative with { ConductivitySPerM = 126 * network },
            Positive = marquis.Positive with { ConductivitySPerM = 16.6 * network },
        };
        return [.. ((string[])["01C", "1C", "3C"]).Select(rate => ComsolRow.Of(folder, rate, set))];
    }

    /// <summary>The published BPX cells against their measured curves.</summary>
    internal IReadOnlyList<BpxRow> Bpx() => BpxRow.All(folder);

    /// <summary>The example files of the standard.</summary>
    internal IReadOnlyList<BpxExampleRow> BpxExamples() => BpxExampleRow.All(folder);

    /// <summary>Models against solutions on paper.</summary>
    internal IReadOnlyList<ExactRow> Exact() => ExactRow.All(sets);

    /// <summary>The five growth laws of the interphase.</summary>
    internal IReadOnlyList<AgeingRow> Ageing() => AgeingRow.All(folder, sets.Find("chen2020"));

    /// <summary>All ageing of OKane2022 together.</summary>
    internal IReadOnlyList<CoupledAgeingRow> CoupledAgeing() => CoupledAgeingRow.All(folder, sets.Find("okane2022"), OKane());

    CellAgeing OKane() => AgeingReader.Read(File.ReadAllText(Path.Combine(setFolder, "okane2022.json")));

    /// <summary>The fine model, with the peer's own mean for SPMe's conductivity, so that only numerics differ.</summary>
    static ElectrochemicalCell MatchedFine(ReferenceCase reference)
    {
        if (reference.Kind != ModelKind.Spme) return CellFactory.Create(reference.Kind, reference.Set, Resolution.Fine, reference.IsThermal);
        return new SpmSystem(reference.Set, new()
        {
            WithElectrolyte = true,
            NegativeCells = Resolution.Fine.ElectrodeCells,
            SeparatorCells = Resolution.Fine.SeparatorCells,
            PositiveCells = Resolution.Fine.ElectrodeCells,
            ParticleTerms = Resolution.Fine.ParticleTerms,
            LumpedThermal = reference.IsThermal,
            ConductivityConcentrationFactor = PeerMeshRow.ConductivityFactor(reference.Set),
        })
        { Tolerance = Resolution.Fine.Tolerance };
    }
}
