using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>A parameter that a fit may move, and between which bounds.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Lower">Lower bound, in the parameter's unit, above 0.</param>
/// <param name="Upper">Upper bound.</param>
/// <param name="Stage">When it joins the fit.</param>
sealed record FitVariable(SetParameter Parameter, double Lower, double Upper, FitStage Stage)
{
    /// <summary>Fractions stay away from 0 and 1.</summary>
    const double LeastFraction = 1e-3;

    const double BalanceFactor = 1.25, RateFactor = 10, LeastOhmAh = 1e-3, MostOhmAh = 0.5;

    static readonly string[] Balance = ["negative.activeFraction", "negative.stoichiometry", "positive.activeFraction", "positive.stoichiometry"];

    static readonly string[] Kinetics = ["contactResistance", "negative.exchangeCurrent", "positive.exchangeCurrent", "negative.diffusivity", "positive.diffusivity"];

    static readonly string[] Salt = ["electrolyte.diffusivity"];

    /// <summary>Standard deviation of ln p before the data speak: a factor of three for rates, a tenth for what holds lithium.</summary>
    public double BeliefLogarithm => Stage == FitStage.Balance ? 0.1 : Math.Log(3);

    /// <summary>The usual variables: the balance first, then kinetics and transport.</summary>
    /// <param name="set">Where the fit starts.</param>
    /// <param name="withElectrolyte">Whether the model has an electrolyte.</param>
    public static IReadOnlyList<FitVariable> Usual(ParameterSet set, bool withElectrolyte) =>
        [.. Balance.Concat(Kinetics).Concat(withElectrolyte ? Salt : []).Select(name => Of(name, set))];

    /// <summary>Reads <c>NAME</c> or <c>NAME=LOW:HIGH</c>.</summary>
    /// <exception cref="FormatException">No parameter has that name, or the bounds do not hold the set's own value.</exception>
    public static FitVariable Parse(string text, ParameterSet set)
    {
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        var variable = Of(parts[0], set);
        if (parts.Length == 1) return variable;
        string[] bounds = parts[1].Split(':');
        if (bounds.Length != 2 || !Number(bounds[0], out double lower) || !Number(bounds[1], out double upper) || !(lower > 0 && lower < upper))
            throw new FormatException($"'{text}': bounds are two numbers above 0, as in {parts[0]}={variable.Lower:0.###e0}:{variable.Upper:0.###e0}");
        return variable with { Lower = lower, Upper = upper };
    }

    static bool Number(string text, out double value) => double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    static FitVariable Of(string name, ParameterSet set)
    {
        var parameter = SetParameters.Find(name);
        double value = parameter.Get(set);
        if (name == "contactResistance") return new(parameter, LeastOhmAh / set.CapacityAh, MostOhmAh / set.CapacityAh, FitStage.Rates);
        if (!(value > 0)) throw new FormatException($"'{name}' of {set.Id} is {value}: only a number above 0 can be fitted");
        bool isBalance = Balance.Contains(name, StringComparer.Ordinal);
        double factor = isBalance || parameter.IsFraction ? BalanceFactor : RateFactor, upper = value * factor;
        if (parameter.IsFraction) upper = Math.Min(upper, 1 - LeastFraction);
        double lower = name == "positive.stoichiometry" ? Math.Min(0.01, value) : value / factor;
        return new(parameter, lower, Math.Max(upper, value), isBalance ? FitStage.Balance : FitStage.Rates);
    }
}
