using AiBms.Safety.Signals;

namespace AiBms.Safety.Limits;

/// <summary>Debounce and hysteresis of one level.</summary>
/// <remarks>
/// The time past a threshold leaks at half speed, so that a value flickering around it still counts; two samples are needed unless the
/// debounce time is 0. Coming back must be unbroken and is timed by the clock's advance alone. A value that is not a number changes nothing.
/// </remarks>
static class LimitMonitor
{
    /// <param name="track">The level's memory.</param>
    /// <param name="value">The value, in the limit's unit.</param>
    /// <param name="applies">False where the limit does not count now (no charge current, pump off): then it may only end.</param>
    /// <param name="isLow">True where small is bad.</param>
    /// <param name="threshold">The threshold, in the limit's unit.</param>
    /// <param name="hysteresis">How far back ends the level, in the limit's unit.</param>
    /// <param name="debounceMs">Time past before the level begins, ms.</param>
    /// <param name="releaseMs">Time back before it ends, ms.</param>
    /// <param name="stepMs">Step credited towards danger, ms.</param>
    /// <param name="restStepMs">Step credited towards recovery, ms: 0 where the clock did not advance.</param>
    internal static void Update(
        ref LimitTrack track, float value, bool applies, bool isLow, float threshold, float hysteresis, int debounceMs, int releaseMs, int stepMs, int restStepMs)
    {
        bool past = applies && (isLow ? value < threshold : value > threshold);
        bool back = !applies || (isLow ? value >= threshold + hysteresis : value <= threshold - hysteresis);
        bool known = !applies || !float.IsNaN(value);

        if (track.Active)
        {
            if (!known) return;
            if (!back) track.BackMs = 0;
            else track.BackMs = SignalCheck.Add(track.BackMs, restStepMs);
            if (back && track.BackMs >= releaseMs) track = default;
            return;
        }

        if (past)
        {
            track.OverMs = SignalCheck.Add(track.OverMs, stepMs);
            if (track.Events < 2) track.Events++;
            track.Active = track.OverMs >= debounceMs && (track.Events >= 2 || debounceMs == 0);
            track.BackMs = 0;
        }
        else if (known)
        {
            track.OverMs -= (stepMs + 1) / 2;
            if (track.OverMs > 0) return;
            track.OverMs = 0;
            track.Events = 0;
        }
    }
}
