namespace AiBms.Battery.Thermal.Fluids;

/// <summary>Where a fluid's numbers come from.</summary>
/// <param name="Data">In words.</param>
/// <param name="Checked">What they were checked against: <c>datasheet</c>, <c>literature</c> or <c>estimate</c>.</param>
public sealed record FluidSource(string Data, string Checked);
