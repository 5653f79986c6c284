using AiBms.Numerics.Expressions;
using CsCheck;

namespace AiBms.Tests.Numerics.Expressions;

public class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2*3 - 4/8", 6.5)]
    [InlineData("-2**2", -4)]
    [InlineData("2**-1", 0.5)]
    [InlineData("2**3**2", 512)]
    [InlineData("2^3", 8)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("exp(0) + tanh(0) + sqrt(4) + log(1) + cosh(0)", 4)]
    [InlineData("1.5e-3 * 2E3", 3)]
    [InlineData("--3", 3)]
    [InlineData("max(1, min(5, 3))", 3)]
    public void FollowsPythonsArithmetic(string text, double expected) => Assert.Equal(expected, Expression.Parse(text).Value(), 1e-12);

    [Fact]
    public void TheDerivativeAgreesWithADifference()
    {
        var formula = Expression.Parse(
            "0.3*exp(-4*x) + tanh(3*(x - 0.4)) - x**1.7/(1 + x) + sqrt(x)*log(x) - sinh(x)*cos(x) + 2**x + sech2(2*x) + arctan(x)*sin(x) + log10(x)", "x");
        Gen.Double[0.05, 0.95].Sample(x =>
        {
            const double h = 1e-5;
            (double value, double slope) = formula.ValueAndSlope(0, x);
            Assert.Equal(formula.Value(x), value);
            Assert.Equal((formula.Value(x + h) - formula.Value(x - h)) / (2 * h), slope, 1e-6);
        });
    }

    [Theory]
    [InlineData("1 +", "too early")]
    [InlineData("2 * y", "unknown name 'y'")]
    [InlineData("exp 3", "expected '('")]
    [InlineData("1 2", "unexpected text")]
    [InlineData("__import__('os')", "unexpected")]
    [InlineData("1..2", "not a number")]
    public void ABrokenFormulaSaysWhere(string text, string part)
    {
        var problem = Assert.Throws<FormatException>(() => Expression.Parse(text, "x"));
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
        Assert.Contains("character", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessNestingIsRefused() =>
        Assert.Throws<FormatException>(() => Expression.Parse(new string('(', 100_000) + "1" + new string(')', 100_000)));
}
