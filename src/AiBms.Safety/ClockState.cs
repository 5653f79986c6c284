namespace AiBms.Safety;

/// <summary>The memory of the clock, and the step it credits.</summary>
struct ClockState
{
    public long LastMs;
    public bool Started;

    /// <summary>Step credited towards danger: never 0, ms.</summary>
    public int StepMs;

    /// <summary>Step credited towards recovery: 0 where the clock did not advance, ms.</summary>
    public int RestStepMs;

    /// <summary>Assumed steps since the clock last advanced, ms.</summary>
    public int StoodMs;

    /// <summary>What passed between the last two steps by the clock, ms; capped.</summary>
    public int GapMs;
}
