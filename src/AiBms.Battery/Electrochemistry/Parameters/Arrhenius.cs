namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>exp(E/R·(1/T₀ − 1/T)): how a rate grows with temperature from its value at T₀.</summary>
/// <param name="ActivationJPerMol">E, J/mol; 0 means no dependence.</param>
/// <param name="ReferenceK">T₀, K.</param>
public readonly record struct Arrhenius(double ActivationJPerMol, double ReferenceK)
{
    /// <summary>The factor at a temperature, 1 at the reference.</summary>
    public double Factor(double temperatureK) =>
        ActivationJPerMol == 0 ? 1 : Math.Exp(ActivationJPerMol / Constants.GasJPerMolK * (1 / ReferenceK - 1 / temperatureK));
}
