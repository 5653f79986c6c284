namespace AiBms.Safety.Signals;

/// <summary>What a sensor can show and how fast it can move.</summary>
public sealed record SignalBand
{
    /// <summary>Lowest believable value, in the signal's unit.</summary>
    public required float Min { get; init; }

    /// <summary>Highest believable value, in the signal's unit.</summary>
    public required float Max { get; init; }

    /// <summary>Step that is believed at once (load steps, noise), in the signal's unit.</summary>
    public required float Step { get; init; }

    /// <summary>Further change allowed per second, in the signal's unit.</summary>
    public required float RatePerS { get; init; }

    /// <summary>Time for which samples after a jump must agree with each other before it is believed, ms.</summary>
    public int ConfirmMs { get; init; } = 300;

    /// <summary>How far the neighbours' trimmed mean moves while this signal shows the same bits before it is stuck.</summary>
    public required float StuckOthers { get; init; }

    /// <summary>Time without a believed value after which the signal is lost, ms.</summary>
    public int LostMs { get; init; } = 1000;

    internal void Validate(string name)
    {
        if (!(Min < Max) || !(Step > 0) || !(RatePerS >= 0) || !(StuckOthers > 0) || ConfirmMs < 0 || LostMs <= 0)
            throw new ArgumentException($"{name}: needs Min < Max, Step > 0, RatePerS ≥ 0, StuckOthers > 0, ConfirmMs ≥ 0, LostMs > 0");
    }
}
