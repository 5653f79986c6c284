using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Health;

/// <summary>Truth and estimate of each row of a tested cell, in the unit of the set.</summary>
/// <param name="Cell">The cell's name.</param>
/// <param name="Group">Its group.</param>
/// <param name="TruthValues">What was true.</param>
/// <param name="EstimateValues">What was estimated.</param>
/// <param name="LowValues">Lower ends of the 90 % intervals.</param>
/// <param name="HighValues">Upper ends.</param>
/// <param name="OutOfRangeFraction">Share of rows whose features lie outside what the model learnt from, 0…1.</param>
public sealed record CellScore(string Cell, string Group, double[] TruthValues, double[] EstimateValues, double[] LowValues, double[] HighValues, double OutOfRangeFraction)
{
    /// <summary>Runs a model over a cell.</summary>
    internal static CellScore Of(FeatureCell cell, FeatureModel model)
    {
        var estimates = cell.RowFeatures.Select(row => model.Estimate(row)).ToArray();
        return new(cell.Id, cell.Group, cell.TargetValues, [.. estimates.Select(e => e.Value)], [.. estimates.Select(e => e.Low)], [.. estimates.Select(e => e.High)],
            estimates.Count(e => !e.IsInRange) / (double)Math.Max(1, estimates.Length));
    }
}
