namespace AiBms.Battery.Estimation.Edge;

/// <summary>What the float form knows of one cell of a pack.</summary>
/// <param name="Soc">State of charge, 0…1.</param>
/// <param name="SocDeviation">One standard deviation.</param>
/// <param name="ResistanceRatio">Resistance over the cell type's.</param>
/// <param name="CapacityAh">Capacity, Ah.</param>
/// <param name="CapacityAhDeviation">One standard deviation, Ah.</param>
/// <param name="Validity">Whether it may be used.</param>
public readonly record struct EdgeCellAnswer(float Soc, float SocDeviation, float ResistanceRatio, float CapacityAh, float CapacityAhDeviation, SocValidity Validity);
