using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Ageing;

/// <summary>What a cell has lost and to what, from the state of its model.</summary>
/// <param name="CapacityAh">Capacity between the cut-off voltages at rest, Ah.</param>
/// <param name="LithiumLossFraction">LLI: cyclable lithium lost, by side reactions or inside lost material, against the new cell's, 0…1.</param>
/// <param name="NegativeLossFraction">LAM of the negative electrode, 0…1.</param>
/// <param name="PositiveLossFraction">LAM of the positive electrode, 0…1.</param>
/// <param name="SideReactionsAh">Lithium in films, plated and dead metal, Ah.</param>
/// <param name="FilmThicknessM">Mean film on the negative particles, m.</param>
/// <param name="Balance">How the electrodes share what is left.</param>
public sealed record LossModes(
    double CapacityAh, double LithiumLossFraction, double NegativeLossFraction, double PositiveLossFraction, double SideReactionsAh, double FilmThicknessM,
    ElectrodeBalance Balance)
{
    /// <summary>Of a state.</summary>
    /// <param name="cell">The model.</param>
    /// <param name="state">Its state.</param>
    /// <exception cref="ArgumentException">What is left cannot reach the cut-off voltages any more.</exception>
    public static LossModes Of(ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        var aged = cell.AgedSet(state);
        (var negative, var positive) = cell.Health(state);
        double left = LithiumAh(aged), side = negative.SideReactionsAh + positive.SideReactionsAh;
        double first = left + side + negative.LostWithMaterialAh + positive.LostWithMaterialAh;
        var balance = new ElectrodeBalance(aged);
        return new(balance.CapacityAh, 1 - left / first, 1 - negative.ActiveFraction, 1 - positive.ActiveFraction, side, negative.FilmThicknessM, balance);
    }

    static double LithiumAh(ParameterSet set) =>
        set.Negative.InitialStoichiometry * set.ElectrodeCapacityAh(set.Negative) + set.Positive.InitialStoichiometry * set.ElectrodeCapacityAh(set.Positive);
}
