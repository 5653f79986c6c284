namespace AiBms.Battery.Cells;

/// <summary>How well a circuit follows one recording, simulated open loop from its known start.</summary>
/// <param name="Recording">Name of the file.</param>
/// <param name="Use">"fit" when the recording took part in identification, "check" when it did not.</param>
/// <param name="TemperatureDegC">Mean case temperature, °C.</param>
/// <param name="VoltageRmseV">Root mean square of measured minus simulated voltage, V.</param>
/// <param name="VoltageBiasV">Mean of measured minus simulated voltage, V.</param>
/// <param name="CaseRmseK">Root mean square of measured minus simulated case temperature, K; null where it was not measured.</param>
public sealed record FitRow(string Recording, string Use, double TemperatureDegC, double VoltageRmseV, double VoltageBiasV, double? CaseRmseK = null);
