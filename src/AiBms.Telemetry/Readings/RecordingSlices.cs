namespace AiBms.Telemetry.Readings;

/// <summary>Copies of a recording that differ in one respect.</summary>
public static class RecordingSlices
{
    /// <summary>The same recording with other findings; the columns are shared.</summary>
    public static Recording With(this Recording recording, Findings findings) => Copy(recording, findings, recording.Series, 0, recording.RowCount);

    /// <summary>The rows of one series as a recording of its own, named "file#series".</summary>
    public static Recording Slice(this Recording recording, SeriesSpan span) =>
        Copy(recording, recording.Findings, [span with { FirstRow = 0 }], span.FirstRow, span.RowCount);

    /// <summary>The recording itself, for those who can use only one series.</summary>
    /// <exception cref="DataException">It holds several; the message names some and how to choose one.</exception>
    public static Recording OneSeries(this Recording recording)
    {
        const int Named = 5;
        int count = recording.Series.Count;
        string names = string.Join(", ", recording.Series.Take(Named).Select(span => span.Name)) + (count > Named ? " …" : "");
        return count <= 1 ? recording : throw new DataException($"{recording.Name} holds {count} series ({names}): choose one by --series NAME.");
    }

    /// <summary>A pack's recording as the mean of its cells sees it: voltage shared among those in series, current and charge among those in parallel.</summary>
    /// <param name="recording">What was measured; itself when it is of one cell.</param>
    /// <param name="series">Cells in series, 1 or more.</param>
    /// <param name="parallel">Cells in parallel, 1 or more.</param>
    public static Recording MeanCell(this Recording recording, int series, int parallel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(series, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        if (series == 1 && parallel == 1) return recording;
        return new()
        {
            Name = recording.Name,
            TimeS = recording.TimeS,
            CurrentA = Shared(recording.CurrentA, parallel)!,
            VoltageV = Shared(recording.VoltageV, series)!,
            TemperatureDegC = recording.TemperatureDegC,
            AmbientDegC = recording.AmbientDegC,
            ChargeAh = Shared(recording.ChargeAh, parallel),
            ReferenceSoc = recording.ReferenceSoc,
            Flags = recording.Flags,
            Extras = recording.Extras,
            Series = recording.Series,
            Findings = recording.Findings,
        };

        static double[]? Shared(double[]? values, int count) => values is null || count == 1 ? values : [.. values.Select(value => value / count)];
    }

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
