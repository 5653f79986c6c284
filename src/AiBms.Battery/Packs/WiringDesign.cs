namespace AiBms.Battery.Packs;

/// <summary>Resistances outside the cells.</summary>
/// <param name="BusbarOhm">One busbar between two neighbours in series, Ω.</param>
/// <param name="ContactOhm">One weld or screw between cell and busbar, Ω.</param>
/// <param name="CableOhm">Everything from the string's ends to the terminals with contactors closed, Ω.</param>
public sealed record WiringDesign(double BusbarOhm, double ContactOhm, double CableOhm);
