namespace AiBms.Battery.Ageing;

/// <summary>A cell after a cycle that was run in full.</summary>
/// <param name="Cycle">Number of the cycle, from 1.</param>
/// <param name="DischargedAh">Charge the cycle gave, Ah.</param>
/// <param name="ResistanceOhm">Voltage drop after 10 s of discharge at half charge, over the current, Ω; NaN when not measured.</param>
/// <param name="Losses">What is lost, and to what.</param>
public sealed record LifePoint(int Cycle, double DischargedAh, double ResistanceOhm, LossModes Losses);
