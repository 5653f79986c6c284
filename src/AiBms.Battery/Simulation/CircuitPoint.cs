namespace AiBms.Battery.Simulation;

/// <summary>A cell's circuit at one moment of an experiment. Current is positive while charging.</summary>
/// <param name="StepNumber">Step of the experiment, from 1.</param>
/// <param name="TimeS">Time since the start, s.</param>
/// <param name="CurrentA">Current, A.</param>
/// <param name="VoltageV">Terminal voltage, V.</param>
/// <param name="TemperatureDegC">Temperature of the core, °C.</param>
/// <param name="ChargeAh">Charge taken in, Ah.</param>
/// <param name="EnergyWh">Energy taken in at the terminals, Wh.</param>
/// <param name="Soc">State of charge, 0…1.</param>
public readonly record struct CircuitPoint(int StepNumber, double TimeS, double CurrentA, double VoltageV, double TemperatureDegC, double ChargeAh, double EnergyWh, double Soc);
