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
        return Frame(learner, rows, seed) with
        {
            Regression = regression,
            Interval = interval is null || rows.CellCount <= 2 ? null : Interval(learner, regression, rows, seed, interval, say),
            Metrics = rows.Choose.Count == 0 ? [] : [new("choose", "RMSE, in the unit of the output", Rounded(Rmse(new(regression), rows.Choose)))],
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

    static ModelInterval Interval(ILearner learner, RegressionFile fitted, TrainingRows rows, ulong seed, IntervalDesign design, Action<string>? say)
    {
        // Errors on cells that the learner did not see, cell by cell.
        List<(int Fold, FeatureCell Errors)> held = [];
        int fold = 0;
        foreach (var (learn, cells) in design.LeavesGroupsOut ? rows.GroupFolds() : rows.Folds(Folds))
        {
            say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"For the interval: part {fold + 1}, {cells.Count} held out of a training with {learn.CellCount}, {learn.RowFeatures.Count} rows"));
            Regression regression = new(learner.Fit(learn, seed));
            held.AddRange(cells.Select(cell => (fold, cell with { TargetValues = Errors(regression, cell, design) })));
            fold++;
        }

        var final = rows.Choose.Count == 0 ? null : new Regression(fitted);
        FeatureCell[] choose = [.. rows.Choose.Select(cell => cell with { TargetValues = Errors(final!, cell, design) })];
        var all = held.Select(entry => entry.Errors);
        if (!design.IsSized || held.Count < IntervalDesign.FewestSizedCells)
            return new() { IsRelative = design.IsRelative, Factor = Quantile((design.IsOfChooseAlone ? choose : all.Concat(choose)).Select(cell => cell.TargetValues)) };
        var size = SizeOf(rows, all);
        double[] limits = Limits(new(size), all);
        double[] Scores(Regression sizes, FeatureCell errors) => [.. errors.TargetValues.Select((error, k) => error / Math.Clamp(sizes.Predict(errors.RowFeatures[k]), limits[0], limits[1]))];
        List<double[]> scores = [.. choose.Select(cell => Scores(new(size), cell))];
        if (!design.IsOfChooseAlone)
        {
            // Errors over sizes that were learnt from other folds' errors.
            foreach (var group in held.GroupBy(entry => entry.Fold))
            {
                Regression other = new(SizeOf(rows, held.Where(entry => entry.Fold != group.Key).Select(entry => entry.Errors)));
                scores.AddRange(group.Select(entry => Scores(other, entry.Errors)));
            }
        }

        return new() { IsRelative = design.IsRelative, Factor = Quantile(scores), Size = size, SizeLimits = limits };
    }

    static double[] Errors(Regression regression, FeatureCell cell, IntervalDesign design) =>
    [
        .. cell.RowFeatures.Select((row, k) =>
        {
            double estimate = regression.Predict(row), error = Math.Abs(cell.TargetValues[k] - estimate);
            return Math.Max(1e-9, design.IsRelative ? error / Math.Max(1e-9, Math.Abs(estimate)) : error);
        }),
    ];

    // Strongly held back: it shall say where errors are larger, not retell them.
    static RegressionFile SizeOf(TrainingRows rows, IEnumerable<FeatureCell> errors) =>
        new RidgeLearner("size of errors", _ => true) { LinearFactor = 0.3, IsLogarithmic = true }.Fit(new(rows.FeatureNames, [.. errors]), 0);

    static double[] Limits(Regression size, IEnumerable<FeatureCell> errors)
    {
        double[] sizes = [.. errors.SelectMany(cell => cell.RowFeatures).Select(row => size.Predict(row)).Order()];
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

    static double Rounded(double value) => value == 0 ? 0 : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
