namespace AiBms.Battery.Thermal;

/// <summary>Temperature at the axis of an evenly heated cylindrical roll, in two shells: with the case a third node.</summary>
/// <remarks>
/// Of the conduction equation of a cylinder three things are exact: the axis and the mean over the roll when nothing changes, (R and R/2 above
/// the case for each watt, R = 1/(4π·k·L)), and the slowest time constant, R²/(α·2.405²) with the first zero of J₀ (Carslaw and Jaeger,
/// Conduction of Heat in Solids, 2nd edition, section 7.7). With the inner shell's share f of the volume and R/(2f(1−f)) between the shells the
/// first two hold for every f; the third gives f = 0.128. Against twenty shells the axis is within 1 % of its rise.
/// </remarks>
public sealed class RollAxis
{
    const double InnerFraction = 0.128, LongestStepS = 5;

    /// <summary>
    /// Of a heat factor that a filter finds on the case, this share is taken for heat and the rest for heat capacity and film, which the case
    /// cannot tell apart: a circuit that follows its resistances is the surer of the two.
    /// </summary>
    public const double HeatFraction = 0.25;

    /// <summary>What is not known of an axis above its case, one standard deviation, relative; and of a probe's offset, K.</summary>
    public const double RiseDeviationFraction = 0.13, ProbeOffsetDeviationK = 0.25;

    readonly double _innerJPerK, _outerJPerK, _betweenWPerK, _outWPerK;

    /// <param name="heatCapacityJPerK">Of the roll, J/K, positive.</param>
    /// <param name="axisToCaseKPerW">From the axis to the case when nothing changes, K/W, positive: 1/(4π·k·L).</param>
    public RollAxis(double heatCapacityJPerK, double axisToCaseKPerW)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heatCapacityJPerK);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(axisToCaseKPerW);
        (_innerJPerK, _outerJPerK) = (InnerFraction * heatCapacityJPerK, (1 - InnerFraction) * heatCapacityJPerK);
        double between = axisToCaseKPerW / (2 * InnerFraction * (1 - InnerFraction));
        (_betweenWPerK, _outWPerK) = (1 / between, 1 / (axisToCaseKPerW - InnerFraction * between));
    }

    /// <summary>At the axis, °C.</summary>
    public double AxisDegC { get; private set; }

    /// <summary>The outer shell, °C.</summary>
    public double OuterDegC { get; private set; }

    /// <summary>Mean over the roll, °C.</summary>
    public double MeanDegC => InnerFraction * AxisDegC + (1 - InnerFraction) * OuterDegC;

    /// <summary>Starts with one temperature all through, °C.</summary>
    public void Begin(double temperatureDegC) => (AxisDegC, OuterDegC) = (temperatureDegC, temperatureDegC);

    /// <summary>Lets time pass, by the trapezoidal rule: stable for every step.</summary>
    /// <param name="heatW">Heat made in the roll, W.</param>
    /// <param name="caseDegC">The case meanwhile, °C.</param>
    /// <param name="stepS">Time, s, ≥ 0.</param>
    public void Step(double heatW, double caseDegC, double stepS)
    {
        int parts = Math.Max(1, (int)Math.Ceiling(stepS / LongestStepS));
        for (int n = 0; n < parts; n++) Part(heatW, caseDegC, stepS / parts);
    }

    void Part(double heatW, double caseDegC, double stepS)
    {
        double inner = stepS / (2 * _innerJPerK), outer = stepS / (2 * _outerJPerK);
        double across = _betweenWPerK * (AxisDegC - OuterDegC), outW = _outWPerK * (OuterDegC - caseDegC);
        double b1 = AxisDegC + inner * (2 * InnerFraction * heatW - across);
        double b2 = OuterDegC + outer * (2 * (1 - InnerFraction) * heatW + across - outW + _outWPerK * caseDegC);
        double a11 = 1 + inner * _betweenWPerK, a12 = -inner * _betweenWPerK, a21 = -outer * _betweenWPerK, a22 = 1 + outer * (_betweenWPerK + _outWPerK);
        double determinant = a11 * a22 - a12 * a21;
        (AxisDegC, OuterDegC) = ((b1 * a22 - a12 * b2) / determinant, (a11 * b2 - a21 * b1) / determinant);
    }
}
