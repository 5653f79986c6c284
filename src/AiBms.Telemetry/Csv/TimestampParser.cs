using System.Buffers;

namespace AiBms.Telemetry.Csv;

/// <summary>Reads dates with a time of day: ISO 8601, 10/28/2018 1:48:59 AM, 28.10.2018 01:48:59,5, 28-Oct-18 1:48 PM.</summary>
static class TimestampParser
{
    static readonly SearchValues<byte> ZoneBytes = SearchValues.Create("0123456789:"u8);

    static ReadOnlySpan<byte> MonthNames => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>Reads a date with a time of day.</summary>
    /// <param name="field">The whole field.</param>
    /// <param name="dayFirst">Whether 3/4 is the 3rd of April; of no weight where the order is plain.</param>
    /// <param name="ticks">100 ns since the year 1, as written, time zone left off.</param>
    /// <returns>Whether the field holds a date from end to end.</returns>
    public static bool TryRead(ReadOnlySpan<byte> field, bool dayFirst, out long ticks)
    {
        ticks = 0;
        int at = 0;
        if (!TryReadDate(field, ref at, dayFirst, out int year, out int month, out int day))
            return false;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        long timeOfDay = 0;
        while (at < field.Length && field[at] is (byte)' ' or (byte)'T' or (byte)',')
            at++;
        if (at < field.Length && !TryReadTime(field, ref at, out timeOfDay))
            return false;
        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks + timeOfDay;
        return true;
    }

    /// <summary>Which of the first two numbers of a date is plainly the day: true the first, false the second, null unclear or no such date.</summary>
    public static bool? DayFirst(ReadOnlySpan<byte> field)
    {
        int at = 0;
        if (!TryReadInt(field, ref at, out int first) || first > 31 || at >= field.Length || field[at++] is not ((byte)'/' or (byte)'.' or (byte)'-'))
            return null;
        // A date with dots is written day first wherever dots are used.
        if (field[at - 1] == (byte)'.')
            return true;
        if (!TryReadInt(field, ref at, out int second))
            return null;
        return (first > 12, second > 12) switch { (true, false) => true, (false, true) => false, _ => null };
    }

    static bool TryReadDate(ReadOnlySpan<byte> field, ref int at, bool dayFirst, out int year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 0);
        if (!TryReadInt(field, ref at, out int first) || !TrySkipSeparator(field, ref at))
            return false;
        bool named = TryReadMonthName(field, ref at, out int second);
        if (!named && !TryReadInt(field, ref at, out second))
            return false;
        if (!TrySkipSeparator(field, ref at) || !TryReadInt(field, ref at, out int third))
            return false;
        if (first > 31)
            (year, month, day) = (first, second, third);
        else if (named || dayFirst)
            (day, month, year) = (first, second, third);
        else
            (month, day, year) = (first, second, third);
        if (year < 100)
            year += 2000;
        return true;
    }

    static bool TryReadTime(ReadOnlySpan<byte> field, ref int at, out long ticks)
    {
        ticks = 0;
        if (!TryReadInt(field, ref at, out int hour) || hour > 24)
            return false;
        long fraction = 0;
        int minute = 0, second = 0;
        if (at < field.Length && field[at] == (byte)':')
        {
            at++;
            if (!TryReadInt(field, ref at, out minute) || minute > 59)
                return false;
            if (at < field.Length && field[at] == (byte)':')
            {
                at++;
                if (!TryReadInt(field, ref at, out second) || second > 60)
                    return false;
                if (at < field.Length && field[at] is (byte)'.' or (byte)',' or (byte)':')
                    fraction = ReadFraction(field, ref at);
            }
        }

        while (at < field.Length && field[at] == (byte)' ')
            at++;
        if (at + 2 <= field.Length && (field[at + 1] | 0x20) == 'm' && (field[at] | 0x20) is 'a' or 'p')
        {
            if (hour is < 1 or > 12)
                return false;
            hour = hour % 12 + ((field[at] | 0x20) == 'p' ? 12 : 0);
            at += 2;
        }

        SkipZone(field, ref at);
        ticks = ((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond + fraction;
        return at == field.Length;
    }

    static long ReadFraction(ReadOnlySpan<byte> field, ref int at)
    {
        long fraction = 0, unit = TimeSpan.TicksPerSecond;
        for (at++; at < field.Length && (uint)(field[at] - '0') <= 9; at++)
        {
            unit /= 10;
            fraction += unit * (field[at] - '0');
        }

        return fraction;
    }

    static void SkipZone(ReadOnlySpan<byte> field, ref int at)
    {
        if (at < field.Length && field[at] == (byte)'Z')
            at++;
        else if (at < field.Length && field[at] is (byte)'+' or (byte)'-')
            at = field[(at + 1)..].IndexOfAnyExcept(ZoneBytes) < 0 ? field.Length : at;
    }

    static bool TrySkipSeparator(ReadOnlySpan<byte> field, ref int at) =>
        at < field.Length && field[at++] is (byte)'-' or (byte)'/' or (byte)'.' or (byte)' ';

    static bool TryReadMonthName(ReadOnlySpan<byte> field, ref int at, out int month)
    {
        month = 0;
        if (at + 3 > field.Length || (uint)((field[at] | 0x20) - 'a') > 25)
            return false;
        Span<byte> name = [(byte)(field[at] | 0x20), (byte)(field[at + 1] | 0x20), (byte)(field[at + 2] | 0x20)];
        int index = MonthNames.IndexOf(name);
        if (index < 0 || index % 3 != 0)
            return false;
        month = index / 3 + 1;
        at += 3;
        while (at < field.Length && (uint)((field[at] | 0x20) - 'a') <= 25)
            at++;
        return true;
    }

    static bool TryReadInt(ReadOnlySpan<byte> field, ref int at, out int value)
    {
        int start = at;
        value = 0;
        while (at < field.Length && (uint)(field[at] - '0') <= 9 && at - start < 9)
            value = value * 10 + (field[at++] - '0');
        return at > start;
    }
}
