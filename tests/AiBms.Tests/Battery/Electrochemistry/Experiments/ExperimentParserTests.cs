using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Tests.Battery.Electrochemistry.Experiments;

public class ExperimentParserTests
{
    static readonly ExperimentParser Parser = new(5, name => name == "US06" ? new([0.0, -1, -2]) : null);

    [Theory]
    [InlineData("Discharge at 1C until 2.5 V", StepMode.Current, -5.0)]
    [InlineData("Discharge at C/20 for 5 hours or until 2.5 V", StepMode.Current, -0.25)]
    [InlineData("charge at 0.5 C until 4.2V", StepMode.Current, 2.5)]
    [InlineData("Charge at 1200 mA for 30 minutes", StepMode.Current, 1.2)]
    [InlineData("Hold at 4.2 V until C/50", StepMode.Voltage, 4.2)]
    [InlineData("Rest for 1 hour", StepMode.Current, 0.0)]
    [InlineData("Discharge at 10 W for 600 s", StepMode.Power, -10.0)]
    [InlineData("Discharge at 0.7 ohm until 3 V", StepMode.Resistance, 0.7)]
    [InlineData("Drive cycle US06", StepMode.Drive, 0.0)]
    public void ReadsTheWordsOfCyclers(string text, StepMode mode, double value)
    {
        var step = Assert.Single(Parser.Parse(text));
        Assert.Equal(mode, step.Mode);
        Assert.Equal(value, step.HeldNumber, 1e-12);
    }

    [Fact]
    public void ReadsEndsTimesTemperaturesAndPeriods()
    {
        var step = Assert.Single(Parser.Parse("Discharge at 2C for 1.5 hours until 2.5 V or 45 degC at 10 degC every 30 seconds"));
        Assert.Equal(5400, step.DurationS);
        Assert.Equal(2.5, step.UntilV);
        Assert.Equal(318.15, step.UntilTemperatureK, 1e-12);
        Assert.Equal(283.15, step.AmbientTemperatureK, 1e-12);
        Assert.Equal(30, step.PeriodS);
        Assert.Equal(300, Assert.Single(Parser.Parse("Rest for 1 hour (5 minute period)")).PeriodS);
        var charge = Assert.Single(Parser.Parse("Charge at 2C until 80 % SOC or 10 mV margin or 4.2 V"));
        Assert.Equal(0.8, charge.UntilSoc, 1e-12);
        Assert.Equal(0.01, charge.UntilMarginV, 1e-12);
        Assert.Equal(4.2, charge.UntilV);
        Assert.Equal(0.1, Assert.Single(Parser.Parse("Hold at 4.2 V until C/50")).UntilA, 1e-12);
    }

    [Fact]
    public void RepeatsNest()
    {
        var steps = Parser.Parse("Rest for 1 s\nrepeat 3 { Charge at 1C for 10 s; repeat 2 { Rest for 1 s } }; Drive cycle US06 for 2 repeats");
        Assert.Equal(1 + 3 * (1 + 2) + 2, steps.Count);
    }

    [Theory]
    [InlineData("Rest for 1 hour; Discharge gently at 1C until 2.5 V", "step 2", "gently")]
    [InlineData("Discharge at 1C", "step 1", "nothing ends it")]
    [InlineData("Hold at 1C until 4 V", "step 1", "held in V")]
    [InlineData("Charge at 4.2 V until C/50", "step 1", "only 'Hold'")]
    [InlineData("Charge at -1 A for 1 s", "step 1", "-1")]
    [InlineData("Charge at 1C until 120 % SOC", "step 1", "0 and 100 %")]
    [InlineData("Charge at 1C until 3 bananas", "step 1", "3 bananas")]
    [InlineData("Drive cycle XYZ", "step 1", "XYZ")]
    [InlineData("repeat 3 { Rest for 1 s", "lacks", "}")]
    [InlineData("Rest for 1 s }", "too many", "}")]
    [InlineData("repeat 999999 { repeat 999999 { Rest for 1 s } }", "more than", "steps")]
    [InlineData("", "no step", "experiment")]
    public void AnErrorNamesTheStepAndTheWord(string text, string first, string second)
    {
        string message = Assert.Throws<FormatException>(() => Parser.Parse(text)).Message;
        Assert.Contains(first, message, StringComparison.Ordinal);
        Assert.Contains(second, message, StringComparison.Ordinal);
    }
}
