using System.Globalization;
using System.Runtime.CompilerServices;

namespace AiBms.Telemetry.Csv;

/// <summary>Reads decimal numbers from bytes, correctly rounded.</summary>
/// <remarks>
/// A mantissa below 2⁵³ and a power of ten up to 22 are both exact doubles, so one multiplication or division rounds once and
/// is right (W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990, doi 10.1145/93542.93557, section 1).
/// Everything else goes to the runtime's own parser.
/// </remarks>
static class NumberParser
{
    const ulong ExactMantissa = 1UL << 53;
    const int MaxDigits = 19, MaxSlowLength = 400;

    static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads the number at <paramref name="at"/> and moves behind it.</summary>
    /// <param name="text">The bytes of a row.</param>
    /// <param name="at">Where the number begins; behind it when one was read, unmoved otherwise.</param>
    /// <param name="decimalMark">'.' or ','.</param>
    /// <param name="value">The number; NaN when there is none.</param>
    /// <returns>Whether a number stood there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> text, ref int at, byte decimalMark, out double value)
    {
        int start = at, i = at;
        bool negative = false;
        if (i < text.Length && (text[i] is (byte)'-' or (byte)'+'))
            negative = text[i++] == (byte)'-';

        ulong mantissa = 0;
        int firstDigit = i;
        while (i < text.Length && (uint)(text[i] - '0') <= 9)
            mantissa = mantissa * 10 + (uint)(text[i++] - '0');
        int digits = i - firstDigit, decimals = 0;
        if (i < text.Length && text[i] == decimalMark)
        {
            int firstDecimal = ++i;
            while (i < text.Length && (uint)(text[i] - '0') <= 9)
                mantissa = mantissa * 10 + (uint)(text[i++] - '0');
            decimals = i - firstDecimal;
            digits += decimals;
        }

        if (digits == 0)
        {
            value = double.NaN;
            return false;
        }

        int exponent = -decimals;
        if (i < text.Length && (text[i] | 0x20) == 'e')
            exponent += ReadExponent(text, ref i);
        at = i;
        if (digits <= MaxDigits && mantissa <= ExactMantissa && (uint)(exponent + 22) <= 44)
        {
            double exact = exponent < 0 ? mantissa / PowersOfTen[-exponent] : mantissa * PowersOfTen[exponent];
            value = negative ? -exact : exact;
            return true;
        }

        return TryReadSlowly(text[start..i], decimalMark, out value);
    }

    /// <summary>Reads an exponent if a whole one stands there; its digits are clamped, far beyond what a double can hold.</summary>
    static int ReadExponent(ReadOnlySpan<byte> text, ref int at)
    {
        int i = at + 1;
        bool negative = false;
        if (i < text.Length && (text[i] is (byte)'-' or (byte)'+'))
            negative = text[i++] == (byte)'-';
        int firstDigit = i, exponent = 0;
        while (i < text.Length && (uint)(text[i] - '0') <= 9)
            exponent = Math.Min(exponent * 10 + (text[i++] - '0'), 100_000);
        if (i == firstDigit)
            return 0;
        at = i;
        return negative ? -exponent : exponent;
    }

    static bool TryReadSlowly(ReadOnlySpan<byte> number, byte decimalMark, out double value)
    {
        if (number.Length > MaxSlowLength)
        {
            value = double.NaN;
            return false;
        }

        Span<byte> plain = stackalloc byte[number.Length];
        number.CopyTo(plain);
        plain.Replace(decimalMark, (byte)'.');
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
