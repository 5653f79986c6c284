using AiBms.Battery.Control;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Estimation.Packs;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>What <c>simulate --pack</c> was asked.</summary>
/// <param name="Pack">Name or file of the pack.</param>
/// <param name="Load">A scenario's name or a file of a load.</param>
/// <param name="Experiment">Steps in words, instead of the load; null for none.</param>
/// <param name="LoadSign">What a positive number in the load's file does; null when not said.</param>
/// <param name="Faults">Faults as written.</param>
/// <param name="Cooling">What cooling is for.</param>
/// <param name="ReverseFlowS">The flow of the coolant is turned round each time this long has passed, s; 0 never.</param>
/// <param name="IsMismatched">Cells that do not follow their file.</param>
/// <param name="Model">Single particle model of its cells; null for the cell file's circuit.</param>
/// <param name="ParameterSet">Whose electrodes; with a model.</param>
/// <param name="StartSoc">State of charge at the start.</param>
/// <param name="AmbientDegC">Surroundings, °C.</param>
/// <param name="IntervalS">Seconds between rows.</param>
/// <param name="Charging">How a charge goes on.</param>
/// <param name="EnergyLoad">Load that the energy left is stated for.</param>
/// <param name="Output">File of readings; null for none.</param>
/// <param name="Plot">Picture; null for none.</param>
sealed record PackSimulationRequest(
    string Pack, string Load, string? Experiment, CurrentSign? LoadSign, IReadOnlyList<string> Faults, CoolingMode Cooling, double ReverseFlowS, bool IsMismatched, ModelKind? Model, string ParameterSet,
    double StartSoc, double AmbientDegC, int IntervalS, ChargeCourse Charging, EnergyLoad EnergyLoad, string? Output, string? Plot);
