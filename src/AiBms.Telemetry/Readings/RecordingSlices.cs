namespace AiBms.Telemetry.Readings;

/// <summary>Copies of a recording that differ in one respect.</summary>
public static class RecordingSlices
{
    /// <summary>The same recording with other findings; the columns are shared.</summary>
    public static Recording With(this Recording recording, Findings findings) => Copy(recording, findings, recording.Series, 0, recording.RowCount);

    /// <summary>The rows of one series as a recording of its own, named "file#series".</summary>
    public static Recording Slice(this Recording recording, SeriesSpan span) =>
        Copy(recording, recording.Findings, [span with { FirstRow = 0 }], span.FirstRow, span.RowCount);

    /// <summary>Every series as a recording of its own; the recording itself when it holds one.</summary>
    public static IReadOnlyList<Recording> Split(this Recording recording) =>
        recording.Series.Count <= 1 ? [recording] : [.. recording.Series.Select(recording.Slice)];

    static Recording Copy(Recording from, Findings findings, IReadOnlyList<SeriesSpan> series, int first, int count)
    {
        bool whole = first == 0 && count == from.RowCount;
        RowFlags[] flags = Part(from.Flags)!;
        if (!whole)
            flags[0] &= ~RowFlags.SeriesStart;
        return new()
        {
            Name = whole || series[0].Name.Length == 0 ? from.Name : $"{from.Name}#{series[0].Name}",
            TimeS = Part(from.TimeS)!,
            CurrentA = Part(from.CurrentA)!,
            VoltageV = Part(from.VoltageV)!,
            TemperatureDegC = Part(from.TemperatureDegC)!,
            AmbientDegC = Part(from.AmbientDegC),
            ChargeAh = Part(from.ChargeAh),
            ReferenceSoc = Part(from.ReferenceSoc),
            Flags = flags,
            Extras = [.. from.Extras.Select(extra => extra with { Values = Part(extra.Values)! })],
            Series = series,
            Findings = findings,
        };

        T[]? Part<T>(T[]? values) => values is null || whole ? values : values[first..(first + count)];
    }
}
