namespace AiBms.Battery.Packs;

/// <summary>Contactors, precharge and the link behind them.</summary>
/// <param name="BreakCurrentA">Highest current the contactors can break, A.</param>
/// <param name="TravelS">Time from command to contact, s.</param>
/// <param name="PrechargeOhm">Precharge resistor, Ω.</param>
/// <param name="LinkCapacitanceF">Capacitance of the link, F.</param>
/// <param name="LinkBleedOhm">What discharges the link when everything is open, Ω.</param>
/// <param name="HasAuxiliaryContacts">True where each contactor reports its position.</param>
public sealed record ContactorDesign(double BreakCurrentA, double TravelS, double PrechargeOhm, double LinkCapacitanceF, double LinkBleedOhm, bool HasAuxiliaryContacts);
