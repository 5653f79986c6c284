using AiBms.Battery.Estimation;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>Cuts recordings.</summary>
public static class RecordingRows
{
    /// <summary>The recording from a row on, its time restarted at zero; the charge counter keeps its values.</summary>
    public static Recording From(Recording recording, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, recording.RowCount);
        if (row == 0) return recording;
        double zeroS = recording.TimeS[row];
        return new()
        {
            Name = recording.Name,
            TimeS = [.. recording.TimeS.Skip(row).Select(timeS => timeS - zeroS)],
            CurrentA = recording.CurrentA[row..],
            VoltageV = recording.VoltageV[row..],
            TemperatureDegC = recording.TemperatureDegC[row..],
            ChargeAh = recording.ChargeAh?[row..],
            AmbientDegC = recording.AmbientDegC?[row..],
            Flags = recording.Flags[row..],
        };
    }

    /// <summary>The first rows of a recording.</summary>
    public static Recording Before(Recording recording, int row) => new()
    {
        Name = recording.Name,
        TimeS = recording.TimeS[..row],
        CurrentA = recording.CurrentA[..row],
        VoltageV = recording.VoltageV[..row],
        TemperatureDegC = recording.TemperatureDegC[..row],
        ChargeAh = recording.ChargeAh?[..row],
        AmbientDegC = recording.AmbientDegC?[..row],
        Flags = recording.Flags[..row],
    };

    /// <summary>A row as an estimator sees it: current and voltage that cannot be used are NaN, as when a file is inferred.</summary>
    public static CellSample Sample(Recording recording, int row)
    {
        const RowFlags Unusable = RowFlags.TimeBackwards | RowFlags.DuplicateTime | RowFlags.Malformed | RowFlags.ImpossibleValue;
        bool isUsable = (recording.Flags[row] & Unusable) == RowFlags.None;
        return new(recording.TimeS[row], isUsable ? recording.CurrentA[row] : double.NaN, isUsable ? recording.VoltageV[row] : double.NaN, recording.TemperatureDegC[row]);
    }

    /// <summary>Measured temperature of the surroundings, °C; null where there is none, or where the column holds nothing but zeros, as chambers that were not connected are exported.</summary>
    public static double[]? Ambient(Recording recording) => recording.AmbientDegC is { } ambientDegC && ambientDegC.AsSpan().ContainsAnyExcept(0) ? ambientDegC : null;

    /// <summary>What a recording measures of a coolant, a column for each of the signals told; all NaN for one that it does not have.</summary>
    public static double[][] Coolant(Recording recording, IEnumerable<string> signals) =>
        [.. signals.Select(signal => recording.Extras.FirstOrDefault(extra => extra.Name == signal)?.Values ?? [.. Enumerable.Repeat(double.NaN, recording.RowCount)])];

    /// <summary>First row from which the recording runs at its drive rate: leading rows further apart are a rest before it.</summary>
    public static int FirstRowWithStepWithin(Recording recording, double longestStepS)
    {
        int row = 0;
        while (row + 1 < recording.RowCount && recording.TimeS[row + 1] - recording.TimeS[row] > longestStepS) row++;
        return row;
    }
}
