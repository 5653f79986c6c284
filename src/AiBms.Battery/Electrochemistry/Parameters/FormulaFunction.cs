using AiBms.Numerics;
using AiBms.Numerics.Expressions;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property whose formula mixes its variable with temperature, computed directly.</summary>
/// <remarks>Key: f the value, x the argument, df the derivative with respect to it, y its integral.</remarks>
/// <param name="formula">In two variables: the argument divided by <paramref name="unitScale"/>, and T in K.</param>
/// <param name="unitScale">What one unit of the formula's variable is in the argument's unit: 1000 for mol/L.</param>
/// <param name="ofStoichiometry">Whether the variable is a stoichiometry or a concentration, which sets the range of a table.</param>
/// <param name="arrhenius">A further temperature factor.</param>
public sealed class FormulaFunction(Expression formula, double unitScale, bool ofStoichiometry, Arrhenius arrhenius) : MaterialFunction
{
    /// <summary>Calls at one temperature after which a table for it pays: an isothermal run makes them at once, a warming cell never.</summary>
    const int CallsBeforeTable = 2000;

    sealed record Cached(double TemperatureK, TabulatedFunction Table);

    // One immutable pair, so that cells on different threads never mix a temperature with another's table.
    Cached? _cached;
    double _lastK = double.NaN;
    int _calls;

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override double At(double x, double temperatureK, out double df)
    {
        if (Table(temperatureK) is { } table) return table.At(x, temperatureK, out df);
        (double value, df) = formula.ValueAndSlope(0, x / unitScale, temperatureK);
        double factor = arrhenius.Factor(temperatureK);
        df *= factor / unitScale;
        return value * factor;
    }

    /// <inheritdoc/>
    public override void At(ReadOnlySpan<double> x, double temperatureK, Span<double> f, Span<double> df)
    {
        if (Table(temperatureK, x.Length) is { } table) table.At(x, temperatureK, f, df);
        else base.At(x, temperatureK, f, df);
    }

    /// <inheritdoc/>
    public override void IntegralAt(ReadOnlySpan<double> x, double temperatureK, Span<double> y, Span<double> f)
    {
        if (Table(temperatureK, x.Length) is { } table) table.IntegralAt(x, temperatureK, y, f);
        else base.IntegralAt(x, temperatureK, y, f);
    }

    /// <inheritdoc/>
    public override double IntegralAt(double x, double temperatureK, out double f)
    {
        if (Table(temperatureK) is { } table) return table.IntegralAt(x, temperatureK, out f);
        f = Direct(x, temperatureK);
        double sum = 0;
        if (ofStoichiometry)
        {
            for (int q = 0; q < Gauss.Nodes.Length; q++) sum += Gauss.Weights[q] * Direct(x * Gauss.Nodes[q], temperatureK);
            return x * sum;
        }

        // In the logarithm, because diffusivities may grow like 1/c towards an empty electrolyte.
        double low = Math.Log(ParameterSetReader.LeastConcentration), span = Math.Log(Math.Max(x, ParameterSetReader.LeastConcentration)) - low;
        for (int q = 0; q < Gauss.Nodes.Length; q++)
        {
            double c = Math.Exp(low + span * Gauss.Nodes[q]);
            sum += Gauss.Weights[q] * c * Direct(c, temperatureK);
        }

        return span * sum;
    }

    static readonly (double[] Nodes, double[] Weights) Gauss = GaussLegendre.OnUnitInterval(20);

    double Direct(double x, double temperatureK) => formula.Value(x / unitScale, temperatureK) * arrhenius.Factor(temperatureK);

    TabulatedFunction? Table(double temperatureK, int calls = 1)
    {
        var cached = _cached;
        if (cached is not null && cached.TemperatureK == temperatureK) return cached.Table;
        if (temperatureK != _lastK) (_lastK, _calls) = (temperatureK, 0);
        _calls += calls;
        if (_calls < CallsBeforeTable) return null;
        var table = ParameterSetReader.Tabulate(formula, ofStoichiometry, unitScale, arrhenius, temperatureK);
        _cached = new(temperatureK, table);
        return table;
    }
}
