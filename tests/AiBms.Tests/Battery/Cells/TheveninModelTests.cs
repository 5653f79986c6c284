using AiBms.Battery.Cells;

namespace AiBms.Tests.Battery.Cells;

public class TheveninModelTests
{
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

    /// <summary>The OCV of the made cell is 3 + 1.2·SOC: its inverse is known.</summary>
    [Theory]
    [InlineData(3.0, 0)]
    [InlineData(3.3, 0.25)]
    [InlineData(4.2, 1)]
    [InlineData(2.0, 0)]
    [InlineData(5.0, 1)]
    public void SocOfAnOcvIsFound(double voltageV, double soc) =>
        Assert.Equal(soc, TheveninModel.Of<double>(SyntheticCells.TwoPairs()).SocAtOcv(voltageV, 25), 1e-11);
}
