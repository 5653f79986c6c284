using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Gives an unsigned current the sign that the mode column states.</summary>
static class ModeSign
{
    /// <summary>Whether no current is negative although rows with a current discharge by their mode.</summary>
    public static bool IsUnsigned(WordColumn modes, ReadOnlySpan<double> current)
    {
        int?[] directions = [.. modes.Words.Select(ModeWords.Direction)];
        double low = 0, whileDischarging = 0;
        for (int row = 0; row < current.Length; row++)
        {
            if (!double.IsFinite(current[row]))
                continue;
            low = Math.Min(low, current[row]);
            if (directions[modes[row]] == -1)
                whileDischarging = Math.Max(whileDischarging, current[row]);
        }

        // A recorder's zero wanders by a thousandth of what it measures.
        return whileDischarging > 0 && low >= -1e-3 * whileDischarging && directions.Contains(1);
    }

    /// <summary>Makes discharge currents negative; rows whose mode says neither way keep a current of 0 and lose any other.</summary>
    /// <param name="modes">One word for each row.</param>
    /// <param name="current">A, without sign; changed in place.</param>
    /// <param name="flags">Rows whose current lost its meaning get <see cref="RowFlags.MissingValue"/>.</param>
    public static void Apply(WordColumn modes, Span<double> current, Span<RowFlags> flags)
    {
        int?[] directions = [.. modes.Words.Select(ModeWords.Direction)];
        for (int row = 0; row < current.Length; row++)
        {
            int? direction = directions[modes[row]];
            if (direction is 1 or -1)
            {
                current[row] = direction.Value * Math.Abs(current[row]);
            }
            else if (direction is null && current[row] != 0)
            {
                current[row] = double.NaN;
                flags[row] |= RowFlags.MissingValue;
            }
        }
    }
}
