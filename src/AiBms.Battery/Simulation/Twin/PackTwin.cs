using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>A pack that does not exist, behind the port of one that does: every physical cell, cooling, contactors, sensors, faults.</summary>
/// <remarks>
/// <see cref="Step"/> moves the world; what the software sees and does goes through the port. <see cref="Truth"/> is for those who score.
/// Same options, same steps, same commands: same bytes. After construction nothing is allocated.
/// </remarks>
public sealed class PackTwin : IPackPort
{
    readonly PackTwinOptions _options;
    readonly TwinCells _cells;
    readonly TwinString _string;
    readonly TwinThermal _thermal;
    readonly TwinContactors _contactors;
    readonly TwinAgeing _ageing;
    readonly TwinSensors _sensors;
    readonly TwinEffects _effects;
    readonly FaultClock _faults;
    readonly PackCommand _command;
    readonly PackReading _reading;
    double _lastCurrentA;

    /// <param name="options">Which pack; refused with an <see cref="ArgumentException"/> that says what is wrong.</param>
    public PackTwin(PackTwinOptions options)
    {
        options.Validate();
        (_options, Layout) = (options, options.Layout);
        (_command, _reading, _effects) = (new(Layout), new(Layout), new(Layout));
        (_cells, _string, _thermal, _contactors, _ageing) = (new(options), new(Layout), new(options), new(Layout), new(options.Ageing));
        _faults = new(options.Faults, _effects);
        Truth = new(Layout, _cells, _string, _thermal, _contactors);
        _sensors = new(options, Truth, _effects);
        _faults.Update(0);
        _ageing.Apply(_cells, _effects, _thermal.CoreDegC);
        // Voltages at rest, so that there is something to read before the first step.
        _cells.Prepare(1e-3, _thermal.CoreDegC, 0);
        _string.Reduce(_cells, _effects, _command.Bleed);
        for (int g = 0; g < Layout.SeriesCount; g++) _string.GroupVoltageV[g] = _string.GroupEmfV[g];
        (Truth.TerminalVoltageV, Truth.BoardDegC, Truth.AmbientDegC) = (_string.EmfV, options.StartDegC, options.StartDegC);
        _sensors.Read(_reading, _command, default);
    }

    /// <inheritdoc/>
    public PackLayout Layout { get; }

    /// <summary>What is really so; no part of the port.</summary>
    public TwinTruth Truth { get; }

    /// <summary>Puts the pack on line at once, with limits that bind nothing: for those who test the pack and not its control.</summary>
    public void Connect()
    {
        (_command.PlusClosed, _command.MinusClosed) = (true, true);
        (_command.ChargeLimitA, _command.DischargeLimitA) = (double.MaxValue, double.MaxValue);
        _contactors.LinkV = Truth.TerminalVoltageV;
        _contactors.Travel(_command, _effects, _contactors.LinkV, Layout.Wiring.CableOhm, Layout.Contactors.TravelS + 1);
    }

    /// <summary>Lets one more thing go wrong, from its time on.</summary>
    public void Inject(TwinFault fault) => _faults.Add(fault);

    /// <inheritdoc/>
    public void Write(PackCommand command)
    {
        (_command.PlusClosed, _command.MinusClosed, _command.PrechargeClosed) = (command.PlusClosed, command.MinusClosed, command.PrechargeClosed);
        (_command.ChargeLimitA, _command.DischargeLimitA, _command.CurrentA) = (command.ChargeLimitA, command.DischargeLimitA, command.CurrentA);
        (_command.PumpDutyFraction, _command.FlowReversed) = (command.PumpDutyFraction, command.FlowReversed);
        (_command.ChillerFraction, _command.HeaterFraction) = (command.ChillerFraction, command.HeaterFraction);
        command.Bleed.CopyTo(_command.Bleed, 0);
    }

    /// <summary>Fills in what the sensors read at the end of the last step; it never ends.</summary>
    public bool TryRead(PackReading reading)
    {
        _reading.CopyTo(reading);
        return true;
    }

