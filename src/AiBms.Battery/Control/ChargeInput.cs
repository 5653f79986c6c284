namespace AiBms.Battery.Control;

/// <summary>What the charge control looks at; limits are numbers.</summary>
/// <param name="TimeS">Time of the reading, s.</param>
/// <param name="StepS">Time since the step before, s.</param>
/// <param name="CurrentA">Pack current, A, positive while charging; NaN where unknown.</param>
/// <param name="WorstCellV">Highest cell voltage, V; NaN where unknown: then nothing is charged.</param>
/// <param name="WorstCell">That cell, from 0.</param>
/// <param name="ResistanceOhm">Resistance of that cell, Ω.</param>
/// <param name="ColdestDegC">The coldest cell, °C; NaN where unknown.</param>
/// <param name="FullestSoc">SOC of the fullest cell; NaN where unknown.</param>
/// <param name="EnvelopeA">What the protection allows, A.</param>
/// <param name="PowerA">What the estimated power allows for half a minute, A; NaN where unknown. It is asked anew every step.</param>
/// <param name="PulseA">What the estimated power allows for ten seconds, A; NaN where unknown.</param>
/// <param name="TargetSoc">Charge until the pack has this SOC.</param>
/// <param name="IsRequested">True where charging is asked for.</param>
/// <param name="IsConnected">True where a charger is connected.</param>
public readonly record struct ChargeInput(
    double TimeS, double StepS, double CurrentA, double WorstCellV, int WorstCell, double ResistanceOhm, double ColdestDegC, double FullestSoc,
    double EnvelopeA, double PowerA, double PulseA, double TargetSoc, bool IsRequested, bool IsConnected);
