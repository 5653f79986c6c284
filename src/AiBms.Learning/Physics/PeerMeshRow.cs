using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Learning.Physics;

/// <summary>A curve of the peer on its default mesh against ours discretised alike, so that only the mathematics in time differs.</summary>
sealed record PeerMeshRow(string Name, CurveComparison Comparison)
{
    /// <summary>The peer's default: cells a layer and shells a particle.</summary>
    const int Points = 20;

    const double Tolerance = 1e-6;

    /// <summary>Every curve of the folder that is not a converged one and whose cell we have.</summary>
    public static IReadOnlyList<PeerMeshRow> All(string folder, ParameterSetCatalogue sets)
    {
        List<PeerMeshRow> rows = [];
        foreach (string path in Directory.GetFiles(Path.Combine(folder, "pybamm"), "*.csv.gz").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path)[..^".csv.gz".Length];
            if (name.EndsWith("_truth", StringComparison.Ordinal) || !sets.Names.Contains(name.Split('_')[0].ToLowerInvariant(), StringComparer.Ordinal)) continue;
            var reference = ReferenceCase.Read(folder, name, sets);
            rows.Add(new(name, CurveComparison.Of(reference, folder, Cell(reference))));
        }

        return rows;
    }

    /// <summary>What the peer forms SPMe's mean salt concentration with, over the right one.</summary>
    public static double ConductivityFactor(ParameterSet set)
    {
        double[] thickness = [set.Negative.ThicknessM, set.Separator.ThicknessM, set.Positive.ThicknessM];
        double[] porosity = [set.Negative.PorosityFraction, set.Separator.PorosityFraction, set.Positive.PorosityFraction];
        double total = thickness.Sum();
        return thickness.Zip(porosity, (l, e) => l * e).Sum() * thickness.Zip(porosity, (l, e) => l / e).Sum() / (total * total);
    }

    static ElectrochemicalCell Cell(ReferenceCase reference)
    {
        var set = reference.Set;
        if (reference.Kind == ModelKind.Dfn)
        {
            return new DfnSystem(set, new()
            {
                NegativeCells = Points,
                SeparatorCells = Points,
                PositiveCells = Points,
                ParticleTerms = Points,
                LumpedThermal = reference.IsThermal,
                LikePyBamm = true,
            })
            { Tolerance = Tolerance };
        }

        return new SpmSystem(set, new()
        {
            WithElectrolyte = reference.Kind == ModelKind.Spme,
            NegativeCells = Points,
            SeparatorCells = Points,
            PositiveCells = Points,
            ParticleTerms = Points,
            LumpedThermal = reference.IsThermal,
            LikePyBamm = true,
            ConductivityConcentrationFactor = ConductivityFactor(set),
        })
        { Tolerance = Tolerance };
    }
}
