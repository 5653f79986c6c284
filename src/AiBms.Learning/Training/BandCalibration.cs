using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>Calibrates the band of a SOC model on whole choosing recordings, over temperature and state of charge (split conformal).</summary>
/// <remarks>
/// Every cut is run once with the laboratory's sensors and three times with errors drawn as in training: on clean sensors alone the band
/// came out half as wide as a sensor of a user's needs. An ambient that trains but has no choosing recording is given the factor of all together.
/// Sources: see <see cref="ModelBand"/>; groups as in Romano et al., "With malice toward none" (2020), doi 10.1162/99608f92.03f00592.
/// </remarks>
public static class BandCalibration
{
    /// <summary>Runs of a cut, the first with clean sensors.</summary>
    const int Runs = 4;

    /// <summary>Rows taken: neighbours say the same.</summary>
    const int EveryRow = 20;

    /// <summary>A factor of its own needs this many rows.</summary>
    const int LeastRows = 300;

    const double Share = 0.9;
    const ulong Seed = 77;

    static readonly double[] s_socs = [0.1, 0.3, 0.5, 0.7, 0.9];

    readonly record struct Row(double AmbientDegC, int Level, double Ratio);

    /// <summary>The file with its band.</summary>
    public static ModelFile Of(ModelFile file, TrainingSplit<SocTrainingItem> split, int cuts)
    {
        List<Row> rows = [];
        foreach (var (_, item) in split.Choose) rows.AddRange(RowsOf(file with { Band = null }, item, cuts));
        if (rows.Count < LeastRows) return file;
        double[] ambientsDegC = [.. split.Train.Concat(split.Choose).Select(unit => unit.Item.File.AmbientDegC).Distinct().Order()];

        // First over temperature, then what is left over state of charge, all temperatures together, then temperature once more.
        double[] levels = [.. s_socs.Select(_ => 1.0)], factors = [];
        for (int pass = 0; pass < 2; pass++)
        {
            factors = [.. ambientsDegC.Select(ambientDegC => Factor(rows, row => row.AmbientDegC == ambientDegC, row => row.Ratio / levels[row.Level], 0.3, 5))];
            if (pass == 0) levels = [.. s_socs.Select((_, level) => Factor(rows, row => row.Level == level, row => row.Ratio / factors[Array.IndexOf(ambientsDegC, row.AmbientDegC)], 0.6, 1.7, otherwise: 1))];
        }

        return file with
        {
            Band = new()
            {
                TemperatureDegC = ambientsDegC,
                Soc = s_socs,
                WidthFactor = [.. factors.SelectMany(factor => levels.Select(level => Math.Round(factor * level, 3)))],
                AdaptationRate = 0.25,
            },
        };
    }

    static IEnumerable<Row> RowsOf(ModelFile file, SocTrainingItem item, int cuts)
    {
        var options = SocModels.ChoosingCuts(cuts);
        SocNetworkEstimator estimator = new(item.Cell, file);
        foreach (var cut in CutPlaces.Find(item.Labelled, options, Seed))
        {
            for (int run = 0; run < Runs; run++)
            {
                var errors = run == 0 ? Perturbation.None : SensorErrors.Draw(SeededStream.For(Seed, $"{item.File.RelativePath}/{cut.Row}/{run}"), item.Cell);
                var trace = new SocEstimate[item.Labelled.Soc.Length - cut.Row];
                CutRun.Run(item.Labelled, cut, estimator, SocStart.Unknown, CutRuns.Sensors(errors, cut, Seed, item.File.RelativePath), options, trace);
                double[] timeS = item.Labelled.Recording.TimeS;
                for (int k = 0; k < trace.Length; k += EveryRow)
                {
                    double error = Math.Abs(trace[k].Soc - item.Labelled.Soc[cut.Row + k]);
                    if (timeS[cut.Row + k] - timeS[cut.Row] < options.SettleS || !double.IsFinite(error)) continue;
                    yield return new(item.File.AmbientDegC, Math.Clamp((int)(trace[k].Soc * s_socs.Length), 0, s_socs.Length - 1), error / (Interval.NinetyPercent * trace[k].SocDeviation));
                }
            }
        }
    }

    static double Factor(List<Row> rows, Func<Row, bool> isIn, Func<Row, double> ratio, double least, double most, double otherwise = double.NaN)
    {
        double[] own = [.. rows.Where(isIn).Select(ratio).Order()];
        if (own.Length < LeastRows && !double.IsNaN(otherwise)) return otherwise;
        if (own.Length < LeastRows) own = [.. rows.Select(ratio).Order()];
        return Math.Clamp(Ranks.At(own, Share), least, most);
    }
}
