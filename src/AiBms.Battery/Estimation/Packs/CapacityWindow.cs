namespace AiBms.Battery.Estimation.Packs;

/// <summary>A stretch between two rests, taken for a capacity or not.</summary>
/// <param name="StartS">First rest, s.</param>
/// <param name="EndS">Second rest, s.</param>
/// <param name="ChangeSoc">Change of the mean cell's SOC by its OCV, −1…1.</param>
/// <param name="ChargeAh">Charge counted between them, Ah.</param>
/// <param name="RestS">The shorter of the two rests, s: below half an hour its end was carried on by the circuit.</param>
/// <param name="Reason">Why it was not taken; none where it was.</param>
public readonly record struct CapacityWindow(double StartS, double EndS, double ChangeSoc, double ChargeAh, double RestS, CapacityReason Reason);
