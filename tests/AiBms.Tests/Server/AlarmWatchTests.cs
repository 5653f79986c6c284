using AiBms.Server;
using AiBms.Server.Alarms;
using AiBms.Server.Books;
using AiBms.Server.Fleet;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Tests.Server;

/// <summary>Alarm rules: held for a time, cleared with hysteresis, once a pack, over a restart.</summary>
public sealed class AlarmWatchTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");
    readonly SteppedClock _clock = new();
    readonly SqliteStore _store;
    readonly AlarmBook _book;
    LiveFleet _fleet;
    AlarmWatch _watch;
    long _seq;

    public AlarmWatchTests()
    {
        _store = new(Path.Combine(_folder.FullName, "store.db"));
        _book = new(new FileText(Path.Combine(_folder.FullName, "rules.json")));
        foreach (string name in _book.Rules.Select(r => r.Name).ToList()) _book.Remove(name);
        _book.Set(new() { Name = "Warm", Signal = "hotSpotDegC", Threshold = 45, Hysteresis = 3, HoldS = 5, Advice = "Cool." });
        (_fleet, _watch) = Start();
    }

    public void Dispose()
    {
        _watch.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Each row: seconds passed, hot spot, how many events last.</summary>
    [Fact]
    public void ItIsRaisedAfterItsTimeAndClearedWithHysteresis()
    {
        (double Seconds, double HotDegC, int Lasting)[] table = [(1, 44, 0), (1, 46, 0), (4, 46, 0), (2, 46, 1), (60, 47, 1), (1, 44, 1), (1, 42.5, 1), (1, 41.5, 0), (1, 46, 0), (4, 44, 0), (10, 46, 0), (6, 46, 1)];
        foreach (var (seconds, hotDegC, lasting) in table)
        {
            _clock.Go(seconds);
            See(hotDegC);
            Assert.Equal(lasting, _store.Events("car", openOnly: false, 100).Count(e => e.ClearedMs is null));
        }

        var events = _store.Events("car", openOnly: false, 100);
        Assert.Equal(2, events.Count);
        Assert.Equal("Warm: hottest cell 46 °C, limit 45 °C, for 5 s.", Words.Sentence(events[0]));
        Assert.Equal("Cool.", Words.Advice(events[0]));
        Assert.Equal(2, Words.Level(_fleet.Find("car")!));
    }

    [Fact]
    public void ARestartRaisesNothingAnewAndUnknownClearsNothing()
    {
        See(50);
        _clock.Go(6);
        See(50);
        _watch.Dispose();
        (_fleet, _watch) = Start();
        See(50);
        _clock.Go(20);
        See(50);
        See(double.NaN);
        Assert.Null(Assert.Single(_store.Events("car", openOnly: false, 100)).ClearedMs);
    }

    [Fact]
    public void ARuleThatIsTakenAwayLeavesNothingThatLasts()
    {
        See(50);
        _clock.Go(6);
        See(50);
        _book.Remove("Warm");
        _watch.Look();
        Assert.NotNull(Assert.Single(_store.Events("car", openOnly: false, 100)).ClearedMs);
    }

    /// <summary>A rule about cells names the one; a tap that is not believed is none.</summary>
    [Fact]
    public void ARuleAboutCellsNamesTheCell()
    {
        FleetPack pack = new("car") { Frame = new() { CellVoltageV = [3.70, 3.50, 2.9, 3.72], NotGood = [2, 0, 3] } };
        AlarmRule rule = new() { Name = "Apart", Signal = "cellSpreadMv", Threshold = 150 };
        Assert.Equal("Apart: highest less lowest cell 220 mV (lowest is cell 2), limit 150 mV, for 10 s.", rule.Says(AlarmSignal.Find(rule.Signal)!.Read(pack, DateTimeOffset.UnixEpoch), pack).Text);
    }

    [Theory]
    [InlineData("", "hotSpotDegC", 1.0, 2)]
    [InlineData("x", "nothing", 1.0, 2)]
    [InlineData("x", "hotSpotDegC", double.NaN, 2)]
    [InlineData("x", "hotSpotDegC", 1.0, 4)]
    public void ARuleThatIsNoneIsRefused(string name, string signal, double threshold, int level) =>
        Assert.EndsWith(".", Assert.Throws<DataException>(() => _book.Set(new() { Name = name, Signal = signal, Threshold = threshold, Level = level })).Message, StringComparison.Ordinal);

    [Fact]
    public void RulesOutliveARestart()
    {
        AlarmBook again = new(new FileText(Path.Combine(_folder.FullName, "rules.json")));
        Assert.Equal(_book.Rules, again.Rules);
        File.WriteAllText(Path.Combine(_folder.FullName, "rules.json"), "[{");
        Assert.Throws<DataException>(() => new AlarmBook(new FileText(Path.Combine(_folder.FullName, "rules.json"))));
    }

    (LiveFleet, AlarmWatch) Start()
    {
        LiveFleet fleet = new(_store, _clock);
        return (fleet, new(_book, fleet, _store, new(_clock), new(), _clock));
    }

    void See(double hotDegC)
    {
        Record[] records = [new(++_seq, _seq, RecordKind.Frame, _clock.GetUtcNow().ToUnixTimeMilliseconds(), new PackFrame { HotSpotDegC = hotDegC }.ToBytes())];
        _fleet.Apply("car", _store.Write([new("car", 1, records)])[0]);
        _watch.Look();
    }
}
