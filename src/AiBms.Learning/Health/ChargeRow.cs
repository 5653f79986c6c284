using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Health;

/// <summary>One charge of a recording as a row of features: windows of voltage, how it began, the discharge before it.</summary>
/// <param name="FirstRow">Row of the recording at which it begins.</param>
/// <param name="LastRow">Its last row.</param>
/// <param name="RowFeatures">Features, in the order of <see cref="Names"/>.</param>
public sealed record ChargeRow(int FirstRow, int LastRow, double[] RowFeatures)
{
    /// <summary>A discharge of so much of the rated capacity ends a charge, and a charge of so much begins one.</summary>
    const double EndsFraction = 0.01, BeginsFraction = 0.05;

    /// <summary>Names of the features, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ChargeWindows.Names, .. ChargeStart.Names, .. LastDischarge.Names];

    /// <summary>Windows of voltage alone.</summary>
    public static bool IsWindow(string name) => !name.StartsWith("start: ", StringComparison.Ordinal) && !name.StartsWith("last discharge: ", StringComparison.Ordinal);

    /// <summary>Windows and how the charge began.</summary>
    public static bool IsOfCharge(string name) => !name.StartsWith("last discharge: ", StringComparison.Ordinal);

    /// <summary>All but what the discharge before it gave in windows of voltage.</summary>
    public static bool IsWithoutDischargeWindow(string name) => !LastDischarge.IsWindow(name);

    /// <summary>Features of a charge.</summary>
    /// <param name="timeS">Time of each row, s, rising.</param>
    /// <param name="currentA">Current, A, positive while charging.</param>
    /// <param name="voltageV">Voltage of one cell, V.</param>
    /// <param name="temperatureDegC">Case temperature, °C; NaN where not known.</param>
    /// <param name="ratedAh">Rated capacity, Ah.</param>
    /// <param name="lastFeatures">Features of the discharge before it.</param>
    public static double[] Of(ReadOnlySpan<double> timeS, ReadOnlySpan<double> currentA, ReadOnlySpan<double> voltageV, ReadOnlySpan<double> temperatureDegC, double ratedAh, double[] lastFeatures) =>
        [.. ChargeWindows.Of(timeS, currentA, voltageV, temperatureDegC, ratedAh), .. ChargeStart.Of(timeS, currentA, voltageV, ratedAh), .. lastFeatures];

    /// <summary>Every charge of a recording, whole or partial.</summary>
    /// <param name="recording">What was measured; several series follow each other in time.</param>
    /// <param name="seriesCount">Cells in series behind the voltage.</param>
    /// <param name="ratedAh">Rated capacity of what was recorded, Ah.</param>
    public static IReadOnlyList<ChargeRow> Find(Recording recording, int seriesCount, double ratedAh)
    {
        double[] cellV = [.. recording.VoltageV.Select(v => v / seriesCount)];
        List<ChargeRow> found = [];
        double[] last = LastDischarge.UnknownFeatures;
        int start = 0, dischargeFrom = 0;
        double takenAh = 0, givenAh = 0;
        // Another series is another test: what was charging has ended.
        HashSet<int> begun = [.. recording.Series.Skip(1).Select(span => span.FirstRow)];
        for (int k = 1; k <= recording.RowCount; k++)
        {
            int next = begun.Contains(k) ? k : k - 1;
            bool ends = k == recording.RowCount || givenAh > EndsFraction * ratedAh || next == k;
            if (ends && takenAh > BeginsFraction * ratedAh)
            {
                // The discharge before it with its rest, up to where charging begins.
                int begins = start;
                while (begins < k - 1 && !(recording.CurrentA[begins] > 0.05 * ratedAh)) begins++;
                if (begins > dischargeFrom) last = LastDischarge.Of(Rising(recording.TimeS[dischargeFrom..begins]), recording.CurrentA.AsSpan(dischargeFrom..begins), cellV.AsSpan(dischargeFrom..begins), ratedAh);
                var rows = Math.Max(start, begins - 1)..k;
                found.Add(new(rows.Start.Value, k - 1, Of(Rising(recording.TimeS[rows]), recording.CurrentA[rows], cellV[rows], recording.TemperatureDegC[rows], ratedAh, last)));
                (dischargeFrom, start, takenAh) = (next, next, 0);
            }

            if (k == recording.RowCount) break;
            if (givenAh > EndsFraction * ratedAh && takenAh > 0) (start, takenAh) = (k - 1, 0);
            double stepS = recording.TimeS[k] - recording.TimeS[k - 1], currentA = recording.CurrentA[k];
            double chargeAh = stepS > 0 && double.IsFinite(currentA) ? currentA * stepS / 3600 : 0;
            if (chargeAh > 0) (takenAh, givenAh) = (takenAh + chargeAh, 0);
            else givenAh -= chargeAh;
        }

        return found;
    }

    // Series of one file each begin at zero: the clock goes on.
    static double[] Rising(double[] timeS)
    {
        double offsetS = 0;
        double[] rising = new double[timeS.Length];
        for (int k = 0; k < timeS.Length; k++)
        {
            if (k > 0 && timeS[k] < timeS[k - 1]) offsetS = rising[k - 1] - timeS[k] + 1;
            rising[k] = timeS[k] + offsetS;
        }

        return rising;
    }
}
