namespace AiBms.Battery.Estimation.Edge;

/// <summary>What a network says of a cell's charge.</summary>
/// <param name="Soc">State of charge, 0…1.</param>
/// <param name="SocDeviation">One standard deviation as the network gives it, 1e-4…0.29.</param>
/// <param name="IsKnown">False where a feature lies beyond what training saw, or no voltage came yet: the filter's answer is then to be taken.</param>
public readonly record struct EdgeNetAnswer(float Soc, float SocDeviation, bool IsKnown);
