namespace AiBms.Safety.Signals;

/// <summary>The mean without the highest and the lowest value: one bad sensor cannot move it far.</summary>
static class TrimmedMean
{
    /// <summary>Fewest values for which the mean says anything about a neighbour.</summary>
    internal const int Fewest = 4;

    /// <summary>The trimmed mean of the usable values; not a number where there are fewer than <see cref="Fewest"/>.</summary>
    internal static float Of(ReadOnlySpan<SignalTrack> tracks, SignalBand band)
    {
        float sum = 0, lowest = float.MaxValue, highest = float.MinValue;
        int count = 0;
        for (int i = 0; i < tracks.Length; i++)
        {
            // A stuck signal stays among the neighbours: without it too few might be left, and it would look sound again.
            bool stuck = tracks[i].Quality == SignalQuality.Stuck;
            if (!stuck && !SignalCheck.Usable(tracks[i], band)) continue;
            float value = tracks[i].Value;
            sum += value;
            if (value < lowest) lowest = value;
            if (value > highest) highest = value;
            count++;
        }

        if (count < Fewest) return float.NaN;
        return (sum - lowest - highest) / (count - 2);
    }
}
