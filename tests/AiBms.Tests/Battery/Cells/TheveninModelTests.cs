using AiBms.Battery.Cells;

namespace AiBms.Tests.Battery.Cells;

public class TheveninModelTests
{
    /// <summary>Zero-order hold is exact: two half steps are one whole step while the parameters stand still (25 °C, flat tables).</summary>
    [Fact]
    public void TwoHalfStepsEqualOneWholeStep()
    {
        var model = new TheveninModel(SyntheticCells.TwoPairs(kneeA: 2, hysteresisV: 0.01));
        double[] whole = new double[model.StateCount], halves = new double[model.StateCount];
        model.Rest(whole, 0.6);
        model.Rest(halves, 0.6);
        model.Step(whole, -3, 25, 60);
        model.Step(halves, -3, 25, 30);
        model.Step(halves, -3, 25, 30);
        for (int k = 0; k < whole.Length; k++) Assert.Equal(whole[k], halves[k], 1e-12);
    }

    /// <summary>A 2 A discharge for 100 s at 25 °C from SOC 0.6, by hand: OCV(0.6 − 1/36) − 2·(0.02 + 0.01·(1−e⁻²⁰) + 0.02·(1−e⁻¹)).</summary>
    [Fact]
    public void VoltageOfAConstantCurrentIsTheSumOfItsParts()
    {
        var model = new TheveninModel(SyntheticCells.TwoPairs());
        var state = new double[model.StateCount];
        model.Rest(state, 0.6);
        for (int k = 0; k < 100; k++) model.Step(state, -2, 25, 1);
        double ocv = 3 + 1.2 * (0.6 - 200.0 / 7200);
        double drop = 2 * (0.02 + 0.01 * (1 - Math.Exp(-20)) + 0.02 * (1 - Math.Exp(-1)));
        Assert.Equal(ocv - drop, model.VoltageV(state, -2, 25), 1e-12);
    }

    [Fact]
    public void TheKneeSettlesAtTheAsinhOfTheCurrent()
    {
        var model = new TheveninModel(SyntheticCells.TwoPairs(kneeA: 2));
        var state = new double[model.StateCount];
        model.Rest(state, 0.5);
        model.Step(state, -8, 25, 1e4);
        Assert.Equal(-0.01 * 2 * Math.Asinh(4), state[1], 1e-12);
    }

    [Fact]
    public void AFileSurvivesWritingAndReading()
    {
        var cell = SyntheticCells.TwoPairs(kneeA: 2, hysteresisV: 0.01);
        string text = CellFile.Format(cell);
        var back = CellFile.Parse(System.Text.Encoding.UTF8.GetBytes(text), "test");
        Assert.Equal(text, CellFile.Format(back));
    }

    [Theory]
    [InlineData("{}", "capacityAh")]
    [InlineData("{\"id\":\"x\",\"capacityAh\":-1,\"source\":{\"data\":\"\",\"licence\":\"\",\"command\":\"\"}}", "capacityAh must be positive")]
    [InlineData("{\"id\":\"x\",\"capacityAh\":1,\"colour\":1,\"source\":{\"data\":\"\",\"licence\":\"\",\"command\":\"\"}}", "colour")]
    public void ABrokenFileSaysWhatIsWrong(string json, string named)
    {
        var problem = Assert.Throws<CellException>(() => CellFile.Parse(System.Text.Encoding.UTF8.GetBytes(json), "test"));
        Assert.Contains(named, problem.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void OcvThatFallsIsRefused()
    {
        var cell = SyntheticCells.TwoPairs();
        Assert.Contains("rise", (cell.Circuit! with { OcvV = [3, 2.9, 4] }).Fault(), StringComparison.Ordinal);
    }
}
