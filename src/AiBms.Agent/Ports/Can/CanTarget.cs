using AiBms.Telemetry.Can.Dbc;

namespace AiBms.Agent.Ports.Can;

/// <summary>A signal and the place where its value goes.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Slot">Number of the place.</param>
/// <param name="Factor">Physical value to ours.</param>
readonly record struct CanTarget(DbcSignal Signal, int Slot, double Factor);
