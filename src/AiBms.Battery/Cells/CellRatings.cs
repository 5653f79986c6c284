namespace AiBms.Battery.Cells;

/// <summary>What a cell is made for, from its data sheet or the test protocol.</summary>
/// <param name="MinVoltageV">Discharge cut-off, V.</param>
/// <param name="MaxVoltageV">Charge cut-off, V.</param>
/// <param name="MaxChargeA">Largest continuous charge current, A, positive.</param>
/// <param name="MaxDischargeA">Largest continuous discharge current as a magnitude, A, positive.</param>
public sealed record CellRatings(double MinVoltageV, double MaxVoltageV, double MaxChargeA, double MaxDischargeA);
