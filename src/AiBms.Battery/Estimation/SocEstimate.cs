namespace AiBms.Battery.Estimation;

/// <summary>A state of charge with its honest band, and what the model expected to see.</summary>
/// <param name="Soc">Charge-based SOC, 0…1 of the cell's reference capacity. NaN when unknown.</param>
/// <param name="SocDeviation">One standard deviation of <paramref name="Soc"/>, 0…1.</param>
/// <param name="SocLow">Lower end of the 90 % interval, 0…1.</param>
/// <param name="SocHigh">Upper end of the 90 % interval, 0…1.</param>
/// <param name="Validity">Whether the estimate may be used, and if not, why.</param>
/// <param name="ModelVoltageV">Terminal voltage that the model expected before it saw this sample, V. NaN without a model.</param>
/// <param name="ResidualV">Measured minus expected voltage, V. NaN without a model.</param>
/// <param name="CurrentOffsetA">Estimated offset of the current sensor, A: measured = true + offset. NaN when not estimated.</param>
public readonly record struct SocEstimate(
    double Soc,
    double SocDeviation,
    double SocLow,
    double SocHigh,
    SocValidity Validity,
    double ModelVoltageV,
    double ResidualV,
    double CurrentOffsetA);
