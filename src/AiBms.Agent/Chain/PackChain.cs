using AiBms.Agent.Ports;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Safety;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Limits;
using SafetyQuality = AiBms.Safety.Signals.SignalQuality;

namespace AiBms.Agent.Chain;

/// <summary>The loop of a pack: read, protect, estimate, control, restrict, write. Allocates nothing a step.</summary>
/// <remarks>
/// Plausibility comes before estimation: what the protection does not believe, and cells that share a tap wire with it, is not estimated
/// from. Control proposes within the limits it is given; the envelope cuts what it proposed; the contactors are the protection's alone.
/// </remarks>
public sealed class PackChain
{
    readonly IPackPort _port;
    readonly EventWatch _watch;
    double _toldPumpFraction = double.NaN;

    /// <param name="port">The pack: a bus, a simulator, a recorded log.</param>
    /// <param name="cell">The cell it is built from; needs a circuit and ratings.</param>
    /// <param name="limits">The protection's limits.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The limits do not fit the pack, or the cell has no circuit or no ratings.</exception>
    public PackChain(IPackPort port, CellType cell, SafetyLimits limits, PackChainOptions? options = null)
    {
        options ??= new();
        _port = port;
        Protection = new(port.Layout, limits);
        Estimator = new(port.Layout, cell, options.Estimation);
        Control = new(port.Layout, Estimator.Group, options.Control);
        (Reading, State, Command) = (new(port.Layout), new(port.Layout), new(port.Layout));
        var ratings = Estimator.Group.Ratings!;
        Taps = new(port.Layout.SeriesCount, ratings.MinVoltageV - 1, ratings.MaxVoltageV + 0.1);
        _watch = new(Protection.Memory, Taps, Events);
    }

    /// <summary>What was measured in the last step; signals that are not believed are marked.</summary>
    public PackReading Reading { get; }

    /// <summary>What is estimated.</summary>
    public PackState State { get; }

    /// <summary>What the pack was told.</summary>
    public PackCommand Command { get; }

    /// <summary>What the protection decided.</summary>
    public SafetyOutput Safety { get; private set; }

    /// <summary>The command's limits after the envelope, each with what binds it.</summary>
    public SafeCommand Restricted { get; private set; }

    /// <summary>The protection, for its memory: faults, levels, what outlives a loss of power.</summary>
    public PackProtection Protection { get; }

    /// <summary>The estimator.</summary>
    public PackEstimator Estimator { get; }

    /// <summary>The control, for its reasons.</summary>
    public PackControl Control { get; }

    /// <summary>Which taps are under suspicion.</summary>
    public TapCheck Taps { get; }

    /// <summary>What began and ended; to be emptied by whoever listens.</summary>
    public EventLog Events { get; } = new();

    /// <summary>Takes one step.</summary>
    /// <returns>False at the end of the port's readings: nothing was done.</returns>
    public bool Step(in ChainRequest request)
    {
        if (!_port.TryRead(Reading)) return false;
        Safety = Protection.Observe(Reading, request.IsOn, Command.PumpDutyFraction > 0, request.Service, request.ServiceAnswer);
        Taps.Check(Reading, Estimator.Sum);
        Distrust();
        if (_port is IRecordsCurrent { IsWithheld: true } record) Measured(record.MeasuredA);
        if (_port is not IShowsStarts { IsLead: true }) Estimator.Update(Reading, State);
        Control.Update(Reading, State, new(Safety.ChargeLimitA, Safety.DischargeLimitA), request.Control, Command);
        Estimator.PumpAheadFraction = PumpAhead();
        Estimator.HeaterAhead = new(Command.HeaterFraction * _port.Layout.Cooling.MaxHeaterW, request.Control.Cooling.ChargeFloorDegC);
        Estimator.IsFlowReversed = Command.FlowReversed;
        Estimator.ChillerFraction = Command.ChillerFraction;
        Restricted = Protection.Restrict(Command);
        _watch.Note(Reading);
        _port.Write(Command);
        return true;
    }

    /// <summary>Temperatures are forecast for the pump as it is told to run; for one that does not do what it was told, as it is.</summary>
    double PumpAhead()
    {
        const double FollowsWithin = 0.1;
        double beforeFraction = _toldPumpFraction, isFraction = Reading.Quality(PackSignal.PumpDutyFraction) == SignalQuality.Good ? Reading[PackSignal.PumpDutyFraction] : double.NaN;
        _toldPumpFraction = Command.PumpDutyFraction;
        return Math.Abs(isFraction - beforeFraction) < FollowsWithin ? _toldPumpFraction : double.NaN;
    }

    /// <summary>What flowed in a record stays a fact, whatever the protection would have done.</summary>
    void Measured(double currentA)
    {
        Reading[PackSignal.CurrentA] = currentA;
        if (double.IsFinite(currentA) && !Protection.IsPossibleCurrent(currentA)) Reading.Mark(PackSignal.CurrentA, SignalQuality.Implausible);
    }

    void Distrust()
    {
        var memory = Protection.Memory;
        for (int i = 0; i < Reading.CellQualities.Length; i++)
        {
            if (Reading.CellQualities[i] != SignalQuality.Good) continue;
            if (Taps.IsSuspect(i)) Reading.CellQualities[i] = SignalQuality.Implausible;
            else Reading.CellQualities[i] = Quality(memory.CellQuality(i));
        }

        for (int i = 0; i < Reading.ProbeQualities.Length; i++)
            if (Reading.ProbeQualities[i] == SignalQuality.Good) Reading.ProbeQualities[i] = Quality(memory.ProbeQuality(i));
        if (Reading.Quality(PackSignal.CurrentA) == SignalQuality.Good) Reading.Mark(PackSignal.CurrentA, Quality(memory.CurrentQuality));
    }

    static SignalQuality Quality(SafetyQuality quality) => quality switch
    {
        SafetyQuality.Good => SignalQuality.Good,
        SafetyQuality.Missing => SignalQuality.Missing,
        SafetyQuality.Stuck => SignalQuality.Stuck,
        SafetyQuality.Bleeding => SignalQuality.Bleeding,
        _ => SignalQuality.Implausible,
    };
}
