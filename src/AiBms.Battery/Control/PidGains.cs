namespace AiBms.Battery.Control;

/// <summary>Gains of a <see cref="Pid"/> whose error is a temperature.</summary>
/// <param name="FractionPerK">Proportional, output for each kelvin.</param>
/// <param name="FractionPerKS">Integral, output for each kelvin and second.</param>
/// <param name="DampingFractionSPerK">Derivative, output for each kelvin per second.</param>
/// <param name="RateFilterS">Time constant over which the rate is smoothed, s.</param>
public sealed record PidGains(double FractionPerK, double FractionPerKS, double DampingFractionSPerK = 0, double RateFilterS = 10);
