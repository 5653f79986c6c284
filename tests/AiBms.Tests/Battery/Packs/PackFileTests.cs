using System.Text;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Packs;

public class PackFileTests
{
    static readonly PackCatalogue s_packs = new(Repo.At("packs"));

    public static TheoryData<string> Ids => [.. s_packs.All().Select(p => p.Id)];

    [Fact]
    public void ThreePacksAreShipped() =>
        Assert.Equal([(96, 2, CoolingKind.Immersion), (12, 1, CoolingKind.ColdPlate), (16, 1, CoolingKind.Air)], s_packs.All().Select(p => (p.SeriesCount, p.ParallelCount, p.Cooling.Kind)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void APackFitsItsCell(string id)
    {
        var pack = s_packs.Find(id);
        var cell = new CellCatalogue(Repo.At("cells")).Find(pack.Cell);
        Assert.NotNull(cell.Circuit);
        Assert.NotNull(cell.Thermal);

        // A contactor must be able to break what the cells may give, and the resistor must survive a start at full voltage: under 20 A.
        Assert.True(pack.Contactors.BreakCurrentA >= cell.Ratings!.MaxDischargeA * pack.ParallelCount);
        Assert.True(cell.Ratings.MaxVoltageV * pack.SeriesCount / pack.Contactors.PrechargeOhm < 20);

        // Precharge within 1 V in less than 2 s: RC·ln(V).
        Assert.InRange(pack.Contactors.PrechargeOhm * pack.Contactors.LinkCapacitanceF * Math.Log(cell.Ratings.MaxVoltageV * pack.SeriesCount), 0.1, 2);
        Assert.All(pack.Modules, m => Assert.Equal(m, pack.ModuleOf(m.FirstCell + m.CellCount - 1)));
    }

    [Theory]
    [InlineData("\"seriesCount\": 12", "\"seriesCount\": 13", "modules have 12 cells")]
    [InlineData("\"firstCell\": 0", "\"firstCell\": 1", "in series order without gap")]
    [InlineData("\"cell\": 11", "\"cell\": 12", "does not exist")]
    [InlineData("\"id\": \"T2\"", "\"id\": \"T1\"", "same id")]
    [InlineData("\"wiring\"", "\"tapCells\": [0, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], \"wiring\"", "every cell exactly once")]
    [InlineData("\"breakCurrentA\": 300", "\"breakCurrentA\": 0", "contactors")]
    [InlineData("\"cableOhm\": 0.0005", "\"cableOhm\": -1", "negative")]
    [InlineData("\"pumpH\": 15000", "\"pumpH\": 0", "life")]
    [InlineData("\"segments\": 4", "\"segments\": 0", "segment")]
    [InlineData("\"fluid\": \"water_glycol_50\"", "\"fluid\": \"\"", "fluid")]
    [InlineData("\"kind\": \"ColdPlate\"", "\"kind\": \"Lake\"", "not a pack file")]
    [InlineData("\"name\"", "\"nome\"", "not a pack file")]
    public void AContradictionIsRefusedInOneSentence(string was, string becomes, string says)
    {
        string json = File.ReadAllText(Repo.At("packs/module_12s_coldplate.json"));
        Assert.Contains(was, json, StringComparison.Ordinal);
        var problem = Assert.Throws<FormatException>(() => PackFile.Parse(Encoding.UTF8.GetBytes(json.Replace(was, becomes, StringComparison.Ordinal)), "x.json"));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.json", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownPackNamesTheKnownOnes() =>
        Assert.Contains("ev_96s2p_immersion", Assert.Throws<KeyNotFoundException>(() => s_packs.Find("moon")).Message, StringComparison.Ordinal);

    [Fact]
    public void ASignalIsMissingUntilSetAndWhenItIsNotANumber()
    {
        var reading = new PackReading(s_packs.Find("module_12s_coldplate"));
        foreach (var signal in Enum.GetValues<PackSignal>()) Assert.Equal(SignalQuality.Missing, reading.Quality(signal));
        Assert.All(reading.CellQualities, q => Assert.Equal(SignalQuality.Missing, q));
        Assert.Equal((12, 4), (reading.CellVoltageV.Length, reading.ProbeTemperatureDegC.Length));

        reading[PackSignal.CurrentA] = -5;
        Assert.Equal((-5.0, SignalQuality.Good), (reading[PackSignal.CurrentA], reading.Quality(PackSignal.CurrentA)));
        reading.Mark(PackSignal.CurrentA, SignalQuality.Old);
        Assert.Equal(SignalQuality.Old, reading.Quality(PackSignal.CurrentA));
        reading[PackSignal.CurrentA] = double.NaN;
        Assert.Equal(SignalQuality.Missing, reading.Quality(PackSignal.CurrentA));
        reading.Clear();
        Assert.False(reading.InterlockClosed);
    }

    [Fact]
    public void ACommandAsMadeAndAsClearedIsOff()
    {
        var layout = s_packs.Find("module_12s_coldplate");
        var command = new PackCommand(layout) { PlusClosed = true, ChargeLimitA = 5, PumpDutyFraction = 1, CurrentA = 3, FlowReversed = true };
        command.Bleed[3] = true;
        command.Clear();
        Assert.False(command.PlusClosed || command.MinusClosed || command.PrechargeClosed || command.FlowReversed || command.Bleed.Contains(true));
        Assert.Equal(0, command.ChargeLimitA + command.DischargeLimitA + command.CurrentA + command.PumpDutyFraction + command.ChillerFraction + command.HeaterFraction);
    }
}
