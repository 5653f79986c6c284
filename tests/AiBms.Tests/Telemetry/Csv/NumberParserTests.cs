using System.Globalization;
using System.Text;
using AiBms.Telemetry.Csv;
using CsCheck;

namespace AiBms.Tests.Telemetry.Csv;

public class NumberParserTests
{
    static (bool Read, double Value, int At) Read(string text, char decimalMark = '.')
    {
        int at = 0;
        bool read = NumberParser.TryRead(Encoding.UTF8.GetBytes(text), ref at, (byte)decimalMark, out double value);
        return (read, value, at);
    }

    [Fact]
    public void EveryDoubleReadsBackAsItWasWritten() =>
        Gen.Double.Where(double.IsFinite).Sample(number =>
            BitConverter.DoubleToInt64Bits(Read(number.ToString("R", CultureInfo.InvariantCulture)).Value) == BitConverter.DoubleToInt64Bits(number));

    [Fact]
    public void EveryDecimalIsRoundedAsTheRuntimeRoundsIt() =>
        Gen.Select(Gen.Long, Gen.Int[0, 30], Gen.Int[-40, 40], (mantissa, point, exponent) =>
            {
                string digits = Math.Abs((decimal)mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(point + 1, '0');
                string text = (mantissa < 0 ? "-" : "") + digits[..^point] + (point > 0 ? "." + digits[^point..] : "");
                return exponent == 0 ? text : $"{text}e{exponent}";
            })
            .Sample(text => Read(text).Value == double.Parse(text, CultureInfo.InvariantCulture));

    [Theory]
    // The hard cases between two doubles of Paxson, "A Program for Testing IEEE Decimal-Binary Conversion" (1991), and the largest mantissas.
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992.5")]
    [InlineData("1448997445238699.0")]
    [InlineData("8511030020275656e-342")]
    [InlineData("5201988407066741e-824")]
    [InlineData("18446744073709551616")]
    [InlineData("0.000000000000000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("4.9406564584124654e-324")]
    public void HardCasesAreRoundedAsTheRuntimeRoundsThem(string text) =>
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), Read(text).Value);

    [Theory]
    [InlineData("3.5,", 3.5, 3)]
    [InlineData("-.5;", -0.5, 3)]
    [InlineData("+7", 7, 2)]
    [InlineData("1e5x", 1e5, 3)]
    [InlineData("12e", 12, 2)]
    [InlineData("4.41E-05,2", 4.41e-05, 8)]
    public void ANumberEndsWhereItEnds(string text, double expected, int behind) => Assert.Equal((true, expected, behind), Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("abc")]
    [InlineData(",5")]
    [InlineData("NaN")]
    public void WhatIsNoNumberIsNotRead(string text) => Assert.Equal((false, 0), (Read(text).Read, Read(text).At));

    [Fact]
    public void ADecimalCommaIsReadWhereItIsTheMark() => Assert.Equal((true, 3.85, 4), Read("3,85", ','));
}
