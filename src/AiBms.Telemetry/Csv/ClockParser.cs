namespace AiBms.Telemetry.Csv;

/// <summary>Reads elapsed times such as <c>69:39:56.682</c>, <c>2d 03:04:05.6</c>, <c>1-02:03:04</c> or <c>12:34</c>.</summary>
static class ClockParser
{
    /// <summary>Reads an elapsed time as seconds.</summary>
    /// <param name="field">The whole field, without blanks around it.</param>
    /// <param name="decimalMark">'.' or ','.</param>
    /// <param name="seconds">The time; NaN when the field holds none.</param>
    /// <returns>Whether the field is a time from end to end.</returns>
    public static bool TryRead(ReadOnlySpan<byte> field, byte decimalMark, out double seconds)
    {
        seconds = double.NaN;
        int at = 0;
        bool negative = field.Length > 0 && field[0] == (byte)'-';
        if (negative)
            at++;
        if (!NumberParser.TryRead(field, ref at, decimalMark, out double value) || value < 0)
            return false;
        double days = 0;
        if (at < field.Length && field[at] is (byte)'d' or (byte)'-' or (byte)' ')
        {
            days = value;
            at++;
            while (at < field.Length && field[at] == (byte)' ')
                at++;
            if (!NumberParser.TryRead(field, ref at, decimalMark, out value) || value < 0)
                return false;
        }

        double total = value;
        int parts = 1;
        while (at < field.Length && field[at] == (byte)':' && parts < 3)
        {
            at++;
            if (!NumberParser.TryRead(field, ref at, decimalMark, out value) || value is < 0 or >= 60.000_001)
                return false;
            total = total * 60 + value;
            parts++;
        }

        if (at != field.Length)
            return false;
        seconds = days * 86_400 + total;
        if (negative)
            seconds = -seconds;
        return true;
    }
}
