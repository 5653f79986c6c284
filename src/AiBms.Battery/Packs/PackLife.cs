namespace AiBms.Battery.Packs;

/// <summary>How long the parts of a pack are made for, as their makers state it; NaN where nobody does.</summary>
/// <param name="PumpH">Pump at full duty, h.</param>
/// <param name="ChillerH">Chiller at full power, h.</param>
/// <param name="HeaterH">Heater at full power, h.</param>
/// <param name="ContactorsCycle">Contactors, cycles of closing and opening.</param>
public sealed record PackLife(double PumpH = double.NaN, double ChillerH = double.NaN, double HeaterH = double.NaN, double ContactorsCycle = double.NaN);