    /// <summary>Lets time pass under a load.</summary>
    /// <param name="load">What the world asks and what surrounds the pack.</param>
    /// <param name="stepS">Length, s, &gt; 0; cut into steps of at most <see cref="PackTwinOptions.MaxStepS"/>.</param>
    public void Step(in TwinLoad load, double stepS)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepS);
        int parts = (int)Math.Ceiling(stepS / _options.MaxStepS - 1e-9);
        for (int n = 0; n < parts; n++) Advance(load, stepS / parts);
        _sensors.Read(_reading, _command, load);
    }

    void Advance(in TwinLoad load, double stepS)
    {
        if (_faults.Update(Truth.TimeS)) Truth.Ledger.AgedJ += _ageing.Apply(_cells, _effects, _thermal.CoreDegC);
        double cableOhm = Layout.Wiring.CableOhm, expectedA = double.IsNaN(load.CurrentA) ? _lastCurrentA : load.CurrentA;
        _contactors.Travel(_command, _effects, Truth.TerminalVoltageV, cableOhm, stepS);
        _cells.Prepare(stepS, _thermal.CoreDegC, _contactors.IsOnLine ? (expectedA - _lastCurrentA) / Layout.ParallelCount : 0);
        _string.Reduce(_cells, _effects, _command.Bleed);

        double seriesOhm = _string.Ohm + cableOhm, currentA = 0, linkBeforeV = _contactors.LinkV;
        bool isPrecharging = _contactors.IsPrecharging && double.IsFinite(seriesOhm);
        if (_contactors.IsOnLine && double.IsFinite(seriesOhm)) currentA = LoadCurrentA(load, seriesOhm);
        else if (isPrecharging) currentA = _contactors.Precharge(_string.EmfV, _contactors.PrechargeOhm(_effects) + seriesOhm, stepS);
        else _contactors.Bleed(stepS);

        _string.Move(_cells, _effects, _command.Bleed, currentA, stepS);
        double terminalV = _contactors.IsOnLine ? _string.EmfV + seriesOhm * currentA : _string.EmfV + _string.Ohm * currentA;
        if (!double.IsFinite(terminalV)) terminalV = _string.EmfV;
        if (_contactors.IsOnLine) _contactors.LinkV = terminalV;
        double heaterW = _thermal.Loop is null ? Math.Clamp(_command.HeaterFraction, 0, 1) * Layout.Cooling.MaxHeaterW : 0;
        _thermal.Loop?.Set(_command, _effects, load.AmbientDegC, stepS);
        _thermal.Step(_cells, _string.BusbarHeatW, heaterW, load.AmbientDegC, stepS);
        Board(load.AmbientDegC, stepS);

        Book(terminalV, currentA, heaterW, stepS);
        Truth.Ledger.AgedJ += _ageing.Step(_cells, _effects, _thermal.CoreDegC, stepS);
        (_lastCurrentA, Truth.PackCurrentA, Truth.TerminalVoltageV, Truth.AmbientDegC) = (currentA, currentA, terminalV, load.AmbientDegC);
        Truth.TimeS += stepS;
    }

    /// <summary>The current that load or charger drive, A: what is asked, within the pack's limits and the voltages it was told to keep.</summary>
    double LoadCurrentA(in TwinLoad load, double seriesOhm)
    {
        double wantedA = 0;
        if (!double.IsNaN(load.CurrentA)) wantedA = load.CurrentA;
        else if (!double.IsNaN(load.PowerW)) wantedA = CurrentForA(load.PowerW, seriesOhm);
        else if (load.ChargerConnected) wantedA = _command.CurrentA;

        if (!double.IsNaN(load.MaxCellV)) wantedA = Math.Min(wantedA, Math.Max(0, _string.HighestCurrentA(load.MaxCellV)));
        if (!double.IsNaN(load.MinCellV)) wantedA = Math.Max(wantedA, Math.Min(0, _string.LowestCurrentA(load.MinCellV)));
        return Math.Clamp(wantedA, -Math.Max(0, _command.DischargeLimitA), Math.Max(0, _command.ChargeLimitA));
    }

    /// <summary>R·i² + E·i = P; where the pack cannot give that much, the current of its greatest power.</summary>
    double CurrentForA(double powerW, double seriesOhm)
    {
        double emfV = _string.EmfV, root = emfV * emfV + 4 * seriesOhm * powerW;
        return root <= 0 ? -emfV / (2 * seriesOhm) : 2 * powerW / (emfV + Math.Sqrt(root));
    }

    /// <summary>The balancing board: one time constant towards what its resistors make.</summary>
    void Board(double ambientDegC, double stepS)
    {
        double settledDegC = ambientDegC + Layout.Balancing.BoardKPerW * _string.BleedW;
        Truth.BoardDegC = settledDegC + (Truth.BoardDegC - settledDegC) * Math.Exp(-stepS / Layout.Balancing.BoardTimeConstantS);
    }

    void Book(double terminalV, double currentA, double heaterW, double stepS)
    {
        var ledger = Truth.Ledger;
        double cells = 0, bars = 0;
        foreach (double heatW in _cells.HeatW) cells += heatW;
        foreach (double heatW in _string.BusbarHeatW) bars += heatW;
        ledger.TerminalJ += terminalV * currentA * stepS;
        ledger.StoredJ += _string.StoredJ;
        ledger.CellHeatJ += cells * stepS;
        ledger.BusbarHeatJ += bars * stepS;
        if (_contactors.IsOnLine) ledger.CableHeatJ += Layout.Wiring.CableOhm * currentA * currentA * stepS;
        ledger.BleedJ += _string.BleedW * stepS;
        var loop = _thermal.Loop;
        ledger.BroughtJ += (heaterW + (loop is null ? 0 : loop.PumpW + loop.HeaterW - loop.ChillerW)) * stepS;
        ledger.ToAmbientJ += _thermal.ToAmbientJ;
        ledger.HeldJ += _thermal.HeldJ;
        ledger.ChargeAs += currentA * stepS;
    }
}
