namespace AiBms.Telemetry.Readings;

/// <summary>Checks that time runs forward.</summary>
static class TimeChecks
{
    /// <summary>Flags rows whose time repeats or runs behind the latest usable time of their series.</summary>
    public static void Flag(ReadOnlySpan<double> timeS, IReadOnlyList<SeriesSpan> series, Span<RowFlags> flags)
    {
        foreach (SeriesSpan span in series)
        {
            double latest = double.NegativeInfinity;
            for (int row = span.FirstRow; row < span.FirstRow + span.RowCount; row++)
            {
                double now = timeS[row];
                // The time of a row that was cut or mangled is not to be trusted.
                if (!double.IsFinite(now) || (flags[row] & RowFlags.Malformed) != RowFlags.None)
                    continue;
                if (now == latest)
                    flags[row] |= RowFlags.DuplicateTime;
                else if (now < latest)
                    flags[row] |= RowFlags.TimeBackwards;
                else
                    latest = now;
            }
        }
    }
}
