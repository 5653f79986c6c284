namespace AiBms.Safety.Signals;

/// <summary>Range, jump and stuck checks of one signal.</summary>
static class SignalCheck
{
    /// <summary>Times are counted up to here, so that no counter overflows, ms.</summary>
    internal const int LongMs = 1_000_000_000;

    /// <summary>Takes one raw value and decides whether it is believed.</summary>
    /// <param name="track">The signal's memory.</param>
    /// <param name="raw">The raw value; may be anything.</param>
    /// <param name="band">What the sensor can show.</param>
    /// <param name="stepMs">Time since the step before, ms.</param>
    internal static void Update(ref SignalTrack track, float raw, SignalBand band, int stepMs)
    {
        track.Moved = false;
        track.BadBeforeMs = track.BadMs;
        if (!float.IsFinite(raw))
        {
            Distrust(ref track, SignalQuality.Missing, stepMs);
            return;
        }

        track.Moved = !track.HasRaw || raw != track.LastRaw;
        bool agrees = track.HasRaw && MathF.Abs(raw - track.LastRaw) <= band.Step;
        track.LastRaw = raw;
        track.HasRaw = true;

        if (raw < band.Min || raw > band.Max)
        {
            track.ConfirmMs = 0;
            Distrust(ref track, SignalQuality.OutOfRange, stepMs);
            return;
        }

        float allowed = band.Step + band.RatePerS * 0.001f * (stepMs + (float)track.BadMs);
        if (track.Seen && MathF.Abs(raw - track.Value) > allowed)
        {
            if (!agrees) track.ConfirmMs = 0;
            else track.ConfirmMs = Add(track.ConfirmMs, stepMs);
            if (!agrees || track.ConfirmMs < band.ConfirmMs)
            {
                Distrust(ref track, SignalQuality.Jumped, stepMs);
                return;
            }
        }

        if (raw != track.Value) track.Moved = true;
        track.Value = raw;
        track.Seen = true;
        track.ConfirmMs = 0;
        track.BadMs = 0;
        track.Quality = SignalQuality.Good;
    }

    /// <summary>Once all neighbours are read: a signal that shows the same bits while they move far is stuck.</summary>
    /// <param name="track">The signal's memory.</param>
    /// <param name="others">Trimmed mean of the neighbours; not a number where there are too few: then nothing is called stuck.</param>
    /// <param name="band">What the sensor can show.</param>
    /// <param name="stepMs">Time since the step before, ms.</param>
    internal static void CheckStuck(ref SignalTrack track, float others, SignalBand band, int stepMs)
    {
        if (track.Moved || !float.IsFinite(track.OthersAtChange)) track.OthersAtChange = others;
        if (track.Quality != SignalQuality.Good || !(MathF.Abs(others - track.OthersAtChange) > band.StuckOthers)) return;
        track.BadMs = track.BadBeforeMs;
        Distrust(ref track, SignalQuality.Stuck, stepMs);
    }

    /// <summary>Marks the signal as not believed for this step.</summary>
    internal static void Distrust(ref SignalTrack track, SignalQuality why, int stepMs)
    {
        track.Quality = why;
        track.BadMs = Add(track.BadMs, stepMs);
    }

    /// <summary>True while the held value may still be used.</summary>
    internal static bool Usable(in SignalTrack track, SignalBand band) => track.Seen && track.BadMs < band.LostMs;

    /// <summary>Adds two times and stops at <see cref="LongMs"/>.</summary>
    internal static int Add(int timeMs, int stepMs)
    {
        if (timeMs >= LongMs - stepMs) return LongMs;
        return timeMs + stepMs;
    }
}
