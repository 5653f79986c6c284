using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Protection;
using AiBms.Server.Fleet;
using AiBms.Telemetry.Frames;

namespace AiBms.Tests.Server;

/// <summary>Figures of a page: never a blank, never a number that is worth nothing.</summary>
public class PackFiguresTests
{
    static readonly PackCard s_card = new() { SeriesCount = 4, CapacityAh = 100, HotLimitDegC = 50, Layout = "x" };

    [Fact]
    public void WhatIsNotKnownSaysUntilWhen()
    {
        var figures = Figures(new() { Soc = 0.7, SocDeviation = 0.29, ValidityCode = 2 }, new());
        Assert.StartsWith("unknown until", figures["State of charge"].Value, StringComparison.Ordinal);
        Assert.Contains("70.0 % ± 58.0 %", figures["State of charge"].Note, StringComparison.Ordinal);
        foreach (string name in (ReadOnlySpan<string>)["Usable energy", "Imbalance", "Health (SOH)", "Hot spot", "Cells"]) Assert.StartsWith("unknown until", figures[name].Value, StringComparison.Ordinal);
        Assert.All(figures.Values, f => Assert.DoesNotContain("NaN", f.Value + f.Note, StringComparison.Ordinal));
    }

    [Fact]
    public void TheMakersSocStandsBesideOurs() => Assert.EndsWith("the maker's system says 68.5 %", Figures(new() { Soc = 0.7, SocDeviation = 0.01, ValidityCode = 1, VendorSoc = 0.685 }, new())["State of charge"].Note, StringComparison.Ordinal);

    /// <summary>Half of 100 Ah at 25 A: two hours.</summary>
    [Fact]
    public void TimeToFullIsShownWhileCharging() => Assert.Contains("full in 2.0 h if charging goes on so", Figures(new() { Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1, CurrentA = 25 }, new() { EnergyValues = [1000, 10, 500, 7200, 0, 7200] })["Usable energy"].Note, StringComparison.Ordinal);

    /// <summary>What the cells could do is no promise while the protection lets nothing through, and a tap that lies widens no spread.</summary>
    [Fact]
    public void PowerIsWhatTheProtectionLetsThroughAndALyingTapIsLeftOut()
    {
        PackFrame frame = new() { Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1, VoltageV = 400, ChargeLimitValues = [0, 3, 21, -3.4, 0, 0], DischargeLimitValues = [100, 0, 0, 25, 480, 0], CellVoltageV = [3.70, 3.72, 4.36, 3.71], NotGood = [2, 0, 3] };
        var figures = Figures(frame, new() { EnergyValues = [1000, 10, 500, 7200, 0], ChargePowerW = [9e4, 8e4, 7e4, 6e4], DischargePowerW = [9e4, 8e4, 7e4, 6e4] });
        Assert.Equal("0.0 / 40.0 kW", figures["Power for 10 s"].Value);
        Assert.Contains("the cells alone 80.0 / 80.0 kW", figures["Power for 10 s"].Note, StringComparison.Ordinal);
        Assert.Equal("3.700 – 3.720 V", figures["Cells"].Value);
        Assert.Contains("spread 20 mV", figures["Cells"].Note, StringComparison.Ordinal);
        Assert.Contains("once the protection lets it out", Figures(new() { Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1, DischargeLimitValues = [0, 0, 0, 0, 0, 0] }, new() { EnergyValues = [1000, 10, 500, 7200, 0] })["Usable energy"].Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.32, "below 0.64 Ah", "not told apart from none")]
    [InlineData(2, 0.32, "2.00 Ah", "weakest cell 3")]
    public void AnImbalanceWithinItsBandIsNoImbalance(double lossAh, double deviationAh, string says, string note)
    {
        var figure = Figures(new() { Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1 }, new() { ImbalanceValues = [lossAh, deviationAh, 0, 7, 2, 1] })["Imbalance"];
        Assert.Equal(says, figure.Value);
        Assert.Contains(note, figure.Note, StringComparison.Ordinal);
    }

