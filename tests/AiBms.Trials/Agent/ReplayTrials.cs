using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;
using AiBms.Safety.Faults;
using AiBms.Telemetry.Readings;
using AiBms.Tests.House;

namespace AiBms.Trials.Agent;

/// <summary>Three cars on the road, through the whole chain.</summary>
public class ReplayTrials
{
    [Fact]
    public void Car3HasTwoCellsWithTooLittleChargeAndEightDeadProbes()
    {
        var result = Replay("car3");
        Assert.Equal(["V_81", "V_2"], result.Cells.Take(2).Select(f => f.Name));
        foreach (var found in result.Cells.Take(2))
        {
            Assert.Equal((CellFindingKind.ChargeDeficit, false), (found.Kind, found.IsOfBlock));
            // No slope with current: within what cells of this pack differ by anyway, and no contact resistance at all.
            Assert.True(found.ResistanceOhm < 3.5 * found.ResistanceOhmDeviation, found.Evidence);
            Assert.True(found.AsChargeVRmse < found.AsFixedVRmse, found.Evidence);
        }

        Assert.Equal([80, 1], result.Baseline.Take(2).Select(b => b.Cell));
        Assert.Equal(Enumerable.Range(7, 8), Enumerable.Range(0, result.Probes.Count).Where(k => result.Probes[k].ImpossibleRows == result.Rows));
        AssertStands(result);
        Assert.Equal(80, result.Last.Imbalance.FirstEmptyCell);
        Assert.Equal((0L, 0), (result.ImpossibleRows, result.Events.Count(e => e.IsCellAlarm)));
        Assert.Equal([1, 2, 3], result.OwnWarnings.Select(w => w.Level));
    }

    [Fact]
    public void Car1HasCodesInsteadOfVoltagesAndALowBlockNotSixLowCells()
    {
        var result = Replay("car1");
        Assert.Equal((1537, 64), (result.Taps.Sum(t => t.ImpossibleRows), result.ImpossibleRows));
        Assert.All(result.Taps.Where(t => t.ImpossibleRows > 0), t => Assert.Equal((66.535, 66.535), (Math.Round(t.Lowest, 3), Math.Round(t.Highest, 3))));
        Assert.DoesNotContain(result.Events, e => e.IsCellAlarm);
        // The six lowest are charge, not measurement; what they lack their neighbours lack too; V_10 alone lacks more than 6 mV of its own.
        foreach (string name in (string[])["V_10", "V_3", "V_2", "V_9", "V_24", "V_4"])
        {
            var found = result.Cells.Single(f => f.Name == name);
            Assert.True(found.Kind == CellFindingKind.ChargeDeficit && found.IsOfBlock, $"{name}: {found.Kind}, {found.Evidence}");
            Assert.Equal(name == "V_10", found.OwnV < -0.006);
        }

        Assert.Equal("V_10", result.Cells[0].Name);
        AssertStands(result);
        Assert.False(result.HasOwnWarnings);
    }

    [Fact]
    public void Car4HasBrokenTapsInItsLastMinutesAndNoCellAlarm()
    {
        var result = Replay("car4");
        Assert.DoesNotContain(result.Events, e => e.IsCellAlarm);
        Assert.All(result.Cells, f => Assert.NotEqual(CellFindingKind.LowCapacity, f.Kind));
        AssertStands(result);
        Assert.Equal(73, result.ImpossibleRows);
        Assert.Equal(5, result.Taps.Max(t => double.IsNaN(t.Highest) ? 0 : t.Highest));
        Assert.Equal(Enumerable.Range(0, 13), Enumerable.Range(0, result.Probes.Count).Where(k => result.Probes[k].ImpossibleRows == result.Rows));

        // The record ends in a runaway: probes to 125 °C, 42 V of the pack lost, isolation gone. The warning comes with the first row that shows it, as the car's own level 3.
        var runaway = result.Events.Single(e => e.Code == FaultCode.ThermalRunaway);
        var own = result.OwnWarnings.Single(w => w.Level == 3);
        Assert.InRange(runaway.FirstRow - own.FirstRow, 0, 2);
        Assert.DoesNotContain(result.Events, e => e.FirstRow < own.FirstRow && FaultCatalogue.Row(e.Code).Level >= FaultLevel.Warning && e.Code != FaultCode.ProbeLost);
    }

    /// <summary>
    /// The estimates stand to the end of weeks of gaps and starts: the pack's SOC where the car's own is, capacities that cells can have, and two
    /// cells that bound the pack. Capacities were 0 Ah once, from charge that flowed in gaps, and cells walked away from the mean cell.
    /// The OCV is read off the record over its own SOC: this shows that the estimate keeps to that scale, not that the scale is right.
    /// </summary>
    static void AssertStands(ReplayResult result)
    {
        Assert.Equal(result.Curve.Soc![^1], result.Last.Soc.Soc, 0.05);
        Assert.All(result.Last.CapacityAh, ah => Assert.InRange(ah, 0.6 * result.Last.CapacityAh.Average(), 1.5 * result.Last.CapacityAh.Average()));
        Assert.True(result.Last.CapacityAh.Average() > 80);
        Assert.NotEqual(result.Last.Imbalance.FirstEmptyCell, result.Last.Imbalance.FirstFullCell);
        Assert.True(result.Last.Imbalance.RecoverableLossAh > 0);
    }

    static ReplayResult Replay(string car)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(DataFolder.Variable) is not { Length: > 0 }, "skipped: no data folder");
        string path = Path.Combine(DataFolder.Locate(), "ev-field-cells", car + ".csv.gz");
        Assert.SkipWhen(!File.Exists(path), "skipped: no data folder");
        var recording = RecordingDoor.Open(path);
        return ReplayRun.Of(recording, ReplayPack.Unknown(recording, new CellCatalogue(Repo.At("cells")), null));
    }
}
