using AiBms.Agent.Live;
using AiBms.Agent.Settings;
using AiBms.Safety.Limits;
using AiBms.Telemetry;
using AiBms.Telemetry.Journal;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Agent.Host;

/// <summary>An agent as it runs on a gateway: one pack's loop on a thread of its own, the journal, the way to the server.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="home">The folder that has cells, packs and fluids.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Takes sentences for people.</param>
public sealed class AgentHost(AgentSettings settings, string home, TimeProvider time, Action<string> say)
{
    static readonly TimeSpan s_drain = TimeSpan.FromSeconds(5), s_look = TimeSpan.FromMilliseconds(50);

    /// <summary>The clock is looked at this often; a step of more than this is taken over, ms.</summary>
    const double ClockS = 10;
    const long ClockMs = 500;

    string _problem = "", _diskProblem = "";
    long _refused;

    /// <summary>Works until it is stopped, or its record ends; then it keeps what is known and hands over what waits, as far as somebody answers.</summary>
    /// <exception cref="DataException">Something of the configuration cannot be used.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var manager = new ServiceManager(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), Environment.GetEnvironmentVariable("WATCHDOG_USEC"), time);
        using var journal = new PackJournal(new() { Path = settings.Journal.Path, MostBytes = (long)settings.Journal.MostMiB << 20 }, time);
        long startMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var port = AgentPorts.Make(settings, home, time);
        using var device = port.Port as IDisposable;
        foreach (string sentence in port.Assumed) say(sentence);
        var pack = new LivePack(Options(port, startMs), port.Port, journal);
        await using var link = settings.Server is { } way ? AgentLinks.Make(way, pack.PackId, body => Obey(pack, body), time, say) : null;
        var forwarder = link is null ? null : new Forwarder(journal, pack.PackId, link, time);
        if (forwarder is not null) journal.OnCommitted = forwarder.Wake;
        using var end = new CancellationTokenSource();
        var sending = forwarder is null ? Task.CompletedTask : Task.Run(() => forwarder.RunAsync(end.Token), CancellationToken.None);
        manager.Ready();
        say($"{pack.PackId}: {settings.Source.Kind}, {port.Port.Layout.Name}, journal {settings.Journal.Path}, {(settings.Server is { } server ? "server " + server.Url : "no server")}.");
        try
        {
            await Task.Factory.StartNew(() => Loop(pack, port, journal, forwarder, manager, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            manager.Stopping();
            pack.Keep();
            await DrainAsync(journal, pack.PackId, link).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    void Loop(LivePack pack, AgentPort port, PackJournal journal, Forwarder? forwarder, ServiceManager manager, CancellationToken stop)
    {
        var pacer = new Pacer(port, settings.RateHz, settings.Source.SpeedFactor, time);
        long looked = time.GetTimestamp();
        while (!stop.IsCancellationRequested && pack.Step())
        {
            manager.Alive();
            if (time.GetElapsedTime(looked).TotalSeconds > ClockS)
            {
                looked = time.GetTimestamp();
                if (port.IsClocked) KeepClock(pack);
            }

            Complain(forwarder);
            Complain(journal);
            var pause = pacer.After(pack.TimeS);
            if (pause > TimeSpan.Zero) stop.WaitHandle.WaitOne(pause);
        }
    }

    /// <summary>The port counts seconds by a clock that nobody sets; where the wall clock was set since, records follow it from now on.</summary>
    void KeepClock(LivePack pack)
    {
        if (!double.IsFinite(pack.TimeS)) return;
        long zeroMs = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)(1000 * pack.TimeS);
        _zeroMs = Math.Abs(zeroMs - _zeroMs) > ClockMs ? zeroMs : _zeroMs;
        pack.SetClock(_zeroMs, SystemClock.IsSure());
    }

    long _zeroMs;

    void Complain(PackJournal journal)
    {
        if (journal.Problem == _diskProblem) return;
        _diskProblem = journal.Problem;
        say(_diskProblem.Length > 0 ? $"the journal cannot be written ({_diskProblem.TrimEnd('.')}): the pack is looked after as before, records wait in memory." : "the journal is written again.");
    }

    void Complain(Forwarder? forwarder)
    {
        if (forwarder is null) return;
        if (forwarder.LastProblem != _problem)
        {
            _problem = forwarder.LastProblem;
            say(_problem.Length > 0 ? $"not sent, kept in the journal: {_problem}" : "the server answers again.");
        }

        if (forwarder.RefusedCount > _refused) say($"the server refused a batch, it stays in the journal: {_problem}");
        _refused = forwarder.RefusedCount;
    }

    async Task DrainAsync(PackJournal journal, string pack, IBatchLink? link)
    {
        long begun = time.GetTimestamp();
        while (link is { LastProblem: "" } && time.GetElapsedTime(begun) < s_drain && !journal.IsSent(pack)) await Task.Delay(s_look, time).ConfigureAwait(false);
    }

    void Obey(LivePack pack, byte[] body)
    {
        try
        {
            pack.Order(PackOrder.Of(body));
        }
        catch (DataException problem)
        {
            say($"an order was not taken: {problem.Message}");
        }
    }

    LivePackOptions Options(AgentPort port, long startMs)
    {
        _zeroMs = startMs;
        return new()
        {
            PackId = settings.Pack.Id,
            Name = settings.Pack.Name ?? settings.Pack.Id,
            Cell = port.Cell,
            Limits = port.Limits,
            Estimation = port.Estimation,
            Charge = settings.Pack.ToCharge(),
            StartMs = startMs,
            FrameS = settings.FrameS,
            EstimatesS = settings.EstimatesS,
            CheckpointS = settings.CheckpointS,
            RecordBeforeS = settings.RecordBeforeS,
            RecordAfterS = settings.RecordAfterS,
            Sleep = settings.Sleep,
            IsClockSure = SystemClock.IsSure(),
            IsSimulated = settings.Source.Kind == SourceKind.Simulator,
            HotLimitDegC = port.Limits.Bands[(int)LimitKind.TemperatureHigh].Operating,
            LatitudeDeg = settings.Pack.LatitudeDeg,
            LongitudeDeg = settings.Pack.LongitudeDeg,
        };
    }
}
