namespace AiBms.Learning.Identification;

/// <summary>The few numbers that enter the circuit's voltage non-linearly; all others are found by linear least squares.</summary>
/// <remarks>
/// Variable projection: Golub, Pereyra, "Separable nonlinear least squares", Inverse Problems 19 (2003) R1,
/// doi 10.1088/0266-5611/19/2/201.
/// </remarks>
/// <param name="TimeConstantsS">Time constants of the pairs at 25 °C, s.</param>
/// <param name="KneeCurrentA">Charge-transfer knee at 25 °C, A; 0 for a linear circuit.</param>
/// <param name="KneeActivationK">How the knee moves with temperature: i₀ = i₂₅·e^(−K·(1/T − 1/298.15 K)), K.</param>
/// <param name="ResistanceActivationK">Arrhenius factor that resistances are expressed relative to, K.</param>
/// <param name="FastActivationK">How the fastest time constant moves with temperature: τ = τ₂₅·e^(K·(1/T − 1/298.15 K)), K.</param>
/// <param name="CoreToCaseKPerW">Thermal resistance from core to case, K/W: resistances follow the core; 0 for the case.</param>
public sealed record CircuitShape(
    double[] TimeConstantsS, double KneeCurrentA, double KneeActivationK, double ResistanceActivationK, double FastActivationK, double CoreToCaseKPerW)
{
    const int Extra = 5;

    /// <summary>40 kJ/mol over the gas constant, in 1000 K: above what charge transfer in these cells shows.</summary>
    const double HighestActivation = 4.8;

    /// <summary>As the variables of a search: logarithms of times, knee and thermal resistance, activations in units of 1000 K.</summary>
    public double[] ToVariables() =>
    [
        .. TimeConstantsS.Select(s => Math.Log(s)), Math.Log(Math.Max(KneeCurrentA, 1e-9)), KneeActivationK / 1000, ResistanceActivationK / 1000,
        FastActivationK / 1000, Math.Log(Math.Max(CoreToCaseKPerW, 1e-9)),
    ];

    /// <summary>Back from the variables of a search.</summary>
    public static CircuitShape FromVariables(double[] parameters, bool hasKnee, bool hasCore) => new(
        [.. parameters.Take(parameters.Length - Extra).Select(v => Math.Exp(Math.Clamp(v, -2, 9)))],
        hasKnee ? Math.Exp(Math.Clamp(parameters[^5], 0, 6)) : 0,
        1000 * Math.Clamp(parameters[^4], 0, HighestActivation),
        1000 * Math.Clamp(parameters[^3], 0, 2 * HighestActivation),
        1000 * Math.Clamp(parameters[^2], -6, 6),
        hasCore ? Math.Exp(Math.Clamp(parameters[^1], -3, 3)) : 0);

    /// <summary>Factor by which resistances exceed those at 25 °C.</summary>
    public double ResistanceFactor(double temperatureDegC) => Math.Exp(ResistanceActivationK * InverseTemperature(temperatureDegC));

    /// <summary>The knee at a temperature, A.</summary>
    public double KneeAt(double temperatureDegC) => KneeCurrentA * Math.Exp(-KneeActivationK * InverseTemperature(temperatureDegC));

    /// <summary>Time constant of a pair at a temperature, s.</summary>
    public double TimeConstantAt(int pair, double temperatureDegC) =>
        pair == 0 && FastActivationK != 0 ? TimeConstantsS[0] * Math.Exp(FastActivationK * InverseTemperature(temperatureDegC)) : TimeConstantsS[pair];

    static double InverseTemperature(double temperatureDegC) => 1 / (temperatureDegC + 273.15) - 1 / 298.15;
}
