using AiBms.Telemetry;

namespace AiBms.Tests.Telemetry;

/// <summary>A message is one line that steers no terminal, whatever the file was called or held.</summary>
public class DataExceptionTests
{
    [Fact]
    public void ControlCharactersAreShownAsQuestionMarks()
    {
        Assert.Equal("column a?b?[31m is unknown, µΩ °C stay", new DataException("column a\nb\u001b[31m is unknown, µΩ °C stay").Message);
        Assert.Equal("x?", new DataException("x\r", new IOException()).Message);
    }

    [Fact]
    public void AColumnNameWithALineBreakStaysOneLine() =>
        Assert.DoesNotContain('\n', Assert.Throws<DataException>(() => TextFile.Open("\"a\nb\",c\n1,2\n")).Message);
}
