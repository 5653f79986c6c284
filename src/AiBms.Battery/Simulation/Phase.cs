namespace AiBms.Battery.Simulation;

/// <summary>A part of a simulated recording.</summary>
/// <param name="DurationS">It ends after this long at the latest, s.</param>
public abstract record Phase(double DurationS);
