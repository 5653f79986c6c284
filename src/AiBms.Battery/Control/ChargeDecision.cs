using System.Globalization;

namespace AiBms.Battery.Control;

/// <summary>The charge current now, and why it is what it is.</summary>
/// <param name="CurrentA">Asked of the charger, A, ≥ 0.</param>
/// <param name="Reason">What binds.</param>
/// <param name="Value">What was measured, in the unit of the reason: V, °C, SOC or A.</param>
/// <param name="Threshold">What it is compared with, in the same unit.</param>
/// <param name="Cell">The cell that binds, from 0; −1 where none does.</param>
/// <param name="SinceS">Time from which this reason has bound without a break, s.</param>
public readonly record struct ChargeDecision(double CurrentA, ChargeReason Reason, double Value, double Threshold, int Cell, double SinceS)
{
    /// <summary>The reason in a sentence, for people.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{CurrentA:0.0} A: {Why}");

    string Why => Reason switch
    {
        ChargeReason.NotRequested => "charging is not asked for.",
        ChargeReason.NoCharger => "no charger is connected.",
        ChargeReason.Finished => string.Create(CultureInfo.InvariantCulture, $"the target is reached, {Value:0.0%} of {Threshold:0.0%}."),
        ChargeReason.Envelope => string.Create(CultureInfo.InvariantCulture, $"the protection allows {Threshold:0.0} A."),
        ChargeReason.Stage => string.Create(CultureInfo.InvariantCulture, $"the stage's current at {Value:0.0%}."),
        ChargeReason.CellVoltage => string.Create(CultureInfo.InvariantCulture, $"cell {Cell + 1} is at {Value:0.000} V of {Threshold:0.000} V."),
        ChargeReason.Power => string.Create(CultureInfo.InvariantCulture, $"the estimated limit is {Threshold:0.0} A."),
        ChargeReason.Plating => string.Create(CultureInfo.InvariantCulture, $"plating: the coldest cell is at {Value:0.0} °C, {Threshold:0.0} A may last."),
        ChargeReason.PlatingHistory => string.Create(CultureInfo.InvariantCulture, $"plating: {Value:0%} of the short-time charge is used, {Threshold:0.0} A may flow."),
        ChargeReason.EstimateUnknown => "the state of charge is not known yet.",
        _ => string.Create(CultureInfo.InvariantCulture, $"the current rises to {Threshold:0.0} A."),
    };
}
