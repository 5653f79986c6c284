using System.Globalization;

namespace AiBms.Telemetry.Readings;

/// <summary>What the values of a file say about the sign of its current: a current that charges raises the voltage.</summary>
/// <remarks>
/// Two laws of every cell decide. A step of current moves the voltage at once in the direction of charging (the ohmic
/// resistance is positive), and the voltage rises while a charging current flows. Noise and slow drift make neither exact, so
/// a clear majority is asked for and a tie is no evidence.
/// </remarks>
sealed class SignEvidence
{
    /// <summary>Smaller steps drown in what the chemistry is still doing from before.</summary>
    const double StepOfLargestCurrent = 0.1;

    const double ClearShare = 0.75, LongestStepS = 120;

    /// <summary>One or two steps count when the voltage answers by more than noise could, V; a trend counts over this many rows.</summary>
    const double PlainAnswerV = 0.01;
    const int FewSteps = 3, FewRows = 10;

    readonly List<string> _sentences = [];

    /// <summary>Positive for charge, negative for discharge, in steps of how many laws say so; 0 without evidence.</summary>
    public int Votes { get; private set; }

    /// <summary>One sentence for each law that spoke.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Looks at a recording in the file's own sign.</summary>
    /// <param name="timeS">Seconds, one for each row.</param>
    /// <param name="current">A, in the file's sign.</param>
    /// <param name="voltageV">V.</param>
    /// <param name="flags">Rows with a flag other than the start of a series are left out.</param>
    public static SignEvidence Of(ReadOnlySpan<double> timeS, ReadOnlySpan<double> current, ReadOnlySpan<double> voltageV, ReadOnlySpan<RowFlags> flags)
    {
        var evidence = new SignEvidence();
        double largest = 0;
        for (int i = 0; i < current.Length; i++)
        {
            if (double.IsFinite(current[i]) && flags[i] is RowFlags.None or RowFlags.SeriesStart)
                largest = Math.Max(largest, Math.Abs(current[i]));
        }

        if (largest > 0)
        {
            evidence.LookAtSteps(timeS, current, voltageV, flags, largest * StepOfLargestCurrent);
            evidence.LookAtTrend(timeS, current, voltageV, flags, largest * StepOfLargestCurrent);
        }

        return evidence;
    }

    void LookAtSteps(ReadOnlySpan<double> timeS, ReadOnlySpan<double> current, ReadOnlySpan<double> voltageV, ReadOnlySpan<RowFlags> flags, double smallest)
    {
        int with = 0, against = 0;
        double product = 0, square = 0, answerV = 0;
        for (int i = 1; i < current.Length; i++)
        {
            double di = current[i] - current[i - 1], dv = voltageV[i] - voltageV[i - 1];
            if (!(Math.Abs(di) >= smallest) || !double.IsFinite(dv) || !Follows(timeS, flags, i))
                continue;
            with += di * dv > 0 ? 1 : 0;
            against += di * dv < 0 ? 1 : 0;
            product += di * dv;
            square += di * di;
            answerV = Math.Max(answerV, Math.Abs(dv));
        }

        int counted = with + against;
        if (counted == 0 || (counted < FewSteps && answerV < PlainAnswerV))
            return;
        bool charge = with >= ClearShare * counted && product > 0, discharge = against >= ClearShare * counted && product < 0;
        if (!charge && !discharge)
            return;
        // A single law of a driven cell outweighs the trend: many steps cannot all be chance.
        Votes += (charge ? 1 : -1) * (counted >= 20 ? 2 : 1);
        _sentences.Add(string.Create(CultureInfo.InvariantCulture,
            $"in {(charge ? with : against)} of {counted} steps of at least {smallest:G2} A the voltage {(charge ? "rose with" : "fell against")} the current, {Math.Abs(1000 * product / square):G3} mV a A"));
    }

    void LookAtTrend(ReadOnlySpan<double> timeS, ReadOnlySpan<double> current, ReadOnlySpan<double> voltageV, ReadOnlySpan<RowFlags> flags, double smallest)
    {
        double rise = 0, movement = 0;
        int rows = 0;
        for (int i = 1; i < current.Length; i++)
        {
            double dv = voltageV[i] - voltageV[i - 1];
            // Only where the current holds steady: the answer to a step is the other law's.
            if (!(Math.Abs(current[i]) >= smallest) || !(Math.Abs(current[i] - current[i - 1]) < smallest) || !double.IsFinite(dv) || !Follows(timeS, flags, i))
                continue;
            rise += Math.Sign(current[i]) * dv;
            movement += Math.Abs(dv);
            rows++;
        }

        if (rows < FewRows || movement == 0 || Math.Abs(rise) < 0.02 || Math.Abs(rise) < 0.2 * movement)
            return;
        Votes += rise > 0 ? 1 : -1;
        _sentences.Add(string.Create(CultureInfo.InvariantCulture,
            $"under steady current the voltage moved {Math.Abs(rise):G3} V in all, {(rise > 0 ? "up while the current was positive, down while it was negative" : "down while the current was positive, up while it was negative")}"));
    }

    static bool Follows(ReadOnlySpan<double> timeS, ReadOnlySpan<RowFlags> flags, int row) =>
        flags[row] == RowFlags.None && flags[row - 1] is RowFlags.None or RowFlags.SeriesStart && timeS[row] - timeS[row - 1] is > 0 and <= LongestStepS;
}
