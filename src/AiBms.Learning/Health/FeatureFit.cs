using System.Globalization;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Learners;
using AiBms.Numerics;

namespace AiBms.Learning.Health;

/// <summary>Makes a model with its range of validity and its interval from training rows.</summary>
public static class FeatureFit
{
    const int Folds = 5, FewestRaised = 10;

    /// <summary>Learns.</summary>
    /// <param name="learner">How.</param>
    /// <param name="rows">From what.</param>
    /// <param name="seed">Seed of whatever is drawn.</param>
    /// <param name="interval">How the learner is run again over held-out cells for an interval; null for none.</param>
    /// <param name="say">Told what is being learnt; null where nobody listens.</param>
    /// <returns>A model file without a history: the trainer or the store of rungs says where it came from.</returns>
    public static ModelFile Fit(ILearner learner, TrainingRows rows, ulong seed, IntervalDesign? interval, Action<string>? say = null)
    {
        var regression = learner.Fit(rows, seed);
        var (made, ofFolds) = interval is null || rows.CellCount <= 2 ? (null, []) : Interval(learner, regression, rows, seed, interval, say);
        return Frame(learner, rows, seed) with
        {
            Regression = regression,
            Interval = made,
            Metrics = rows.Choose.Count == 0 ? ofFolds : [new("choose", "RMSE, in the unit of the output", Rounded(Rmse(new(regression), rows.Choose)))],
        };
    }

    static double Rmse(Regression regression, IReadOnlyList<FeatureCell> cells) =>
        Math.Sqrt(cells.SelectMany(cell => cell.TargetValues.Select((target, k) => Math.Pow(regression.Predict(cell.RowFeatures[k]) - target, 2))).Average());

    static ModelFile Frame(ILearner learner, TrainingRows rows, ulong seed) => new()
    {
        Format = ModelFile.CurrentFormat,
        Id = learner.Name,
        Model = "",
        Method = "",
        Title = learner.Name,
        Inputs = Inputs(rows),
        Outputs = [new() { Name = "estimate", Unit = "1", Scale = 1 }],
        Training = new() { Command = "", Seed = (int)seed, CodeVersion = "", DataHash = "", Split = "", Train = [.. rows.CellIds], Choose = [.. rows.Choose.Select(cell => cell.Id)], Options = new Dictionary<string, string>(StringComparer.Ordinal) },
        Validity = "",
    };

