using System.Numerics.Tensors;
using AiBms.Agent.Chain;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Numerics;

namespace AiBms.Agent.Simulate;

/// <summary>Runs the whole chain over a twin: protection closes the contactors, control charges and cools, the world drives.</summary>
/// <remarks>
/// A step is one second, a tenth of it while contactors are to close and while a cell bleeds or its tap settles: it must be looked at in between.
/// Load and charger obey the limits that the chain sends. Where a contactor is welded the pack is switched off at the end. A phase that asks for current and gets none for ten minutes is over, but not while the pack is warmed for its charge.
/// </remarks>
public sealed class PackSimulation
{
    const double StepS = 1, FineStepS = 0.1, FineUntilS = 5, StartSpanS = 10, StalledAfterS = 600, StalledCRate = 1e-3, SwitchOffS = 10;

    readonly PackSimulationOptions _options;
    readonly PackTwin _twin;
    readonly PackChain _chain;
    readonly DrivePower _drive;
    readonly CellRatings _ratings;
    readonly PackSimulationRows _rows;
    readonly double _vehicleShare;
    readonly List<PackEvent> _events = [];
    readonly List<PackFinding> _findings = [];
    readonly Action<double> _report;
    readonly double _stalledA;
    double _driveW, _driveUntilS, _stalledS;

