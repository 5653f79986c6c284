namespace AiBms.Battery.Packs;

/// <summary>Which sensors are fitted beside cell taps, probes, pack voltage, link voltage and one current sensor, which every pack has.</summary>
/// <param name="RedundantCurrent">A second current sensor.</param>
/// <param name="Isolation">An isolation monitor.</param>
/// <param name="Coolant">Coolant temperatures, flow, level and pressure.</param>
/// <param name="Gas">A gas sensor in the housing.</param>
/// <param name="HousingPressure">A pressure sensor in the housing.</param>
/// <param name="Interlock">An interlock loop.</param>
public sealed record PackSensors(bool RedundantCurrent, bool Isolation, bool Coolant, bool Gas, bool HousingPressure, bool Interlock);
