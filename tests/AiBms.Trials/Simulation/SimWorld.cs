using System.Globalization;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Trials.Simulation;

/// <summary>Agents, network, server and store in one thread: every event has its place in one queue, and every chance comes from one seed.</summary>
/// <remarks>Half the time faults happen; then the world is healed and has to come to rest with every record stored once.</remarks>
sealed class SimWorld : IDisposable
{
    const double FaultyS = 60, HealedS = 400, PatienceS = 10;

    readonly PriorityQueue<Action, (double AtS, long Order)> _events = new();
    readonly Random _random;
    readonly SimClock _clock = new();
    readonly SimServer _server;
    readonly List<SimAgent> _agents = [];
    readonly double _loss, _twice, _damage, _slowS;
    long _order, _count;
    bool _isHealed, _isCut;
    uint _hash = 2166136261;

    public SimWorld(int seed, string folder, SimBug bug)
    {
        _random = new(seed);
        _loss = _random.NextDouble() * 0.3;
        _twice = _random.NextDouble() * 0.2;
        _damage = _random.NextDouble() * 0.05;
        _slowS = Math.Pow(10, -2 + 2.5 * _random.NextDouble());
        bool Skips(SimBug which) => bug == which && !_isHealed && _random.Next(3) == 0;
        _server = new(new(Path.Combine(folder, "store.db"), () => Skips(SimBug.SkipsSync)), _clock, _random.NextDouble, bug);
        for (int n = 1; n <= 2; n++)
            _agents.Add(new("car-" + n.ToString(CultureInfo.InvariantCulture), new(Path.Combine(folder, $"journal-{n}.db"), () => Skips(SimBug.AgentSkipsSync)), _clock, Send, bug == SimBug.MixesAnswers));
    }

    /// <summary>Of all that happened, in its order: the same for the same seed.</summary>
    public uint TraceHash => _hash;

    public long EventCount => _count;

    public long StoredCount => _agents.Sum(a => (long)a.Durable.Count);

    /// <summary>What went wrong; null where nothing did.</summary>
    public string? Found { get; private set; }

    /// <summary>Runs the world to its end, or until something is wrong.</summary>
    public void Play()
    {
        try
        {
            Run();
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        foreach (var agent in _agents) agent.Dispose();
    }

    void Run()
    {
        _server.Start();
        Every(0.05, () => _random.NextDouble() < 0.7, () => _server.Commit());
        foreach (var agent in _agents)
        {
            agent.Start();
            Every(1, () => !_isHealed, () => agent.Append(Frame()));
            Every(0.3, () => true, () =>
            {
                agent.Commit();
                Work(agent);
            });
        }

        Every(3, () => !_isHealed, Fault);
        Until(FaultyS);
        Heal();
        for (double untilS = FaultyS + 20; untilS <= FaultyS + HealedS && Found is null; untilS += 20)
        {
            Until(untilS);
            if (_agents.TrueForAll(a => a.IsDone)) break;
        }

        if (_agents.Find(a => !a.IsDone) is { } stuck) Found ??= $"{stuck.Pack}: records still wait long after everything was well again";
        foreach (var agent in _agents) Found ??= _server.Look(agent, isEnd: true);
    }

    void Until(double endS)
    {
        while (Found is null && _events.TryPeek(out _, out var next) && next.AtS <= endS)
        {
            var happens = _events.Dequeue();
            _clock.NowS = next.AtS;
            _count++;
            happens();
        }

        _clock.NowS = endS;
    }

    void After(double seconds, Action what) => _events.Enqueue(what, (_clock.NowS + seconds, _order++));

    void Every(double meanS, Func<bool> when, Action what) => After(meanS * (0.5 + _random.NextDouble()), () =>
    {
        if (when()) what();
        Every(meanS, when, what);
    });

    void Note(int what)
    {
        _hash = (_hash ^ (uint)what) * 16777619;
        _hash = (_hash ^ (uint)(_clock.NowS * 1e6)) * 16777619;
    }

    void Work(SimAgent agent)
    {
        int life = agent.Life;
        if (agent.Work() is { } pause)
            After(pause.TotalSeconds, () =>
            {
                if (agent.Life == life) Work(agent);
            });
    }

    void Send(SimAgent agent, long number, byte[] bytes)
    {
        int life = agent.Life;
        Note((int)number);
        void Answer(SendOutcome outcome)
        {
            Note(1000 + (int)outcome);
            if (Lost()) return;
            After(Delay(), () =>
            {
                if (agent.Life != life || agent.Link is not { } link) return;
                link.Answer(number, outcome);
                Work(agent);
            });
        }

        for (int k = Chance(_twice) ? 2 : 1; k > 0; k--)
        {
            if (Lost()) continue;
            byte[] came = bytes;
            if (Chance(_damage))
            {
                came = [.. bytes];
                came[_random.Next(came.Length)] ^= (byte)(1 << _random.Next(8));
            }

            After(Delay(), () => _server.Take(agent.Pack, came, Answer));
        }

        After(PatienceS, () =>
        {
            if (agent.Life != life || agent.Link is not { } link || link.Awaited != number) return;
            link.Answer(number, SendOutcome.Unreachable);
            Work(agent);
        });
    }

    bool Chance(double of) => !_isHealed && _random.NextDouble() < of;

    bool Lost() => _isCut || Chance(_loss);

    double Delay() => (_isHealed ? 0.01 : _slowS) * -Math.Log(1 - _random.NextDouble());

    void Fault()
    {
        var agent = _agents[_random.Next(_agents.Count)];
        int which = _random.Next(8);
        Note(2000 + which);
        switch (which)
        {
            case 0 or 1:
                _server.Kill(isPowerCut: which == 1);
                After(3 * _random.NextDouble(), () =>
                {
                    if (!_server.IsUp) Revive();
                });
                break;
            case 2 or 3:
                agent.Kill(isPowerCut: which == 3);
                After(3 * _random.NextDouble(), () =>
                {
                    if (!agent.IsUp) agent.Start();
                });
                break;
            case 4:
                _isCut = true;
                After(15 * _random.NextDouble(), () => _isCut = false);
                break;
            case 5:
                _clock.WrongS = _random.Next(4) == 0 ? 0 : 7200 * (_random.NextDouble() - 0.5);
                break;
            case 6:
                _server.FullChance = 0.7;
                After(8 * _random.NextDouble(), () => _server.FullChance = 0);
                break;
            default:
                if (_random.Next(4) > 0) break;
                agent.LoseDisk();
                agent.Start();
                break;
        }
    }

    /// <summary>A server that comes back is looked at at once: what it had acknowledged must be there.</summary>
    void Revive()
    {
        _server.Start();
        foreach (var agent in _agents) Found ??= _server.Look(agent, isEnd: false);
    }

    void Heal()
    {
        (_isHealed, _isCut, _server.FullChance, _clock.WrongS) = (true, false, 0, 0);
        if (!_server.IsUp) Revive();
        foreach (var agent in _agents.Where(a => !a.IsUp)) agent.Start();
    }

    byte[] Frame() => new PackFrame { CurrentA = _random.Next(-1000, 1000) * 0.025, VoltageV = 350 + _random.Next(100) * 0.1, Soc = _random.NextDouble() }.ToBytes();
}
