using System.Collections.Concurrent;
using AiBms.Agent.Chain;
using AiBms.Agent.Ports;
using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using FaultCode = AiBms.Safety.Faults.FaultCode;

namespace AiBms.Agent.Live;

/// <summary>One pack's loop: read, protect, estimate, control, and record what is to be told.</summary>
/// <remarks>
/// One thread steps it. Commands come from any thread and take effect with the next step. Without a server it goes on for ever. What was
/// known is kept in the journal and goes on after a restart or a sleep: the time between counts as a gap that nothing was seen in.
/// </remarks>
public sealed class LivePack
{
    const double RestartS = 2;

    readonly LivePackOptions _options;
    readonly IPackPort _port;
    readonly PackJournal _journal;
    readonly PackMemory _memory;
    readonly LifetimeCounters _lifetime;
    readonly EventRecorder _recorder;
    readonly SleepWatch _sleep;
    readonly PackReading _asleep;
    readonly ConcurrentQueue<PackOrder> _orders = new();
    readonly double _capacityAh;
    CoolingMode _mode = CoolingMode.Balanced;
    long _startMs;
    bool _isClockSure;
    double _frameS = double.NegativeInfinity, _estimatesS = double.NegativeInfinity, _checkpointS = double.NegativeInfinity, _offUntilS = double.NegativeInfinity;

    /// <param name="options">The pack.</param>
    /// <param name="port">Its port.</param>
    /// <param name="journal">Where its records go.</param>
    public LivePack(LivePackOptions options, IPackPort port, PackJournal journal)
    {
        (_options, _port, _journal) = (options.Validated(), port, journal);
        (_startMs, _isClockSure, _memory, _asleep) = (options.StartMs, options.IsClockSure, new(journal, options), new(port.Layout));
        _capacityAh = options.Cell.CapacityAh * port.Layout.ParallelCount;
        _recorder = new(options.RecordBeforeS, options.RecordAfterS, (timeMs, body) => journal.Append(options.PackId, RecordKind.Window, timeMs, body));
        _sleep = new(options.Sleep, options.Limits.RestCurrentA);
        _lifetime = new(_memory.LifetimeValues());
        _lifetime.Start();
        Chain = Make();
        _journal.Append(options.PackId, RecordKind.Card, _startMs, Cards.Of(options, port.Layout).ToBytes());
    }

    /// <summary>Its id.</summary>
    public string PackId => _options.PackId;

    /// <summary>Its chain; another one after a sleep.</summary>
    public PackChain Chain { get; private set; }

    /// <summary>True while it sleeps: the port is only looked at.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>Time of the last reading, s of the port's time; NaN before the first.</summary>
    public double TimeS => IsAsleep ? _asleep.TimeS : Chain.Reading.TimeS;

    /// <summary>Asks for something with the next step.</summary>
    /// <exception cref="DataException">It asks for a fault that cannot be read.</exception>
    public void Order(PackOrder order)
    {
        if (order.Fault.Length > 0) Readable(order.Fault);
        _orders.Enqueue(order);
    }

    void Readable(string fault)
    {
        try
        {
            FaultText.Parse(fault, _port.Layout);
        }
        catch (FormatException problem)
        {
            throw new DataException(problem.Message, problem);
        }
    }

    /// <summary>Sets the clock: the port's zero in UTC, and whether that is known to be right. Takes effect with the next record.</summary>
    public void SetClock(long startMs, bool isSure) => (_startMs, _isClockSure) = (startMs, isSure);

    /// <summary>Takes one step, or one look where it sleeps.</summary>
    /// <returns>False at the end of the port's readings.</returns>
    public bool Step()
    {
        if (IsAsleep && !Look(out bool goesOn)) return goesOn;
        while (_orders.TryDequeue(out var order)) Obey(order);
        double nowS = double.IsFinite(Chain.Reading.TimeS) ? Chain.Reading.TimeS : 0;
        bool isWanted = _port is not IWishes { IsOnWanted: false };
        var request = new ChainRequest(isWanted && !_sleep.IsTired && nowS >= _offUntilS, new(true, 1, CoolingSetpoints.Of(_mode)));
        if (!Chain.Step(request))
        {
            TellEnd(request);
            return false;
        }

        _lifetime.Add(Chain, _capacityAh);
        Tell(request);
        _sleep.Add(Chain, isWanted && _port is IWishes);
        if (_sleep.MaySleep(Chain)) FallAsleep();
        return true;
    }

