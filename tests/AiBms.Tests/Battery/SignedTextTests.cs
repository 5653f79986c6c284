using AiBms.Battery;

namespace AiBms.Tests.Battery;

public class SignedTextTests
{
    [Theory]
    [InlineData(-0.3, 0, "+0")]
    [InlineData(0.3, 0, "+0")]
    [InlineData(-0.0, 1, "+0.0")]
    [InlineData(-0.6, 0, "-1")]
    [InlineData(12.346, 2, "+12.35")]
    [InlineData(-0.004, 2, "+0.00")]
    [InlineData(double.NaN, 2, "NaN")]
    public void TheSignIsThatOfWhatIsShown(double value, int decimals, string text) => Assert.Equal(text, SignedText.Of(value, decimals));
}
