namespace AiBms.Battery.Control;

/// <summary>What the float charge control looks at; NaN for what is not known. Meanings as in <see cref="ChargeInput"/>.</summary>
/// <param name="StepS">Time since the step before, s.</param>
/// <param name="CurrentA">Pack current, A, positive while charging.</param>
/// <param name="WorstV">Highest cell voltage, V.</param>
/// <param name="WorstCell">That cell, from 0.</param>
/// <param name="ResistanceOhm">Resistance of that cell, Ω.</param>
/// <param name="ColdestDegC">The coldest cell, °C.</param>
/// <param name="FullestSoc">SOC of the fullest cell.</param>
/// <param name="EnvelopeA">What the protection allows, A.</param>
/// <param name="PowerA">Estimated for half a minute, A.</param>
/// <param name="PulseA">Estimated for ten seconds, A.</param>
/// <param name="TargetSoc">Charge until the pack has this SOC.</param>
/// <param name="IsRequested">Charging is asked for.</param>
/// <param name="IsConnected">A charger is connected.</param>
public readonly record struct EdgeChargeInput(
    float StepS, float CurrentA, float WorstV, int WorstCell, float ResistanceOhm, float ColdestDegC, float FullestSoc, float EnvelopeA, float PowerA, float PulseA,
    float TargetSoc, bool IsRequested, bool IsConnected);
