using AiBms.Safety.Faults;

namespace AiBms.Safety.Envelopes;

/// <summary>Which named limit binds, and why.</summary>
/// <param name="Name">The limit.</param>
/// <param name="Value">What was measured, in the limit's unit; °C for the table.</param>
/// <param name="Threshold">The threshold it is compared with, in the limit's unit; A for the table and the command.</param>
/// <param name="Where">Cell or probe number from 0; −1 for the pack.</param>
/// <param name="SinceMs">Time of the input from which this limit has bound without a break, ms.</param>
/// <param name="Fault">The fault, where <paramref name="Name"/> is <see cref="LimitName.Fault"/>.</param>
public readonly record struct Binding(LimitName Name, float Value, float Threshold, int Where, long SinceMs, FaultCode Fault);
