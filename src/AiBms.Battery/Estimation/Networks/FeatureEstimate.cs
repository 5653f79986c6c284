namespace AiBms.Battery.Estimation.Networks;

/// <summary>An estimate with its 90 % interval, all in the unit of the model's output.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end; NaN where the model has no interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="IsInRange">Whether the features lie within what the model learnt from; otherwise neither value nor interval is vouched for.</param>
public readonly record struct FeatureEstimate(double Value, double Low, double High, bool IsInRange);
