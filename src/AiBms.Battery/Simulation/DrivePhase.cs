namespace AiBms.Battery.Simulation;

/// <summary>A drive, until a cell's charge is down to a floor.</summary>
/// <param name="DurationS">How long at most, s.</param>
/// <param name="SocFloor">It ends when the emptiest cell is here, 0…1.</param>
public sealed record DrivePhase(double DurationS, double SocFloor) : Phase(DurationS);
