using AiBms.Agent.Ports;
using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;
using AiBms.Tests.Agent.Replay;
using AiBms.Tests.House;
using AiBms.Tests.Telemetry;

namespace AiBms.Tests.Agent.Ports;

public class RecordedPackTests
{
    [Fact]
    public void EveryRowComesOnceInOrderAndEveryStretchBeginsWithAStart()
    {
        var (record, layout) = Record();
        // A night after row 99.
        for (int k = 100; k < record.RowCount; k++) record.TimeS[k] += 30_000;
        var port = new RecordedPack(record, layout);
        var reading = new PackReading(layout);
        int rows = 0, leads = 0;
        double before = double.NegativeInfinity;
        while (port.TryRead(reading))
        {
            Assert.True(reading.TimeS > before);
            before = reading.TimeS;
            if (port.IsLead) leads++;
            else Assert.Equal((record.TimeS[rows], rows++), (reading.TimeS, port.Row));
        }

        Assert.Equal((record.RowCount, 2, 180), (rows, port.StretchCount, leads));
    }

    [Fact]
    public void CurrentIsShownOnlyWhileTheContactorsAreCommandedClosed()
    {
        var (record, layout) = Record();
        var port = new RecordedPack(record, layout);
        var reading = new PackReading(layout);
        var command = new PackCommand(layout);
        while (port.Row < 50 && port.TryRead(reading)) Assert.Equal(0, reading[PackSignal.CurrentA]);
        Assert.Equal((true, record.CurrentA[50]), (port.IsWithheld, port.MeasuredA));
        Assert.True(port.WithheldRowCount > 30);
        Assert.Equal(0, reading[PackSignal.LinkVoltageV]);
        (command.PlusClosed, command.MinusClosed) = (true, true);
        port.Write(command);
        port.TryRead(reading);
        Assert.Equal((record.CurrentA[51], record.VoltageV[51]), (reading[PackSignal.CurrentA], reading[PackSignal.LinkVoltageV]));
    }

    /// <summary>What the maker's system says of health comes from a file's column to the reading; a percentage is refused, not guessed at.</summary>
    [Theory]
    [InlineData("0.93", true)]
    [InlineData("93", false)]
    public void TheMakersHealthIsRead(string soh, bool isFraction)
    {
        var (_, layout) = Record();
        string cells = string.Join(',', Enumerable.Range(1, layout.SeriesCount).Select(k => $"V_{k}")), probes = string.Join(',', Enumerable.Range(1, layout.Probes.Count).Select(k => $"T_{k}"));
        string row = string.Concat(Enumerable.Repeat(",3.7", layout.SeriesCount)) + string.Concat(Enumerable.Repeat(",25", layout.Probes.Count));
        using var file = new TextFile("day.csv", $"time_s,voltage_v,current_a,{cells},{probes},vendor_soh\n0,{37 * layout.SeriesCount / 10},1{row},{soh}\n1,{37 * layout.SeriesCount / 10},1{row},{soh}\n2,{37 * layout.SeriesCount / 10},1{row},{soh}\n");
        var record = RecordingDoor.Open(file.Path);
        if (!isFraction)
        {
            Assert.Contains("divide percent by 100", Assert.Throws<DataException>(() => new RecordedPack(record, layout)).Message, StringComparison.Ordinal);
            return;
        }

        var reading = new PackReading(layout);
        Assert.True(new RecordedPack(record, layout).TryRead(reading));
        Assert.Equal((0.93, SignalQuality.Good), (reading[PackSignal.VendorSohFraction], reading.Quality(PackSignal.VendorSohFraction)));
    }

    /// <summary>Rows without a time and lines with fields missing cannot be put in order; they are counted.</summary>
    [Fact]
    public void RowsThatCannotBePutInOrderAreLeftOutAndCounted()
    {
        var (record, layout) = Record();
        for (int k = 200; k < 203; k++) record.TimeS[k] = double.NaN;
        (record.TimeS[0], record.Flags[^1]) = (double.NaN, RowFlags.Malformed);
        var port = new RecordedPack(record, layout);
        var reading = new PackReading(layout);
        int rows = 0;
        while (port.TryRead(reading))
        {
            Assert.True(double.IsFinite(reading.TimeS));
            if (!port.IsLead) rows++;
        }

        Assert.Equal((record.RowCount - 5, 5, record.RowCount - 2), (rows, port.LeftOutRowCount, port.Row));
    }

    [Fact]
    public void APackOfAnotherSizeIsRefused()
    {
        var (record, _) = Record();
        var other = new PackCatalogue(Repo.At("packs")).Find("module_12s_coldplate");
        Assert.Contains("--pack", Assert.Throws<DataException>(() => new RecordedPack(record, other)).Message, StringComparison.Ordinal);
    }

    static (Recording Record, PackLayout Layout) Record()
    {
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None);
        return (record, ReplayPack.Unknown(record, new CellCatalogue(Repo.At("cells")), "nmc_60ah").Layout);
    }
}
