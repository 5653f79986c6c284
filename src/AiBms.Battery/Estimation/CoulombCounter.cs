using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation;

/// <summary>Counts charge from a told start. Without one it never knows, and says so.</summary>
public sealed class CoulombCounter(CellType cell) : ISocEstimator
{
    /// <summary>Relative sd of a current sensor's gain and of the cell's capacity, and its offset in A: what counting cannot see.</summary>
    const double GainDeviation = 0.01, OffsetDeviationA = 0.02;

    /// <summary>No sensor reading beyond this is a current.</summary>
    const double MostCRate = 1000;

    /// <summary>Nobody knows less than nothing: the deviation of a uniform guess.</summary>
    const double MostDeviation = 0.29;

    double _soc = double.NaN, _startDeviation, _timeS = double.NaN, _elapsedS, _throughputAh;

    /// <inheritdoc/>
    public void Start(SocStart start)
    {
        (_soc, _startDeviation) = (start.Soc, start.SocDeviation);
        (_timeS, _elapsedS, _throughputAh) = (double.NaN, 0, 0);
    }

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        double stepS = sample.TimeS - _timeS;
        bool isCurrent = Math.Abs(sample.CurrentA) < MostCRate * cell.CapacityAh, counted = stepS > 0 && double.IsFinite(stepS) && isCurrent;
        if (counted)
        {
            double chargeAh = Units.ToAmpereHours(sample.CurrentA * stepS);
            _soc += chargeAh / cell.CapacityAh;
            _throughputAh += Math.Abs(chargeAh);
            _elapsedS += stepS;
        }

        if (double.IsFinite(sample.TimeS)) _timeS = sample.TimeS;
        if (double.IsNaN(_soc))
            return new(double.NaN, double.NaN, double.NaN, double.NaN, SocValidity.Unknown, double.NaN, double.NaN, double.NaN);

        double gain = GainDeviation * _throughputAh / cell.CapacityAh;
        double offset = OffsetDeviationA * Units.ToAmpereHours(_elapsedS) / cell.CapacityAh;
        double deviation = Math.Min(MostDeviation, Math.Sqrt(_startDeviation * _startDeviation + gain * gain + offset * offset));
        double soc = Math.Clamp(_soc, 0, 1), half = Interval.NinetyPercent * deviation;
        var validity = isCurrent ? SocValidity.Valid : SocValidity.SensorSuspect;
        return new(soc, deviation, Math.Max(0, soc - half), Math.Min(1, soc + half), validity, double.NaN, double.NaN, double.NaN);
    }
}
