namespace AiBms.Learning.Evaluation;

/// <summary>Absolute errors counted in steps of a hundredth of a point, so that errors of many runs can be ranked together.</summary>
/// <param name="steps">Rising steps that hold an error: each is the nearest whole number of <see cref="StepSoc"/>.</param>
/// <param name="rows">Rows in each.</param>
public sealed class ErrorCounts(int[] steps, int[] rows)
{
    /// <summary>Width of a step, 0…1 of SOC: what a page prints.</summary>
    public const double StepSoc = 1e-4;

    /// <summary>Nothing counted.</summary>
    public static ErrorCounts Empty { get; } = new([], []);

    /// <summary>Steps that hold an error.</summary>
    public IReadOnlyList<int> Steps => steps;

    /// <summary>Rows in each of them.</summary>
    public IReadOnlyList<int> Rows => rows;

    /// <summary>Counts of errors.</summary>
    /// <param name="errorsSoc">Absolute errors, 0…1, rising.</param>
    public static ErrorCounts Of(IReadOnlyList<double> errorsSoc)
    {
        List<int> steps = [], rows = [];
        foreach (double error in errorsSoc)
        {
            int step = (int)Math.Round(error / StepSoc);
            if (steps.Count > 0 && steps[^1] == step) rows[^1]++;
            else
            {
                steps.Add(step);
                rows.Add(1);
            }
        }

        return new([.. steps], [.. rows]);
    }

    /// <summary>The value at rank ⌊shareFraction · (n − 1)⌋ of all errors together, to half a step, 0…1; NaN without any.</summary>
    public static double At(IEnumerable<ErrorCounts> counts, double shareFraction)
    {
        SortedDictionary<int, long> all = [];
        foreach (var part in counts)
            for (int k = 0; k < part.Steps.Count; k++) all[part.Steps[k]] = all.GetValueOrDefault(part.Steps[k]) + part.Rows[k];
        long rank = (long)(shareFraction * (all.Values.Sum() - 1)), seen = 0;
        foreach (var (step, count) in all)
        {
            seen += count;
            if (seen > rank) return step * StepSoc;
        }

        return double.NaN;
    }
}