    PackSimulation(PackSimulationOptions options, Action<double> report)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IntervalS, 1);
        var cell = options.Twin.Cell;
        _ratings = cell.Ratings ?? throw new ArgumentException($"Cell {cell.Id} has no ratings: its limits are not known.");
        (_options, _report) = (options, report);
        _twin = new(options.Twin);
        _chain = new(_twin, cell, options.Limits, new() { Control = new() { Charge = ChargeOptions.Of(options.Charging) } });
        _chain.Estimator.EnergyLoad = options.EnergyLoad;
        _drive = new(options.Vehicle, SeededStream.For((ulong)options.Twin.Seed, "drive"));
        _rows = new(_twin, _chain, options.AmbientDegC);
        var layout = options.Twin.Layout;
        double packEnergyWh = layout.SeriesCount * layout.ParallelCount * cell.CapacityAh * (_ratings.MinVoltageV + _ratings.MaxVoltageV) / 2;
        _stalledA = StalledCRate * layout.ParallelCount * cell.CapacityAh;
        _vehicleShare = packEnergyWh / options.Vehicle.BatteryEnergyWh;
    }

    /// <summary>Runs every phase.</summary>
    /// <param name="options">What, refused with an <see cref="ArgumentException"/> where it does not fit together.</param>
    /// <param name="report">Told the simulated time, s, once a minute of it.</param>
    public static PackSimulationResult Of(PackSimulationOptions options, Action<double> report)
    {
        var run = new PackSimulation(options, report);
        run._rows.Add();
        foreach (var phase in options.Phases) run.Play(phase);
        if (options.Twin.Faults.Any(fault => fault.Kind.Name == "welded-contactor")) run.SwitchOff();
        return new(run._rows, run._twin, run._chain, run._events, run._findings, options);
    }

    bool IsReversed => _options.ReverseFlowS > 0 && (long)(NowS / _options.ReverseFlowS) % 2 == 1;

    double NowS => _twin.Truth.TimeS;

    void Play(Phase phase)
    {
        double startS = NowS, endS = Math.Min(startS + phase.DurationS, phase is RestPhase rest ? rest.UntilS : double.PositiveInfinity);
        bool isClosing = startS < 1e-9;
        _stalledS = 0;
        while (NowS < endS - 1e-9)
        {
            double sinceS = NowS - startS;
            if (IsOver(phase, sinceS)) return;
            var request = new ChainRequest(IsOn: true, new ControlRequest(phase is ChargePhase, 1, CoolingSetpoints.Of(_options.Cooling), IsReversed));
            _chain.Step(request);
            while (_chain.Events.TryTake(out var taken)) _events.Add(taken);
            foreach (var finding in _chain.State.Findings.Items) Note(finding);
            bool isFine = (isClosing && NowS < FineUntilS - 1e-9) || Array.IndexOf(_chain.Command.Bleed, true) >= 0 || Array.IndexOf(_chain.Reading.CellQualities, SignalQuality.Bleeding) >= 0 || Math.Abs(NowS - Math.Round(NowS)) > 1e-6;
            double stepS = isFine ? FineStepS : Math.Min(StepS, endS - NowS);
            _twin.Step(Load(phase, sinceS), stepS);
            bool isWarming = phase is ChargePhase && _chain.Command.HeaterFraction > 0;
            _stalledS = phase is RestPhase || isWarming || Math.Abs(_twin.Truth.PackCurrentA) > _stalledA ? 0 : _stalledS + stepS;
            _rows.Sum(stepS);
            double second = Math.Round(NowS);
            if (Math.Abs(NowS - second) > 1e-6) continue;
            if (second % _options.IntervalS == 0) _rows.Add();
            if (second % 60 == 0) _report(NowS);
        }
    }

    /// <summary>A contactor that does not open is found when it is told to.</summary>
    void SwitchOff()
    {
        for (double endS = NowS + SwitchOffS; NowS < endS;)
        {
            _chain.Step(new(IsOn: false, new(false, 1, CoolingSetpoints.Of(_options.Cooling))));
            while (_chain.Events.TryTake(out var taken)) _events.Add(taken);
            _twin.Step(TwinLoad.Rest(_options.AmbientDegC), FineStepS);
        }
    }

    void Note(in PackFinding finding)
    {
        (var kind, int cell) = (finding.Kind, finding.Cell);
        int known = _findings.FindIndex(f => f.Kind == kind && f.Cell == cell);
        if (known < 0) _findings.Add(finding);
        else if (finding.Size > _findings[known].Size) _findings[known] = finding with { SinceS = _findings[known].SinceS };
    }

    bool IsOver(Phase phase, double sinceS)
    {
        // Nothing ends before the contactors had their time to close.
        if (NowS < StartSpanS) return false;
        if (_stalledS > StalledAfterS) return true;
        var truth = _twin.Truth;
        switch (phase)
        {
            case DrivePhase drive:
                return TensorPrimitives.Min(truth.CellSoc) <= drive.SocFloor;
            case ChargePhase:
                return sinceS > 60 && _chain.Control.Charge.Reason == ChargeReason.Finished;
            case HeldPhase held when sinceS > 2:
                bool isCharging = truth.PackCurrentA > 0;
                if (held.UntilCellV > 0 && truth.PackCurrentA != 0 && (isCharging ? TensorPrimitives.Max(truth.GroupVoltageV) >= held.UntilCellV - 1e-4 : TensorPrimitives.Min(truth.GroupVoltageV) <= held.UntilCellV + 1e-4)) return true;
                return held.UntilA > 0 && Math.Abs(truth.PackCurrentA) <= held.UntilA;
            default:
                return false;
        }
    }

    TwinLoad Load(Phase phase, double sinceS)
    {
        double ambientDegC = _options.AmbientDegC;
        switch (phase)
        {
            case DrivePhase:
                if (NowS >= _driveUntilS - 1e-9) (_driveW, _driveUntilS) = (_drive.NextW() * _vehicleShare, Math.Floor(NowS + 1e-9) + 1);
                return Kept(TwinLoad.Power(_driveW, ambientDegC));
            case ChargePhase:
                return TwinLoad.Charger(ambientDegC);
            case ProfilePhase { CurrentA: { } currentA } profile:
                return Kept(TwinLoad.Current(profile.At(currentA, sinceS), ambientDegC));
            case ProfilePhase { PowerW: { } powerW } profile:
                return Kept(TwinLoad.Power(profile.At(powerW, sinceS), ambientDegC));
            case HeldPhase held:
                return Held(held, ambientDegC);
            default:
                return TwinLoad.Rest(ambientDegC);
        }
    }

    TwinLoad Held(HeldPhase held, double ambientDegC)
    {
        if (!double.IsNaN(held.CellV))
        {
            bool isBelow = TensorPrimitives.Max(_twin.Truth.GroupVoltageV) < held.CellV + 1e-3;
            var load = TwinLoad.Current(isBelow ? double.MaxValue : -double.MaxValue, ambientDegC);
            return isBelow ? load with { MaxCellV = held.CellV } : load with { MinCellV = held.CellV };
        }

        bool isCharge = (double.IsNaN(held.CurrentA) ? held.PowerW : held.CurrentA) > 0;
        var wanted = double.IsNaN(held.CurrentA) ? TwinLoad.Power(held.PowerW, ambientDegC) : TwinLoad.Current(held.CurrentA, ambientDegC);
        if (double.IsNaN(held.UntilCellV)) return Kept(wanted);
        return isCharge ? wanted with { MaxCellV = held.UntilCellV } : wanted with { MinCellV = held.UntilCellV };
    }

    /// <summary>An inverter keeps to the cells' ratings too.</summary>
    TwinLoad Kept(TwinLoad load) => load with { MinCellV = _ratings.MinVoltageV, MaxCellV = _ratings.MaxVoltageV };
}
