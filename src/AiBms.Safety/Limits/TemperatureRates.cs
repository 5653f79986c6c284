using AiBms.Safety.Signals;

namespace AiBms.Safety.Limits;

/// <summary>Smoothed rates of temperature: the distance to a lagging copy over its lag, exact on a steady ramp at any step length.</summary>
static class TemperatureRates
{
    /// <summary>Lag of the rate that has limits, s: a probe that shows whole degrees reads 2 K/min for one step of 1 K.</summary>
    const float SlowS = 30;

    /// <summary>Advances one probe and gives its slow rate, K/s.</summary>
    internal static float Step(SafetyLimits limits, SafetyMemory memory, int probe)
    {
        ref var track = ref memory.Probes[probe];
        if (!SignalCheck.Usable(track, limits.ProbeSignal))
        {
            memory.ProbePastKnown[probe] = false;
            return 0;
        }

        if (!memory.ProbePastKnown[probe])
        {
            memory.ProbeFastDegC[probe] = track.Value;
            memory.ProbeSlowDegC[probe] = track.Value;
            memory.ProbePastKnown[probe] = true;
        }

        float stepS = 0.001f * memory.Clock.StepMs;
        float smoothS = limits.Runaway.RateSmoothingS;
        memory.ProbeFastDegC[probe] += (track.Value - memory.ProbeFastDegC[probe]) * stepS / (smoothS + stepS);
        memory.ProbeSlowDegC[probe] += (track.Value - memory.ProbeSlowDegC[probe]) * stepS / (SlowS + stepS);
        return (track.Value - memory.ProbeSlowDegC[probe]) / SlowS;
    }

    /// <summary>The fast rate of a probe, K/s.</summary>
    internal static float FastKPerS(SafetyLimits limits, SafetyMemory memory, int probe)
    {
        if (!memory.ProbePastKnown[probe]) return 0;
        return (memory.Probes[probe].Value - memory.ProbeFastDegC[probe]) / limits.Runaway.RateSmoothingS;
    }
}
