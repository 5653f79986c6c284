namespace AiBms.Learning.Twins;

/// <summary>Case temperature over time, measured and simulated.</summary>
sealed record ThermalTrace(double[] TimeS, double[] MeasuredDegC, double[] TwinDegC);
