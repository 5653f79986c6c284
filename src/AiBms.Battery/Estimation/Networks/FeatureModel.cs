namespace AiBms.Battery.Estimation.Networks;

/// <summary>A model file that estimates from one row of features (health, life, temperature ahead) at work: value, interval, range of validity.</summary>
/// <remarks>Not for several threads at once.</remarks>
public sealed class FeatureModel
{
    /// <summary>A feature counts as outside when it is further beyond the learnt range than this share of its width.</summary>
    const double MarginFraction = 0.25;

    /// <summary>One feature in so many may be outside: a row of many features may be a little odd in one of them.</summary>
    const int OddOneIn = 20;

    /// <summary>A feature that is not known counts as outside too where fewer than this share of the rows learnt from were without it: what a model makes of such a row was never seen.</summary>
    const double RarelyMissingFraction = 0.01;

    readonly Regression _regression;
    readonly Regression? _size;

    /// <param name="file">A model with a regression; refused with an <see cref="ArgumentException"/> otherwise.</param>
    public FeatureModel(ModelFile file)
    {
        File = file;
        _regression = new(file.Regression ?? throw new ArgumentException($"{file.Id} has no regression.", nameof(file)));
        if (file.Interval?.Size is { } size) _size = new(size);
    }

    /// <summary>The file.</summary>
    public ModelFile File { get; }

    /// <summary>Estimates from one row.</summary>
    /// <param name="rowFeatures">Values of the model's inputs; NaN where one is not known.</param>
    public FeatureEstimate Estimate(ReadOnlySpan<double> rowFeatures)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rowFeatures.Length, File.Inputs.Length);
        double value = _regression.Predict(rowFeatures), half = double.NaN;
        if (File.Interval is { } interval)
        {
            half = interval.Factor * (interval.IsRelative ? Math.Abs(value) : 1);
            if (_size is not null) half *= Math.Clamp(_size.Predict(rowFeatures), interval.SizeLimits[0], interval.SizeLimits[1]);
        }

        return new(value, value - half, value + half, CountOutside(rowFeatures) <= rowFeatures.Length / OddOneIn);
    }

    int CountOutside(ReadOnlySpan<double> rowFeatures)
    {
        int outside = 0;
        for (int k = 0; k < rowFeatures.Length; k++)
        {
            if (File.Inputs[k] is not { Lowest: { } low, Highest: { } high }) continue;
            double margin = MarginFraction * (high - low);
            if (IsMissed(k, rowFeatures[k]) || rowFeatures[k] < low - margin || rowFeatures[k] > high + margin) outside++;
        }

        return outside;
    }

    bool IsMissed(int k, double value) => !double.IsFinite(value) && File.Inputs[k].MissingFraction < RarelyMissingFraction;

    /// <summary>Names of the inputs that a row does not have and that the rows learnt from had.</summary>
    /// <param name="rowFeatures">Values of the model's inputs; NaN where one is not known.</param>
    public IReadOnlyList<string> Missed(double[] rowFeatures) => [.. File.Inputs.Where((_, k) => IsMissed(k, rowFeatures[k])).Select(input => input.Name)];
}
