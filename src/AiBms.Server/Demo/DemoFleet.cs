using AiBms.Agent.Host;
using AiBms.Agent.Live;
using AiBms.Server.Ingest;
using AiBms.Telemetry;
using AiBms.Telemetry.Journal;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Server.Demo;

/// <summary>The agents of the demo: real loops, journal and MQTT lines; only the packs are simulated. One thread steps them all.</summary>
sealed class DemoFleet(ServerOptions options, TimeProvider time, IHostApplicationLifetime life, ServerFigures figures, Api.DemoLayouts layouts) : IHostedService, IAsyncDisposable
{
    /// <summary>Further behind than this the clock of the simulation waits: the machine is too slow for the speed.</summary>
    const double MostBehindS = 2;

    readonly CancellationTokenSource _stop = new();
    readonly List<Task> _lines = [];
    readonly List<MqttLink> _links = [];
    readonly List<DemoPack> _packs = [];
    PackJournal? _journal;
    Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _journal = new(new() { Path = Path.Combine(options.Folder, "journal.db") }, time);
        _thread = new(Run) { IsBackground = true, Name = "demo" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        _thread?.Join();
        await Task.WhenAll(_lines);
        foreach (var link in _links) await link.DisposeAsync();
        _journal?.Dispose();
    }

    void Run()
    {
        try
        {
            string home = AgentHome.Find();
            long startMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            List<Forwarder> forwarders = [];
            bool isReplay = options.ReplayFiles.Count > 0;
            for (int number = 0; number < (isReplay ? options.ReplayFiles.Count : options.PackCount) && !_stop.IsCancellationRequested; number++)
            {
                var made = isReplay ? ReplayPacks.Make(options.ReplayFiles[number], home, _journal!, options, startMs) : DemoPacks.Make(number, home, _journal!, options, startMs);
                _packs.Add(made);
                if (!isReplay) layouts.Add(made.Pack.PackId, made.Layout);
                var link = new MqttLink(new() { Host = "127.0.0.1", Port = options.MqttPort }, made.Pack.PackId, body => Obey(made.Pack, body));
                var forwarder = new Forwarder(_journal!, made.Pack.PackId, link, time);
                forwarders.Add(forwarder);
                _links.Add(link);
                _lines.Add(Task.Run(() => forwarder.RunAsync(_stop.Token)));
                made.Step();
            }

            _journal!.OnCommitted = () => forwarders.ForEach(f => f.Wake());
            Pace();
        }
        catch (Exception problem)
        {
            // Without its packs the demo is nothing: it ends, and says why.
            Console.Error.WriteLine("aibms: the demo's packs stopped: " + problem.Message);
            Environment.ExitCode = problem is DataException or FormatException ? 3 : 5;
            life.StopApplication();
        }
    }

    void Pace()
    {
        long origin = time.GetTimestamp();
        double lostS = 0;
        while (!_stop.IsCancellationRequested)
        {
            double wantedS = options.Speed * time.GetElapsedTime(origin).TotalSeconds - lostS;
            bool isBehind = false;
            foreach (var pack in _packs)
            {
                if (pack.ShownS >= wantedS || pack.IsOver) continue;
                pack.Step();
                isBehind |= pack.ShownS < wantedS && !pack.IsOver;
            }

            double behindS = (wantedS - _packs.Where(p => !p.IsOver).Select(p => p.ShownS).DefaultIfEmpty(wantedS).Min()) / options.Speed;
            if (behindS > MostBehindS) lostS += options.Speed * (behindS - MostBehindS);
            if (!isBehind) Thread.Sleep(20);
        }
    }

    void Obey(LivePack pack, byte[] body)
    {
        try
        {
            pack.Order(PackOrder.Of(body));
        }
        catch (DataException problem)
        {
            figures.Refuse(problem.Message);
        }
    }

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }
}