    static (ModelInterval Interval, ModelMetric[] Metrics) Interval(ILearner learner, RegressionFile fitted, TrainingRows rows, ulong seed, IntervalDesign design, Action<string>? say)
    {
        // Errors on cells that the learner did not see, cell by cell.
        List<HeldOutCell> held = [];
        int fold = 0;
        foreach (var (learn, cells) in design.LeavesGroupsOut ? rows.GroupFolds() : rows.Folds(Folds))
        {
            say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"For the interval: part {fold + 1}, {cells.Count} held out of a training with {learn.CellCount}, {learn.RowFeatures.Count} rows"));
            held.AddRange(Estimated(fold, cells, new(learner.Fit(learn, seed)), design));
            fold++;
        }

        HeldOutCell[] choose = rows.Choose.Count == 0 ? [] : [.. Estimated(-1, rows.Choose, new(fitted), design)];
        IEnumerable<double[]> Ranked(IEnumerable<HeldOutCell> folds) => (design.IsOfChooseAlone ? choose : folds.Concat(choose)).Select(cell => cell.ScoreValues);
        if (!design.IsSized || held.Count < IntervalDesign.FewestSizedCells)
            return (new() { IsRelative = design.IsRelative, Factor = Quantile(Ranked(held)) }, HeldOutMetrics.Of(held, Quantile));
        var size = SizeOf(rows, held);
        double[] limits = Limits(new(size), held);
        HeldOutCell Sized(HeldOutCell cell, RegressionFile by)
        {
            Regression sizes = new(by);
            return cell with { ScoreValues = [.. cell.ScoreValues.Select((error, k) => error / Math.Clamp(sizes.Predict(cell.Cell.RowFeatures[k]), limits[0], limits[1]))] };
        }

        choose = [.. choose.Select(cell => Sized(cell, size))];
        // Errors over sizes that were learnt from other folds' errors.
        HeldOutCell[] sized = [.. held.GroupBy(cell => cell.Fold).SelectMany(group =>
        {
            var other = SizeOf(rows, held.Where(cell => cell.Fold != group.Key));
            return group.Select(cell => Sized(cell, other));
        })];
        return (new() { IsRelative = design.IsRelative, Factor = Quantile(Ranked(sized)), Size = size, SizeLimits = limits }, HeldOutMetrics.Of(sized, Quantile));
    }

    static IEnumerable<HeldOutCell> Estimated(int fold, IEnumerable<FeatureCell> cells, Regression regression, IntervalDesign design) =>
        cells.Select(cell =>
        {
            double[] estimates = [.. cell.RowFeatures.Select(row => regression.Predict(row))];
            return new HeldOutCell(fold, cell, estimates, Errors(cell, estimates, design));
        });

    static double[] Errors(FeatureCell cell, double[] estimates, IntervalDesign design) =>
    [
        .. estimates.Select((estimate, k) =>
        {
            double error = Math.Abs(cell.TargetValues[k] - estimate);
            return Math.Max(1e-9, design.IsRelative ? error / Math.Max(1e-9, Math.Abs(estimate)) : error);
        }),
    ];

    // Strongly held back: it shall say where errors are larger, not retell them.
    static RegressionFile SizeOf(TrainingRows rows, IEnumerable<HeldOutCell> held) =>
        new RidgeLearner("size of errors", _ => true) { LinearFactor = 0.3, IsLogarithmic = true }.Fit(new(rows.FeatureNames, [.. held.Select(cell => cell.Cell with { TargetValues = cell.ScoreValues })]), 0);

    static double[] Limits(Regression size, IEnumerable<HeldOutCell> held)
    {
        double[] sizes = [.. held.SelectMany(cell => cell.Cell.RowFeatures).Select(row => size.Predict(row)).Order()];
        return [Ranks.At(sizes, 0.05), Ranks.At(sizes, 0.95)];
    }

    // Each cell weighs the same. The level is raised by the finite number of cells from ten on; with fewer it would be the greatest error of all.
    static double Quantile(IEnumerable<double[]> byCell)
    {
        double[][] cells = [.. byCell.Where(cell => cell.Length > 0)];
        var all = cells.SelectMany(cell => cell.Select(score => (Score: score, Weight: 1.0 / cell.Length))).OrderBy(entry => entry.Score).ToArray();
        double wanted = (cells.Length < FewestRaised ? 0.9 : 0.9 * (cells.Length + 1) / cells.Length) * cells.Length, sum = 0;
        foreach (var (score, weight) in all)
            if ((sum += weight) >= wanted - 1e-9) return score;
        return all[^1].Score;
    }

    static ModelInput[] Inputs(TrainingRows rows) =>
    [
        .. rows.FeatureNames.Select((name, k) =>
        {
            double[] seen = [.. rows.RowFeatures.Select(row => row[k]).Where(double.IsFinite).Order()];
            double mean = seen.Length == 0 ? 0 : seen.Average(), deviation = seen.Length == 0 ? 1 : Math.Sqrt(seen.Average(value => (value - mean) * (value - mean)));
            int slash = name.LastIndexOf(" / ", StringComparison.Ordinal);
            return new ModelInput
            {
                Name = name,
                Unit = slash < 0 ? "1" : name[(slash + 3)..],
                Mean = Rounded(mean),
                Scale = Rounded(Math.Max(1e-12, deviation)),
                // One row in a thousand at each end is left aside: a single glitch would widen what counts as seen.
                Lowest = seen.Length == 0 ? null : Ranks.At(seen, 0.001),
                Highest = seen.Length == 0 ? null : Ranks.At(seen, 0.999),
                MissingFraction = Rounded(1 - (double)seen.Length / rows.RowFeatures.Count),
            };
        }),
    ];

    // Six digits.
    internal static double Rounded(double value) => value == 0 ? 0 : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
