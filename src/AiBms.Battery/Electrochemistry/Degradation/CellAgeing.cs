namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>What ages in a cell.</summary>
/// <param name="Negative">In the negative electrode; null for nothing.</param>
/// <param name="Positive">In the positive electrode; null for nothing.</param>
public sealed record CellAgeing(ElectrodeAgeing? Negative, ElectrodeAgeing? Positive = null);
