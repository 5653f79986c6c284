using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Decides what a positive current means in a file, or asks.</summary>
static class SignJudge
{
    /// <summary>The sign, and why.</summary>
    /// <param name="layout">What the dialect says.</param>
    /// <param name="evidence">What the values say.</param>
    /// <param name="modes">The mode column, null when there is none.</param>
    /// <param name="current">A, in the file's sign.</param>
    /// <param name="options">What the user says; it wins.</param>
    /// <param name="path">For the sentence.</param>
    /// <exception cref="DataException">Nothing decides, or dialect and values contradict each other.</exception>
    public static (CurrentSign Sign, IReadOnlyList<string> Why) Decide(
        Layout layout, SignEvidence evidence, WordColumn? modes, ReadOnlySpan<double> current, RecordingOptions options, string path)
    {
        List<string> why = [];
        int modeVotes = modes is null ? 0 : CountModes(modes, current, why);
        why.AddRange(evidence.Sentences);
        if (options.CurrentSign is { } said)
        {
            why.Insert(0, "said by option");
            return (said, why);
        }

        int votes = evidence.Votes + Math.Sign(modeVotes) * 3;
        CurrentSign? declared = layout.Sign switch
        {
            SignRule.Charge => CurrentSign.Charge,
            SignRule.Discharge => CurrentSign.Discharge,
            _ => null,
        };
        if (declared is { } sign)
        {
            bool contradicted = sign == CurrentSign.Charge ? votes <= -2 : votes >= 2;
            if (contradicted)
            {
                throw new DataException(
                    $"{path}: the dialect {layout.Dialect} says a positive current {Verb(sign)}, but {string.Join("; ", why)}; say --current-sign charge or discharge.");
            }

            why.Insert(0, $"the dialect says that a positive current {Verb(sign)}");
            return (sign, why);
        }

        if (votes != 0)
            return (votes > 0 ? CurrentSign.Charge : CurrentSign.Discharge, why);
        throw new DataException(
            $"{path}: whether a positive current charges or discharges cannot be told (the dialect {layout.Dialect} does not say, and neither does the voltage); say --current-sign charge or discharge.");
    }

    /// <summary>Rows in which mode word and current agree that positive charges, less those that say the opposite.</summary>
    static int CountModes(WordColumn modes, ReadOnlySpan<double> current, List<string> why)
    {
        int?[] directions = [.. modes.Words.Select(ModeWords.Direction)];
        int with = 0, against = 0;
        for (int row = 0; row < current.Length; row++)
        {
            if (directions[modes[row]] is not { } direction || !double.IsFinite(current[row]))
                continue;
            double product = direction * current[row];
            with += product > 0 ? 1 : 0;
            against += product < 0 ? 1 : 0;
        }

        if (with + against == 0)
            return 0;
        bool charge = with > against;
        why.Add($"the mode column agrees in {Math.Max(with, against)} of {with + against} rows that a positive current {Verb(charge ? CurrentSign.Charge : CurrentSign.Discharge)}");
        return Math.Max(with, against) >= 0.9 * (with + against) ? with - against : 0;
    }

    static string Verb(CurrentSign sign) => sign == CurrentSign.Charge ? "charges" : "discharges";
}
