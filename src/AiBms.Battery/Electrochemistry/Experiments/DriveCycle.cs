namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>A load to be driven: currents, straight between them.</summary>
/// <param name="CurrentA">Current, A, positive while charging.</param>
/// <param name="TimesS">Their times from 0 on, ascending, s; null for one a second.</param>
public sealed record DriveCycle(IReadOnlyList<double> CurrentA, IReadOnlyList<double>? TimesS = null);
