namespace AiBms.Battery.Control;

/// <summary>One stage of a charge.</summary>
/// <param name="UpToSoc">The stage lasts until the fullest cell has this SOC, 0…1.</param>
/// <param name="CurrentFraction">Current as a share of the cells' rated charge current, 0…1.</param>
public sealed record ChargeStage(double UpToSoc, double CurrentFraction);
