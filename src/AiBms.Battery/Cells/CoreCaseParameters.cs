using System.Text.Json.Serialization;

namespace AiBms.Battery.Cells;

/// <summary>Numbers of the two-state thermal model of a cell: a core that makes the heat, a case that gives it off.</summary>
/// <param name="CoreHeatCapacityJPerK">Heat capacity of the core, J/K.</param>
/// <param name="CaseHeatCapacityJPerK">Heat capacity of the case, J/K.</param>
/// <param name="CoreToCaseKPerW">Thermal resistance from core to case, K/W.</param>
/// <param name="CaseToAmbientKPerW">Thermal resistance from case to ambient as it was during identification, K/W.</param>
public sealed record CoreCaseParameters(
    double CoreHeatCapacityJPerK, double CaseHeatCapacityJPerK, double CoreToCaseKPerW, double CaseToAmbientKPerW)
{
    /// <summary>
    /// From the axis of a wound cell to its case when nothing changes, K/W: 1/(4π·k·L) with the radial conductivity and the length of the roll.
    /// The core above is then the mean of the roll, at half of it. 0 where it is not known, or the cell is not wound.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double AxisToCaseKPerW { get; init; }
}
