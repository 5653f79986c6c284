namespace AiBms.Battery.Cells;

/// <summary>Numbers of the two-state thermal model of a cell: a core that makes the heat, a case that gives it off.</summary>
/// <param name="CoreHeatCapacityJPerK">Heat capacity of the core, J/K.</param>
/// <param name="CaseHeatCapacityJPerK">Heat capacity of the case, J/K.</param>
/// <param name="CoreToCaseKPerW">Thermal resistance from core to case, K/W.</param>
/// <param name="CaseToAmbientKPerW">Thermal resistance from case to ambient as it was during identification, K/W.</param>
public sealed record CoreCaseParameters(
    double CoreHeatCapacityJPerK, double CaseHeatCapacityJPerK, double CoreToCaseKPerW, double CaseToAmbientKPerW);
