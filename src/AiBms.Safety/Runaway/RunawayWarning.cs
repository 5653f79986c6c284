namespace AiBms.Safety.Runaway;

/// <summary>The thermal-runaway warning.</summary>
/// <param name="Active">True from two signs on, until an authorised service.</param>
/// <param name="Signs">Which signs are remembered now.</param>
/// <param name="Where">Cell (or, without a voltage sign, probe) number from 0; −1 where gas or pressure alone were seen.</param>
/// <param name="SinceMs">Time of the input that gave the warning, ms.</param>
/// <param name="GainedMs">Time from the warning to the plain temperature limit, ms; −1 until that limit trips.</param>
public readonly record struct RunawayWarning(bool Active, RunawaySigns Signs, int Where, long SinceMs, long GainedMs);
