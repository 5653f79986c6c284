using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Makes one net counter, 0 at the start of each series, of what recorders count.</summary>
static class ChargeCounter
{
    /// <summary>Net charge, Ah, in the sign of the file's own current; null when the file has no counter.</summary>
    public static double[]? Read(Layout layout, RawTable raw, IReadOnlyList<SeriesSpan> series)
    {
        double[]? net = Values(layout, raw, Role.Charge);
        double[]? chargeIn = Values(layout, raw, Role.ChargeIn), chargeOut = Values(layout, raw, Role.ChargeOut);
        foreach (SeriesSpan span in series)
        {
            Range rows = span.FirstRow..(span.FirstRow + span.RowCount);
            if (net is not null)
            {
                RecordingAssembler.SubtractFirst(net.AsSpan(rows));
            }
            else if (chargeIn is not null && chargeOut is not null)
            {
                Accumulate(chargeIn.AsSpan(rows));
                Accumulate(chargeOut.AsSpan(rows));
            }
        }

        if (net is not null)
            return net;
        if (chargeIn is null || chargeOut is null)
            return null;
        for (int i = 0; i < chargeIn.Length; i++)
            chargeIn[i] -= chargeOut[i];
        return chargeIn;
    }

    /// <summary>Makes a counter that falls back to about 0 at each step or cycle go on rising, from 0.</summary>
    static void Accumulate(Span<double> counter)
    {
        double last = double.NaN, total = 0;
        foreach (ref double value in counter)
        {
            if (!double.IsFinite(value))
                continue;
            double read = value;
            if (double.IsFinite(last))
                total += read >= last ? read - last : read;
            last = read;
            value = total;
        }
    }

    static double[]? Values(Layout layout, RawTable raw, Role role)
    {
        for (int i = 0; i < layout.Columns.Count; i++)
        {
            if (layout.Columns[i].Role != role)
                continue;
            double[] values = raw.Numbers[i]!;
            if (layout.Columns[i].Scale != 1)
            {
                for (int row = 0; row < values.Length; row++)
                    values[row] *= layout.Columns[i].Scale;
            }

            return values;
        }

        return null;
    }
}
