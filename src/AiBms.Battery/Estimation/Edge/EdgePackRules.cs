using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>What the microcontroller is told of a pack, in float, as the C structure <c>aibms_pack_rules</c> has it. Currents are those of the pack.</summary>
/// <param name="CellCount">Cells in series.</param>
/// <param name="LowestV">Discharging stays above this, of a cell, V.</param>
/// <param name="HighestV">Charging stays below this, of a cell, V.</param>
/// <param name="ChargeA">Rated charge current, A.</param>
/// <param name="DischargeA">Rated discharge current, A.</param>
/// <param name="HottestDegC">Highest temperature of a cell, °C.</param>
/// <param name="SettledKPerW">Core over surroundings, K/W; 0 where not identified.</param>
/// <param name="BleedOhm">One balancing resistor, Ω.</param>
/// <param name="BoardKPerW">Rise of the balancing board by the power of all resistors, K/W.</param>
/// <param name="BoardTimeS">Its time constant, s.</param>
/// <param name="MostBoardDegC">Highest temperature of the board, °C.</param>
public sealed record EdgePackRules(
    int CellCount, float LowestV, float HighestV, float ChargeA, float DischargeA, float HottestDegC, float SettledKPerW, float BleedOhm, float BoardKPerW,
    float BoardTimeS, float MostBoardDegC)
{
    /// <summary>Takes the numbers that <see cref="Packs.PackPower"/> and the balancing take.</summary>
    /// <param name="layout">The pack.</param>
    /// <param name="group">Its parallel group as one cell, with a circuit.</param>
    public static EdgePackRules Of(PackLayout layout, CellType group)
    {
        double[] ocv = group.Circuit?.OcvV ?? throw new CellException($"Cell {group.Id} has no circuit: identify one first.");
        double breakA = layout.Contactors.BreakCurrentA;
        return new(
            layout.SeriesCount, (float)(group.Ratings?.MinVoltageV ?? ocv[0]), (float)(group.Ratings?.MaxVoltageV ?? ocv[^1]),
            (float)Math.Min(group.Ratings?.MaxChargeA ?? group.CapacityAh, breakA), (float)Math.Min(group.Ratings?.MaxDischargeA ?? group.CapacityAh, breakA),
            (float)(group.Validity?.MaxTemperatureDegC ?? 60), (float)(group.Thermal is { } t ? t.CoreToCaseKPerW + t.CaseToAmbientKPerW : 0),
            (float)layout.Balancing.ResistorOhm, (float)layout.Balancing.BoardKPerW, (float)layout.Balancing.BoardTimeConstantS, (float)layout.Balancing.MaxBoardDegC);
    }
}