    /// <summary>Writes down what is known, for a restart.</summary>
    public void Keep()
    {
        if (!IsAsleep && double.IsFinite(Chain.Reading.TimeS)) _memory.Keep(Chain, _lifetime, Milliseconds(Chain.Reading.TimeS));
    }

    PackChain Make()
    {
        var chain = new PackChain(_port, _options.Cell, _options.Limits, new() { Estimation = _options.Estimation, Control = new() { Charge = _options.Charge } });
        _memory.Recall(chain, _startMs, _isClockSure);
        return chain;
    }

    void FallAsleep()
    {
        Keep();
        _sleep.Sleep(Chain.Reading.TimeS);
        Chain.Reading.CopyTo(_asleep);
        IsAsleep = true;
    }

    /// <summary>Looks at the port of a sleeping pack; true where it woke.</summary>
    bool Look(out bool goesOn)
    {
        goesOn = _port.TryRead(_asleep);
        if (!goesOn || (_orders.IsEmpty && !_sleep.Wakes(_asleep, _port is IWishes { IsOnWanted: true }))) return false;
        _sleep.Wake();
        Chain = Make();
        IsAsleep = false;
        return true;
    }

    void Obey(PackOrder order)
    {
        if (order.Mode is { } mode) _mode = mode;
        if (order.IsRestart) _offUntilS = Chain.Reading.TimeS + RestartS;
        if (order.Fault.Length > 0 && _port is PacedTwin twin) twin.Inject(order.Fault);
        // An order shows at once, not with the next frame.
        _frameS = double.NegativeInfinity;
    }

    void Tell(in ChainRequest request)
    {
        double nowS = Chain.Reading.TimeS;
        long nowMs = Milliseconds(nowS);
        bool isFrame = IsDue(ref _frameS, nowS, _options.FrameS);
        TellFaults(nowS, nowMs);
        if (isFrame || _recorder.IsOn)
        {
            byte[] frame = FrameMaker.Frame(Chain, request, _mode, Flags).ToBytes();
            _recorder.Add(nowS, nowMs, frame);
            if (isFrame) _journal.Append(PackId, RecordKind.Frame, nowMs, frame);
        }

        if (IsDue(ref _estimatesS, nowS, _options.EstimatesS))
        {
            var status = _journal.Status(PackId);
            double waitedS = status.OldestMs is { } oldest ? 0.001 * (nowMs - oldest) : 0;
            _journal.Append(PackId, RecordKind.Estimates, nowMs, EstimatesMaker.Estimates(Chain, _lifetime, status, waitedS, nowS).ToBytes());
        }

        if (IsDue(ref _checkpointS, nowS, _options.CheckpointS)) _memory.Keep(Chain, _lifetime, nowMs);
        else _memory.KeepLatched(Chain);
    }

    /// <summary>The source has no more readings: whoever looks is to know that nothing was lost.</summary>
    void TellEnd(in ChainRequest request)
    {
        double nowS = Chain.Reading.TimeS;
        if (!double.IsFinite(nowS)) return;
        _journal.Append(PackId, RecordKind.Frame, Milliseconds(nowS), FrameMaker.Frame(Chain, request, _mode, Flags | PackFlags.Ended).ToBytes());
    }

    PackFlags Flags => (_options.IsSimulated ? PackFlags.Simulated : PackFlags.None) | (_isClockSure ? PackFlags.None : PackFlags.ClockUnsure);

    void TellFaults(double nowS, long nowMs)
    {
        while (Chain.Events.TryTake(out var taken))
        {
            // A record that pauses is no processor that stood still.
            if (taken.Code == FaultCode.StepGap && _port is IShowsStarts) continue;
            if (taken.Begins) _recorder.Begin(nowS);
            _journal.Append(PackId, RecordKind.Fault, nowMs, new FaultEvent
            {
                FaultCode = (int)taken.Code,
                Begins = taken.Begins,
                Where = taken.Where,
                MeasuredValues = [Math.Round(taken.Value, 4), Math.Round(taken.Threshold, 4)],
                DurationS = taken.TimeS - taken.SinceS,
                IsTap = taken.IsTap,
            }.ToBytes());
        }
    }

    long Milliseconds(double timeS) => _startMs + (long)(1000 * timeS);

    /// <summary>A clock that went back is no reason to wait.</summary>
    static bool IsDue(ref double lastS, double nowS, double everyS)
    {
        if (nowS - lastS < everyS - 1e-6 && nowS >= lastS) return false;
        lastS = nowS;
        return true;
    }
}
