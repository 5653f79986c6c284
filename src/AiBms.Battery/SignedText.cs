using System.Globalization;

namespace AiBms.Battery;

/// <summary>Numbers written with their sign.</summary>
public static class SignedText
{
    /// <summary>The number with its sign; what rounds to zero is +0, whichever side it came from.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static string Of(double value, int decimals)
    {
        // A negative zero would be written as "-+0": adding zero takes its sign away.
        double rounded = Math.Round(value, decimals) + 0.0;
        return (rounded >= 0 ? "+" : "") + rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
