namespace AiBms.Battery.Packs;

/// <summary>A temperature probe and what it sees.</summary>
/// <param name="Id">Name as it is in the wiring plan.</param>
/// <param name="Cell">The cell in series order, from 0, that it is on or next to.</param>
/// <param name="Place">What it touches.</param>
public sealed record TemperatureProbe(string Id, int Cell, ProbePlace Place);
