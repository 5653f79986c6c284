namespace AiBms.Battery.Estimation.Packs;

/// <summary>All cells at one time, as <see cref="LossWatch"/> looks at them; arrays are those of the filters, padded to whole vectors.</summary>
/// <param name="VoltageV">What each tap shows, V.</param>
/// <param name="Soc">Differences of SOC.</param>
/// <param name="InverseCapacity">Q_mean / Q − 1 of each cell.</param>
/// <param name="Resistance">Relative differences of resistance.</param>
/// <param name="ErrorV">Slow voltage errors, V.</param>
/// <param name="OffV">What each cell's voltage is off from all of this, mean of the last seconds in which it was measured, V.</param>
/// <param name="ChangeSoc">Change of the mean cell's SOC since the row before.</param>
/// <param name="SlopeV">Slope of the OCV at the mean cell, V.</param>
/// <param name="DropV">Drop over the mean cell's resistances, V.</param>
readonly record struct LossRow(double[] VoltageV, double[] Soc, double[] InverseCapacity, double[] Resistance, double[] ErrorV, double[] OffV, double ChangeSoc, double SlopeV, double DropV);
