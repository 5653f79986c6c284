using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>The microcontroller's filter among the other estimators: the board scores exactly what is exported.</summary>
/// <param name="cell">A cell that <see cref="EdgeCell"/> takes.</param>
public sealed class EdgeEstimator(CellType cell) : ISocEstimator
{
    readonly EdgeCellEstimator _estimator = new(new(cell));
    double _timeS = double.NaN;

    /// <inheritdoc/>
    public void Start(SocStart start)
    {
        _timeS = double.NaN;
        _estimator.Start((float)start.Soc, start.IsUnknown ? -1 : (float)start.SocDeviation);
    }

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        double stepS = sample.TimeS - _timeS;
        if (double.IsFinite(sample.TimeS)) _timeS = sample.TimeS;
        var answer = _estimator.Step((float)stepS, (float)sample.CurrentA, (float)sample.VoltageV, (float)sample.TemperatureDegC);
        if (answer.Validity == SocValidity.Unknown)
            return new(double.NaN, double.NaN, double.NaN, double.NaN, SocValidity.Unknown, double.NaN, double.NaN, double.NaN);
        double soc = answer.Soc, half = Interval.NinetyPercent * answer.SocDeviation;
        return new(soc, answer.SocDeviation, Math.Max(0, soc - half), Math.Min(1, soc + half), answer.Validity, answer.ModelVoltageV, answer.ResidualVoltageV, answer.OffsetA);
    }
}
