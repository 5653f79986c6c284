namespace AiBms.Telemetry.Readings;

/// <summary>A column beyond those every recording has.</summary>
/// <param name="Name">Our name for it: <c>V_1</c> is the first cell's voltage, <c>T_1</c> the first probe.</param>
/// <param name="Unit">V, degC, W, Wh, km/h …; empty when the column is a pure number.</param>
/// <param name="Values">One for each row; NaN where missing.</param>
public sealed record ExtraColumn(string Name, string Unit, double[] Values);
