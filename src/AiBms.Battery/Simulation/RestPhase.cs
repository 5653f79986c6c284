namespace AiBms.Battery.Simulation;

/// <summary>No current.</summary>
/// <param name="DurationS">How long at most, s.</param>
/// <param name="UntilS">It ends at this time of the recording, s.</param>
public sealed record RestPhase(double DurationS, double UntilS = double.PositiveInfinity) : Phase(DurationS);
