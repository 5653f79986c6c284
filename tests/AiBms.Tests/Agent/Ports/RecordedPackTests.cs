using AiBms.Agent.Ports;
using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;
using AiBms.Tests.Agent.Replay;
using AiBms.Tests.House;

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
        Assert.True(port.WithheldRowCount > 30);
        Assert.Equal(0, reading[PackSignal.LinkVoltageV]);
        (command.PlusClosed, command.MinusClosed) = (true, true);
        port.Write(command);
        port.TryRead(reading);
        Assert.Equal((record.CurrentA[51], record.VoltageV[51]), (reading[PackSignal.CurrentA], reading[PackSignal.LinkVoltageV]));
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
