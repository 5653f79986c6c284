namespace AiBms.Battery.Packs;

/// <summary>The cooling loop.</summary>
/// <param name="Kind">How the heat gets out.</param>
/// <param name="Fluid">Id of the fluid; empty for air.</param>
/// <param name="Segments">Pieces along the flow that are told apart; cells are spread over them evenly in series order.</param>
/// <param name="MaxFlowLPerMin">Flow at full duty, litres per minute.</param>
/// <param name="FluidVolumeL">Fluid in the loop, litres.</param>
/// <param name="MaxPumpW">Electrical power of the pump at full duty, W.</param>
/// <param name="MaxChillerW">Heat the chiller can take at full share, W; 0 without.</param>
/// <param name="MaxHeaterW">Heat of the heater at full share, W.</param>
/// <param name="Reversible">True where the flow can be turned round.</param>
/// <param name="Geometry">Sizes of passages and faces; what a simulation needs beyond the sensors.</param>
/// <param name="RadiatorWPerK">Heat that a radiator gives off for each kelvin of the coolant above the surroundings, at full share of its fan, W/K; 0 without. It follows the same command as the chiller.</param>
/// <param name="RadiatorFanW">Electrical power of its fan at full share, W.</param>
public sealed record CoolingDesign(
    CoolingKind Kind, string Fluid, int Segments, double MaxFlowLPerMin, double FluidVolumeL, double MaxPumpW, double MaxChillerW, double MaxHeaterW, bool Reversible,
    CoolingGeometry? Geometry = null, double RadiatorWPerK = 0, double RadiatorFanW = 0);
