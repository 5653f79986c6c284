using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>Always the same number, whatever was learnt from: persistence where the target is a change.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="number">The number, in the target's unit.</param>
public sealed class ConstantLearner(string name, double number) : ILearner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Settings => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"constant {number}");

    /// <inheritdoc/>
    public RegressionFile Fit(TrainingRows rows, ulong seed) => new() { Kind = "constant", Intercept = number };
}
