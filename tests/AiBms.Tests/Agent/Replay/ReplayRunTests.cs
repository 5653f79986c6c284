using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Replay;

public class ReplayRunTests
{
    static readonly CellCatalogue s_cells = new(Repo.At("cells"));

    [Fact]
    public void ALowChargeIsNamedWithItsSize()
    {
        var found = Run(MadeRecord.Of(MadeRecord.At(6, -0.03), MadeRecord.None, MadeRecord.None, MadeRecord.None)).Cells[0];
        Assert.Equal(("V_7", CellFindingKind.ChargeDeficit, false), (found.Name, found.Kind, found.IsOfBlock));
        // The slope is read off in steps of 4 % of SOC, so the size is not exact.
        Assert.Equal(-0.03, found.ChargeFraction, 0.003);
        Assert.Equal(0, found.ResistanceOhm, 20e-6);
    }

    [Fact]
    public void AnErrorOfTheTapIsAMeasurementNotAWeakCell()
    {
        var result = Run(MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.At(3, -0.025)));
        Assert.Equal(3, result.Baseline[0].Cell);
        var found = result.Cells.Single(f => f.Cell == 3);
        Assert.Equal(CellFindingKind.Measurement, found.Kind);
        Assert.NotEqual(3, result.Cells[0].Cell);
    }

    [Fact]
    public void AHighResistanceIsFoundByTheCurrentAlone()
    {
        var result = Run(MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.At(9, 0.0008), MadeRecord.None));
        var found = result.Cells.Single(f => f.Cell == 9);
        Assert.Equal(CellFindingKind.HighResistance, found.Kind);
        Assert.Equal(0.0008, found.ResistanceOhm, 20e-6);
        Assert.True(found.ResistanceStandsOut);
    }

    [Fact]
    public void ASmallCellIsOneThatFallsBehindAsThePackEmpties()
    {
        var found = Run(MadeRecord.Of(MadeRecord.None, MadeRecord.At(12, 0.08), MadeRecord.None, MadeRecord.None)).Cells.Single(f => f.Cell == 12);
        Assert.Equal(CellFindingKind.LowCapacity, found.Kind);
        Assert.Equal(0.08, found.CapacityFraction, 0.02);
    }

    [Fact]
    public void ABlockThatIsLowTogetherIsABlock()
    {
        double[] charge = MadeRecord.None;
        charge.AsSpan(0, 7).Fill(-0.03);
        var result = Run(MadeRecord.Of(charge, MadeRecord.None, MadeRecord.None, MadeRecord.None));
        Assert.All(result.Cells.Where(f => f.Cell < 4), f => Assert.True(f.IsOfBlock, f.Name));
    }

    [Fact]
    public void ImpossibleValuesAreSensorsAndNeverCells()
    {
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None, cells =>
        {
            // Codes of a chip that has nothing to say, and a wire that breaks: the neighbour shows what this one lacks.
            for (int k = 1000; k < 1010; k++) cells[4][k] = 66.5;
            for (int k = 3000; k < 3900; k++) (cells[8][k], cells[9][k]) = (5, 1.9);
        });
        var result = Run(record);
        Assert.Equal(910, result.Taps.Sum(t => t.ImpossibleRows));
        Assert.Equal((10, 900), (result.Taps[4].ImpossibleRows, result.Taps[8].ImpossibleRows));
        Assert.DoesNotContain(result.Events, e => e.IsCellAlarm);
        Assert.Contains(result.Events, e => e is { IsTap: true, Where: 9 });
        Assert.All(result.Cells, f => Assert.Equal(CellFindingKind.InLine, f.Kind));
    }

    [Fact]
    public void ACellThatIsReallyEmptyIsAnAlarm()
    {
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None, cells =>
        {
            for (int k = 4000; k < MadeRecord.Rows; k++) cells[11][k] -= 0.0012 * Math.Min(k - 4000, 1100);
        });
        var result = Run(record);
        Assert.Contains(result.Events, e => e.IsCellAlarm && e.Where == 11);
        Assert.True(result.WithheldRows > 0);
    }

    /// <summary>The protection opens its contactors over a tap that is gone; what flowed in the record is a fact all the same.</summary>
    [Fact]
    public void AGapOfATapDoesNotSpoilTheCharge()
    {
        Recording whole() => MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None);
        var spoilt = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None, cells => cells[4].AsSpan(1000, 600).Fill(double.NaN));
        ReplayResult sound = Run(whole()), gap = Run(spoilt);
        Assert.True(gap.ClosedRows < 1200);
        Assert.True(gap.WithheldRows > 1000);
        Assert.Equal(sound.Last.MeanSoc.Soc, gap.Last.MeanSoc.Soc, 0.005);
    }

    /// <summary>A current that is missing is no current of zero: the charge may be off by what flowed, the band holds, and it is counted.</summary>
    [Fact]
    public void AMissingCurrentIsToldAndWidensTheBand()
    {
        const int MissingRows = 30;
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None);
        record.CurrentA.AsSpan(5400, MissingRows).Fill(double.NaN);
        ReplayResult sound = Run(MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None)), result = Run(record);
        Assert.Equal((MissingRows, 0), (result.Currents.MissingRows, result.Currents.ImpossibleRows));
        Assert.InRange(Math.Abs(result.Last.MeanSoc.Soc - sound.Last.MeanSoc.Soc), 0, 2 * result.Last.MeanSoc.SocDeviation);
    }

    /// <summary>The ranking takes no current that the protection refuses.</summary>
    [Theory]
    [InlineData(6553.5)]
    [InlineData(1e308)]
    [InlineData(double.PositiveInfinity)]
    public void CurrentsThatCannotBeTakeNoPartInTheRanking(double codeA)
    {
        var sound = MadeRecord.Of(MadeRecord.At(6, -0.03), MadeRecord.None, MadeRecord.None, MadeRecord.None);
        var record = MadeRecord.Of(MadeRecord.At(6, -0.03), MadeRecord.None, MadeRecord.None, MadeRecord.None);
        record.CurrentA.AsSpan(2000, 100).Fill(codeA);
        ReplayResult expected = Run(sound), result = Run(record);
        Assert.Equal(100, result.Currents.ImpossibleRows);
        Assert.Equal(("V_7", CellFindingKind.ChargeDeficit), (result.Cells[0].Name, result.Cells[0].Kind));
        Assert.Equal(expected.Cells[0].ChargeFraction, result.Cells[0].ChargeFraction, 5e-4);
        Assert.All(result.Cells, f => Assert.True(double.IsFinite(f.ChargeFraction) && double.IsFinite(f.ResistanceOhm), f.Evidence));
    }

    [Fact]
    public void ARecordWithoutCellsIsRefusedInOneSentence()
    {
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None);
        var bare = new Recording { Name = "bare.csv", TimeS = record.TimeS, CurrentA = record.CurrentA, VoltageV = record.VoltageV, TemperatureDegC = record.TemperatureDegC, Flags = record.Flags };
        Assert.Contains("V_1", Assert.Throws<DataException>(() => ReplayPack.Unknown(bare, s_cells, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCapacityIsWhereSocAndCurrentAgree()
    {
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None);
        Assert.Equal(MadeRecord.CapacityAh, AiBms.Agent.Ports.RecordedCapacity.FindAh(record), 1e-6);
    }

    static ReplayResult Run(Recording record) => ReplayRun.Of(record, ReplayPack.Unknown(record, s_cells, "nmc_60ah"));
}
