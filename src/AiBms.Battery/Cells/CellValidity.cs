namespace AiBms.Battery.Cells;

/// <summary>Range of the data a circuit was identified on.</summary>
/// <param name="MinTemperatureDegC">Coldest case temperature, °C.</param>
/// <param name="MaxTemperatureDegC">Warmest case temperature, °C.</param>
/// <param name="MinSoc">Lowest state of charge, 0…1.</param>
/// <param name="MaxSoc">Highest state of charge, 0…1.</param>
/// <param name="MaxDischargeA">Largest discharge current as a magnitude, A.</param>
/// <param name="MaxChargeA">Largest charge current, A.</param>
public sealed record CellValidity(
    double MinTemperatureDegC, double MaxTemperatureDegC, double MinSoc, double MaxSoc, double MaxDischargeA, double MaxChargeA);
