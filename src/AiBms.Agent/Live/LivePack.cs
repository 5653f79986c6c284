using System.Collections.Concurrent;
using AiBms.Agent.Chain;
using AiBms.Agent.Ports;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;

namespace AiBms.Agent.Live;

/// <summary>One pack's loop: read, protect, estimate, control, and record what is to be told.</summary>
/// <remarks>One thread steps it. Commands come from any thread and take effect with the next step. Without a server it goes on for ever.</remarks>
public sealed class LivePack
{
    const string CheckpointName = "lifetime-and-soc";
    const double CheckpointS = 60, RestartS = 2;

    readonly LivePackOptions _options;
    readonly IPackPort _port;
    readonly PackJournal _journal;
    readonly LifetimeCounters _lifetime;
    readonly ConcurrentQueue<PackOrder> _orders = new();
    readonly double _capacityAh;
    CoolingMode _mode = CoolingMode.Balanced;
    double _frameS = double.NegativeInfinity, _estimatesS = double.NegativeInfinity, _checkpointS = double.NegativeInfinity, _offUntilS = double.NegativeInfinity;

    /// <param name="options">The pack.</param>
    /// <param name="port">Its port.</param>
    /// <param name="journal">Where its records go.</param>
    public LivePack(LivePackOptions options, IPackPort port, PackJournal journal)
    {
        (_options, _port, _journal) = (options.Validated(), port, journal);
        Chain = new(port, options.Cell, options.Limits);
        _capacityAh = options.Cell.CapacityAh * port.Layout.ParallelCount;
        double[] kept = journal.Kept(options.PackId, CheckpointName) is { } bytes ? Checkpoint.Read(bytes) : [];
        _lifetime = new(kept.Length > Checkpoint.Head ? kept.AsSpan(Checkpoint.Head) : []);
        _lifetime.Start();
        // Nobody knows what happened while the agent was away: the band is widened.
        if (kept.Length > Checkpoint.Head && kept[0] is >= 0 and <= 1) Chain.Estimator.Start(SocStart.Told(kept[0], Math.Max(0.03, 2 * kept[1])));
        _journal.Append(options.PackId, RecordKind.Card, options.StartMs, Cards.Of(options, port.Layout).ToBytes());
    }

    /// <summary>Its id.</summary>
    public string PackId => _options.PackId;

    /// <summary>Its chain.</summary>
    public PackChain Chain { get; }

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

    /// <summary>Takes one step.</summary>
    /// <returns>False at the end of the port's readings.</returns>
    /// <exception cref="IOException">The journal can no longer be written.</exception>
    public bool Step()
    {
        while (_orders.TryDequeue(out var order)) Obey(order);
        double nowS = double.IsFinite(Chain.Reading.TimeS) ? Chain.Reading.TimeS : 0;
        bool isWanted = _port is not IWishes { IsOnWanted: false };
        var request = new ChainRequest(isWanted && nowS >= _offUntilS, new(true, 1, CoolingSetpoints.Of(_mode)));
        if (!Chain.Step(request)) return false;
        _lifetime.Add(Chain, _capacityAh);
        Tell(request);
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
        long nowMs = _options.StartMs + (long)(1000 * nowS);
        while (Chain.Events.TryTake(out var taken))
            _journal.Append(PackId, RecordKind.Fault, nowMs, new FaultEvent
            {
                FaultCode = (int)taken.Code,
                Begins = taken.Begins,
                Where = taken.Where,
                MeasuredValues = [Math.Round(taken.Value, 4), Math.Round(taken.Threshold, 4)],
                DurationS = taken.TimeS - taken.SinceS,
                IsTap = taken.IsTap,
            }.ToBytes());
        if (!(nowS - _frameS < _options.FrameS - 1e-6))
        {
            _frameS = nowS;
            _journal.Append(PackId, RecordKind.Frame, nowMs, FrameMaker.Frame(Chain, request, _mode, _options.IsSimulated ? PackFlags.Simulated : PackFlags.None).ToBytes());
        }

        if (!(nowS - _estimatesS < _options.EstimatesS - 1e-6))
        {
            _estimatesS = nowS;
            var status = _journal.Status(PackId);
            double waitedS = status.OldestMs is { } oldest ? 0.001 * (nowMs - oldest) : 0;
            _journal.Append(PackId, RecordKind.Estimates, nowMs, EstimatesMaker.Estimates(Chain, _lifetime, status, waitedS, nowS).ToBytes());
        }

        if (nowS - _checkpointS < CheckpointS) return;
        _checkpointS = nowS;
        _journal.Keep(PackId, CheckpointName, Checkpoint.Write(Chain.State.MeanSoc.Soc, Chain.State.MeanSoc.SocDeviation, _lifetime.ToValues()));
    }
}
