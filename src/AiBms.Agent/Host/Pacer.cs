namespace AiBms.Agent.Host;

/// <summary>Says how long to wait for the next step.</summary>
/// <remarks>Behind by more than a second, what is lost stays lost: steps do not come in a burst.</remarks>
/// <param name="port">Whether its readings are of now.</param>
/// <param name="rateHz">Steps a second where they are.</param>
/// <param name="speedFactor">Seconds of the port in one of the clock where they are not; 0 as fast as it goes.</param>
/// <param name="time">The clock.</param>
sealed class Pacer(AgentPort port, double rateHz, double speedFactor, TimeProvider time)
{
    /// <summary>A pause of a record is shown no longer than this; behind by more, waiting begins anew, s.</summary>
    const double LongestS = 1;

    readonly long _origin = time.GetTimestamp();
    double _dueS, _lastS = double.NaN;

    /// <summary>What to wait after a step.</summary>
    /// <param name="readingS">Time of its reading, s.</param>
    public TimeSpan After(double readingS)
    {
        double nowS = time.GetElapsedTime(_origin).TotalSeconds, stepS = readingS - _lastS;
        _lastS = readingS;
        if (port.IsClocked) _dueS += 1 / rateHz;
        else if (speedFactor == 0) return TimeSpan.Zero;
        else if (stepS > 0) _dueS += Math.Min(LongestS, stepS / speedFactor);
        _dueS = Math.Max(_dueS, nowS - LongestS);
        return TimeSpan.FromSeconds(Math.Max(0, _dueS - nowS));
    }
}
