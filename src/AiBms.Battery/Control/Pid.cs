namespace AiBms.Battery.Control;

/// <summary>A controller with feed-forward, for an output of 0…1: proportional and integral on the error, derivative on the measurement.</summary>
/// <remarks>
/// The integral stops where the output is at its end (conditional integration), so that it never winds up; a derivative on the measurement
/// does not kick when the target moves. Source: Åström and Hägglund, "Advanced PID Control" (2006), sections 3.4 and 3.5.
/// </remarks>
/// <param name="gains">Gains.</param>
public sealed class Pid(PidGains gains)
{
    double _integral, _rate, _before = double.NaN;

    /// <summary>The next output, 0…1.</summary>
    /// <param name="errorK">Measured minus wanted: positive asks for more. Unit of the gains.</param>
    /// <param name="feedForwardFraction">What is needed by what is known beforehand, 0…1.</param>
    /// <param name="ceilingFraction">Largest output, 0…1.</param>
    /// <param name="stepS">Time since the step before, s; 0 where it is not known.</param>
    public double Step(double errorK, double feedForwardFraction, double ceilingFraction, double stepS)
    {
        if (!double.IsFinite(errorK)) return Math.Min(ceilingFraction, feedForwardFraction);
        double rate = double.IsNaN(_before) || stepS <= 0 ? 0 : (errorK - _before) / stepS;
        _rate += (rate - _rate) * stepS / (stepS + gains.RateFilterS);
        _before = errorK;
        double raw = feedForwardFraction + gains.FractionPerK * errorK + gains.DampingFractionSPerK * _rate;
        double integral = _integral + gains.FractionPerKS * errorK * stepS, output = raw + integral;
        bool isAtEnd = (output > ceilingFraction && errorK > 0) || (output < 0 && errorK < 0);
        if (!isAtEnd) _integral = Math.Clamp(integral, -1, 1);
        return Math.Clamp(raw + _integral, 0, ceilingFraction);
    }

    /// <summary>Forgets what it has summed up.</summary>
    public void Reset() => (_integral, _rate, _before) = (0, 0, double.NaN);
}
