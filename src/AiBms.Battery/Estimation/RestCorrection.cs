namespace AiBms.Battery.Estimation;

/// <summary>What a rest taught: how far the counted SOC was from what the relaxed voltage says.</summary>
/// <param name="EndS">When the rest ended, s.</param>
/// <param name="LengthS">How long it lasted, s.</param>
/// <param name="SocCorrection">Change of SOC during the rest beyond what was counted, −1…1.</param>
/// <param name="OffsetChangeA">Change of the estimated current offset, A.</param>
public readonly record struct RestCorrection(double EndS, double LengthS, double SocCorrection, double OffsetChangeA);
