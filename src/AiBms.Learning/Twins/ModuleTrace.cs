namespace AiBms.Learning.Twins;

/// <summary>Group voltages over time, measured and simulated, [group][row].</summary>
sealed record ModuleTrace(double[] TimeS, double[][] MeasuredV, double[][] TwinV);
