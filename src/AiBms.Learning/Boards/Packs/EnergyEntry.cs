namespace AiBms.Learning.Boards.Packs;

/// <summary>One statement of energy, held against what came out.</summary>
/// <param name="Run">The recording.</param>
/// <param name="Group">Ambient, °C, as text.</param>
/// <param name="StatedWh">Stated, Wh.</param>
/// <param name="DeviationWh">Stated standard deviation, Wh.</param>
/// <param name="TrueWh">What came out until the limit, Wh.</param>
/// <param name="RatedWh">Rated energy, Wh.</param>
/// <param name="LoadKnown">True where the load was told, false where it was taken from recent use.</param>
public sealed record EnergyEntry(string Run, string Group, double StatedWh, double DeviationWh, double TrueWh, double RatedWh, bool LoadKnown)
{
    /// <summary>Error as a fraction of the rated energy.</summary>
    public double ErrorFraction => (StatedWh - TrueWh) / RatedWh;

    /// <summary>Whether the 90 % interval holds the truth.</summary>
    public bool IsHeld => Math.Abs(StatedWh - TrueWh) <= Battery.Estimation.Interval.NinetyPercent * DeviationWh;
}
