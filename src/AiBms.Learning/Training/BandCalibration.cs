using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>Calibrates the band of a SOC model on whole recordings it was made without, over temperature and state of charge (split or cross-conformal).</summary>
/// <remarks>
/// A recording has one error that lasts, so whole recordings are what conformal ranks are counted in: each has one score, the factor that
/// would have covered nine tenths of its rows, and an ambient is given the score at rank ⌈0.9 (n + 1)⌉ of its n recordings, which is
/// the greatest below ten; those of its neighbours count too where it has few, and all where it has none. Where a training can be repeated, each
/// part of all recordings is run with a model made from the others (cross-conformal), so that every training drive counts; else those chosen on. Every cut is run with the laboratory's
/// sensors and once more with errors drawn as in training: the first alone makes a band that no sensor of a user's holds.
/// Sources: see <see cref="ModelBand"/>; Dunn, Wasserman, Ramdas, "Distribution-free prediction sets for two-layer hierarchical models",
/// J. Am. Stat. Assoc. 118 (2023), doi 10.1080/01621459.2022.2060112; Vovk, "Cross-conformal predictors", Ann. Math. Artif. Intell. 74 (2015),
/// doi 10.1007/s10472-013-9368-4.
/// </remarks>
public static class BandCalibration
{
    /// <summary>How far ambients tell of each other, K: the widest step between those that were measured.</summary>
    const double ReachK = 15;

    /// <summary>An ambient with as many recordings speaks for itself: the greatest of n scores holds n / (n + 1) of what comes, here five sixths and more.</summary>
    const int EnoughRecordings = 5;

    /// <summary>Runs of a cut, the first with clean sensors.</summary>
    const int Runs = 2;

    /// <summary>Rows taken: neighbours say the same.</summary>
    const int EveryRow = 20;

    /// <summary>A factor of its own needs this many rows.</summary>
    const int LeastRows = 300;

    const double Share = 0.9;
    const ulong Seed = 77;

    static readonly double[] s_socs = [0.1, 0.3, 0.5, 0.7, 0.9];

    readonly record struct Row(int Level, double Ratio);

    /// <summary>The file with a band from the choosing recordings.</summary>
    public static ModelFile Of(ModelFile file, TrainingSplit<SocTrainingItem> split, int cuts) => OfHeldOut(file, [.. split.Choose.Select(unit => (file, unit.Item))], split, cuts);

    /// <summary>The file with a band from recordings held out, each with a model that did not see it.</summary>
    /// <param name="file">The model that gets the band.</param>
    /// <param name="heldOut">Recordings, each with the model it is run with.</param>
    /// <param name="split">What the model was made from.</param>
    /// <param name="cuts">Cuts of a recording.</param>
    public static ModelFile OfHeldOut(ModelFile file, IReadOnlyList<(ModelFile Model, SocTrainingItem Item)> heldOut, TrainingSplit<SocTrainingItem> split, int cuts)
    {
        (double AmbientDegC, Row[] Rows)[] recordings = [.. heldOut.Select(held => (held.Item.File.AmbientDegC, Rows: RowsOf(held.Model with { Band = null }, held.Item, cuts).ToArray())).Where(entry => entry.Rows.Length > 0)];
        if (recordings.Sum(entry => entry.Rows.Length) < LeastRows) return file;
        double[] ambientsDegC = [.. split.Train.Concat(split.Choose).Select(unit => unit.Item.File.AmbientDegC).Distinct().Order()];

        // First each recording, then what is left over state of charge, all together, then each recording once more.
        double[] levels = [.. s_socs.Select(_ => 1.0)], scores = Scores(recordings, levels);
        levels = [.. s_socs.Select((_, level) => Level([.. recordings.SelectMany((entry, k) => entry.Rows.Where(row => row.Level == level).Select(row => row.Ratio / scores[k]))]))];
        scores = Scores(recordings, levels);
        double[] factors = [.. ambientsDegC.Select(ambientDegC => Factor([.. Near(recordings, ambientDegC).Select(k => scores[k])]))];
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
        var labelled = item.Labelled;
        foreach (var cut in CutPlaces.Find(labelled, options, Seed))
        {
            for (int run = 0; run < Runs; run++)
            {
                var errors = run == 0 ? Perturbation.None : SensorErrors.Draw(SeededStream.For(Seed, $"{item.File.RelativePath}/{cut.Row}/{run}"), item.Cell);
                var trace = new SocEstimate[labelled.Soc.Length - cut.Row];
                CutRun.Run(labelled, cut, estimator, SocStart.Unknown, CutRuns.Sensors(errors, cut, Seed, item.File.RelativePath), options, trace);
                double[] timeS = labelled.Recording.TimeS;
                for (int k = 0; k < trace.Length; k += EveryRow)
                {
                    double error = Math.Abs(trace[k].Soc - labelled.Soc[cut.Row + k]);
                    if (timeS[cut.Row + k] - timeS[cut.Row] < options.SettleS || !double.IsFinite(error)) continue;
                    yield return new(Math.Clamp((int)(trace[k].Soc * s_socs.Length), 0, s_socs.Length - 1), error / (Interval.NinetyPercent * trace[k].SocDeviation));
                }
            }
        }
    }

    static double[] Scores((double AmbientDegC, Row[] Rows)[] recordings, double[] levels) =>
        [.. recordings.Select(entry => Ranks.At([.. entry.Rows.Select(row => row.Ratio / levels[row.Level]).Order()], Share))];

    static double Level(double[] ratios) => ratios.Length < LeastRows ? 1 : Math.Clamp(Ranks.At([.. ratios.Order()], Share), 0.6, 1.7);

    static IEnumerable<int> Near((double AmbientDegC, Row[] Rows)[] recordings, double ambientDegC)
    {
        int own = recordings.Count(entry => entry.AmbientDegC == ambientDegC);
        double reachK = own == 0 ? double.PositiveInfinity : own >= EnoughRecordings ? 0 : ReachK;
        return Enumerable.Range(0, recordings.Length).Where(k => Math.Abs(recordings[k].AmbientDegC - ambientDegC) <= reachK);
    }

    static double Factor(double[] scores)
    {
        int rank = Math.Min(scores.Length, (int)Math.Ceiling(Share * (scores.Length + 1)));
        return Math.Clamp(scores.Order().ElementAt(rank - 1), 0.3, 5);
    }
}
