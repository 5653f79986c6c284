using System.Globalization;
using AiBms.Battery;

namespace AiBms.Agent.Replay;

/// <summary>What the record says of one cell, with the evidence.</summary>
/// <param name="Cell">From 0; files count from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="MeanV">Mean deviation from the median cell, V.</param>
/// <param name="OwnV">The part of it that the neighbours in the string do not share, V.</param>
/// <param name="ChargeFraction">Difference of charge, share of the capacity.</param>
/// <param name="ChargeAh">The same, Ah.</param>
/// <param name="CapacityFraction">Difference of capacity that would explain what is left, share.</param>
/// <param name="ResistanceOhm">Difference of resistance, Ω.</param>
/// <param name="ResistanceOhmDeviation">How much cells of this pack differ in that, one standard deviation, Ω.</param>
/// <param name="AsChargeVRmse">What is left of the deviation if it is charge, V.</param>
/// <param name="AsFixedVRmse">What is left if it is a fixed error, V.</param>
/// <param name="Rows">Rows in which the cell's voltage was believed.</param>
public sealed record CellFinding(
    int Cell, CellFindingKind Kind, double MeanV, double OwnV, double ChargeFraction, double ChargeAh, double CapacityFraction, double ResistanceOhm,
    double ResistanceOhmDeviation, double AsChargeVRmse, double AsFixedVRmse, long Rows)
{
    const double SharedFraction = 0.6;

    /// <summary>Name as in files: V_1 is the first.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"V_{Cell + 1}");

    /// <summary>True where most of the difference is shared by the cells on either side: a block or module, not this cell.</summary>
    public bool IsOfBlock => Kind != CellFindingKind.InLine && Math.Abs(OwnV) < (1 - SharedFraction) * Math.Abs(MeanV);

    /// <summary>True where its resistance is larger than that of the others by more than cells differ: a contact or an aged cell.</summary>
    public bool ResistanceStandsOut => Kind == CellFindingKind.HighResistance || ResistanceOhm > 5 * ResistanceOhmDeviation;

    /// <summary>The evidence in a sentence.</summary>
    public string Evidence => string.Create(
        CultureInfo.InvariantCulture,
        $"{SignedText.Of(1000 * MeanV, 1)} mV, {SignedText.Of(1000 * OwnV, 1)} of it its own; as charge {SignedText.Of(100 * ChargeFraction, 2)} % ({SignedText.Of(ChargeAh, 2)} Ah) leaves {1000 * AsChargeVRmse:0.0} mV, as a fixed error {1000 * AsFixedVRmse:0.0}; slope with current {SignedText.Of(1e6 * ResistanceOhm, 0)} µΩ (cells differ by {1e6 * ResistanceOhmDeviation:0})");
}