    /// <summary>What a pack told is its state only as long as it tells.</summary>
    [Theory]
    [InlineData(9, PackFlags.None, "On line", false)]
    [InlineData(11, PackFlags.None, "Silent, was: On line", true)]
    [InlineData(1, PackFlags.Ended, "Recording ended, was: On line", false)]
    public void APackThatTellsNothingIsNotOnLine(double ageS, PackFlags flags, string says, bool isSilent)
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        FleetPack pack = new("car") { Frame = new() { ProtectionCode = (int)ProtectionState.Closed, Flags = flags }, ReceivedAt = now.AddSeconds(-ageS) };
        Assert.Equal((says, isSilent), (Words.State(pack, now), Words.IsSilent(pack, now)));
        Assert.Equal(("No data yet", true), (Words.State(new("new"), now), Words.IsSilent(new("new"), now)));
    }

    /// <summary>A limit that a fault sets says which, where, how much and against what.</summary>
    [Fact]
    public void ALimitOfAFaultIsItsSentence() =>
        Assert.Equal("fault: Cell 48 is overcharged: 4.331 V, safety limit 4.25 V; the contactors open.", Words.LimitReason([0, (int)LimitName.Fault, 47, 4.331, 4.25, (int)FaultCode.CellVoltageHighSafety]));

    /// <summary>A zero that was rounded from below is no negative number.</summary>
    [Theory]
    [InlineData(-0.04, "0.0 kW"), InlineData(-0.0, "0.0 kW"), InlineData(-0.06, "-0.1 kW")]
    public void AZeroHasNoSign(double value, string says) => Assert.Equal(says, Words.Number(value, "0.0", "kW"));

    /// <summary>A limit says its cell or probe, and its numbers have units.</summary>
    [Theory]
    [InlineData(LimitName.ChargeTemperatureLow, "charge temperature low at probe 22: -3.4 °C against 0 °C")]
    [InlineData(LimitName.CellVoltageHigh, "cell voltage high at cell 22: -3.4 V against 0 V")]
    public void ALimitSaysItsPlaceAndUnits(LimitName name, string says) => Assert.Equal(says, Words.LimitReason([0, (int)name, 21, -3.4, 0, 0]));

    /// <summary>48 °C in one minute, 53 °C in five: 50 °C by a straight line at 1 + 4 · 2/5 = 2.6 min.</summary>
    [Fact]
    public void TheForecastSaysWhenTheLimitIsReached()
    {
        PackFrame frame = new() { HotSpotDegC = 47, HotSpotCell = 2 };
        Assert.Equal("limit 50 °C reached in 2.6 min", PackFigures.Forecast(frame, new() { ForecastDegC = [47.2, 48, 53, 56] }, s_card));
        Assert.Equal("in 10 min 49.0 °C, limit 50 °C not reached", PackFigures.Forecast(frame, new() { ForecastDegC = [47, 48, 48, 49] }, s_card));
        Assert.Equal("in 10 min 49.0 °C; its limit was not told", PackFigures.Forecast(frame, new() { ForecastDegC = [47, 48, 48, 49] }, new() { SeriesCount = 4 }));
        Assert.StartsWith("forecast unknown until", PackFigures.Forecast(frame, new(), s_card), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, 0.2, 1, "hardly anything flows")]
    [InlineData(0.4, 8, 0.5, "look for a leak")]
    [InlineData(0.4, 8, 1, "")]
    public void OddCoolingGivesAHint(double pump, double flowLPerMin, double level, string hint)
    {
        string note = Figures(new() { PumpFraction = pump, FlowLPerMin = flowLPerMin, LevelFraction = level, InletDegC = 20, OutletDegC = 22, ChillerFraction = 0.1 }, new())["Cooling"].Note;
        Assert.Contains(hint, note, StringComparison.Ordinal);
        Assert.Equal(hint.Length > 0, note.Contains("Hint", StringComparison.Ordinal));
    }

    static Dictionary<string, FigureText> Figures(PackFrame frame, PackEstimates estimates) =>
        PackFigures.Of(new FleetPack("car") { Card = s_card, Frame = frame, Estimates = estimates }).ToDictionary(f => f.Label, StringComparer.Ordinal);
}
