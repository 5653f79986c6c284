using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Everything that is estimated of a pack, from one reading after another. Nothing is allocated after it is made.</summary>
public sealed class PackEstimator
{
    /// <summary>What changes slowly is looked at this often, s.</summary>
    const double SlowS = 10;

    readonly PackCells _cells;
    readonly PackTemperatures _temperatures;
    readonly PackImbalance _imbalance;
    readonly PackPower _power;
    readonly PackEnergy _energy;
    readonly FullAhead _full;
    readonly CellAhead _ahead;
    readonly PackHealth _health;
    readonly PackFindings _findings;
    readonly PackEstimatorOptions _options;
    readonly PackLayout _layout;
    double _slowS = double.NegativeInfinity, _powerS = double.NegativeInfinity, _energyS = double.NegativeInfinity;

    /// <param name="layout">The pack.</param>
    /// <param name="cell">The cell it is built from; refused with an <see cref="ArgumentException"/> where it has no circuit.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    public PackEstimator(PackLayout layout, CellType cell, PackEstimatorOptions? options = null)
    {
        if (cell.Circuit is null) throw new ArgumentException($"Cell {cell.Id} has no circuit: identify one first.", nameof(cell));
        _options = options = (options ?? new()).Validated();
        _layout = layout;
        Group = GroupCell.Of(layout, cell);
        _cells = new(layout, Group, options);
        _temperatures = new(layout, Group, options.Temperatures);
        _imbalance = new(layout, Group);
        _health = new(layout, Group, options.Health);
        _findings = new(layout, Group, options.Findings);
        _ahead = new(Group, _cells, _temperatures);
        _power = new(layout, Group, _cells, _ahead, options.Power);
        _energy = new(layout, Group, _cells, _temperatures, _ahead, options.Energy);
        _full = new(Group, _ahead);
    }

    /// <summary>A parallel group of the pack seen as one cell.</summary>
    public CellType Group { get; }

    /// <summary>Tells a cell from its tap by the pack's voltage, as of the last reading.</summary>
    public SumWitness Sum => _cells.Sum;

    /// <summary>The load that energy is stated for; recent use as made.</summary>
    public EnergyLoad EnergyLoad
    {
        get => _energy.Load;
        set => _energy.Load = value;
    }

    /// <summary>Duty of the pump that temperatures are forecast for, 0…1; NaN, as made, where it stays as it is. Flow and level count as they are measured.</summary>
    public double PumpAheadFraction
    {
        get => _temperatures.PumpAheadFraction;
        set => _temperatures.PumpAheadFraction = value;
    }

    /// <summary>The heater that temperatures are forecast for; none as made.</summary>
    public HeaterUse HeaterAhead
    {
        get => _temperatures.HeaterAhead;
        set => _temperatures.HeaterAhead = value;
    }

    /// <summary>True while the coolant is told to flow from the last cell to the first: what surrounds the cells turns round with it.</summary>
    public bool IsFlowReversed
    {
        get => _temperatures.IsFlowReversed;
        set
        {
            if (value == _temperatures.IsFlowReversed) return;
            _temperatures.Reverse();
            _findings.Reversed();
        }
    }

    /// <summary>Power the chiller is told to run at, of its largest: one that cools nothing at full power is found. NaN, as made, where nobody says.</summary>
    public double ChillerFraction
    {
        get => _findings.ChillerFraction;
        set => _findings.ChillerFraction = value;
    }

    /// <summary>Starts anew from what is known of the mean SOC.</summary>
    public void Start(SocStart start)
    {
        _cells.Start(start);
        _temperatures.Start();
        _energy.Start();
        _health.Start();
        _findings.Start();
        (_slowS, _powerS, _energyS) = (double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity);
    }

    /// <summary>Writes down all that is known, for a start that goes on from there; null while the start is still being searched for.</summary>
    /// <param name="state">As the last <see cref="Update"/> filled it in.</param>
    public byte[]? Save(PackState state)
    {
        if (_cells.Mean.IsSearching || double.IsNaN(state.TimeS)) return null;
        var tape = new StateTape();
        Keep(tape, state);
        return tape.ToBytes();
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote for the same pack, cell and options. The time since counts as a gap that nothing was seen in.</summary>
    /// <param name="saved">What was written.</param>
    /// <param name="shiftS">Time of this clock less that of the clock then, s.</param>
    /// <param name="state">Filled in as far as it outlives a start.</param>
    /// <returns>False where it cannot be read: then nothing is known.</returns>
    public bool Resume(byte[] saved, double shiftS, PackState state)
    {
        var tape = new StateTape(saved, shiftS);
        Keep(tape, state);
        if (tape.IsDone && double.IsFinite(_cells.Mean.Filter.Soc)) return true;
        state.Clear();
        Start(SocStart.Unknown);
        return false;
    }

    void Keep(StateTape tape, PackState state)
    {
        int cells = tape.Count(_layout.SeriesCount, int.MaxValue), probes = tape.Count(_layout.Probes.Count, int.MaxValue);
        if (cells != _layout.SeriesCount || probes != _layout.Probes.Count) return;
        var serials = new SerialMarks(_layout);
        serials.Keep(tape);
        _cells.Keep(tape);
        _temperatures.Keep(tape);
        _health.Keep(tape);
        _energy.Keep(tape);
        _findings.Keep(tape);
        state.Health.Keep(tape);
        state.Findings.Keep(tape);
        for (int i = 0; i < _layout.SeriesCount; i++)
            if (serials.IsCellSwapped[i]) Swapped(i, 1, state);
        if (serials.IsBmsSwapped) BmsSwapped(state);
    }

    /// <summary>Forgets what was learnt of a module's cells: it was swapped.</summary>
    /// <exception cref="KeyNotFoundException">The pack has no module of that name.</exception>
    public void ModuleSwapped(string moduleId, PackState state)
    {
        var module = _layout.Modules.FirstOrDefault(m => m.Id == moduleId)
            ?? throw new KeyNotFoundException($"Pack {_layout.Id} has no module '{moduleId}'. Known: {string.Join(", ", _layout.Modules.Select(m => m.Id))}.");
        Swapped(module.FirstCell, module.CellCount, state);
    }

    /// <summary>Forgets what was learnt of the sensors: another BMS measures now. What is known of the cells stays.</summary>
    public void BmsSwapped(PackState state)
    {
        _cells.Mean.ForgetOffset();
        _health.Reopen();
        state.CurrentOffsetA = 0;
    }

    void Swapped(int firstCell, int cellCount, PackState state)
    {
        _cells.Begin(firstCell, cellCount);
        _health.Forget(state, firstCell, cellCount);
    }

    /// <summary>Takes in a reading and fills in what is known now. A signal whose quality is not good is never used.</summary>
    /// <param name="reading">Of the layout this was made for.</param>
    /// <param name="state">Of the same layout; overwritten.</param>
    public void Update(PackReading reading, PackState state)
    {
        bool isNew = double.IsNaN(state.TimeS), isSlow = isNew || IsDue(_slowS, reading.TimeS, SlowS);
        if (isSlow) _temperatures.Update(reading, _cells);
        _cells.Update(reading, Current(reading), _temperatures.MeanCaseDegC);
        _temperatures.AddHeat(_cells);
        _energy.Watch(_cells.FlownA, _cells.Mean.StepS);
        _health.Watch(Current(reading), _cells);
        state.TimeS = reading.TimeS;
        if (isSlow) _cells.LookForBroken();
        _cells.Report(state);
        if (isSlow)
        {
            _slowS = reading.TimeS;
            _cells.ReportSlow(state);
            _temperatures.Report(state);
            _imbalance.Update(_cells, state);
            _health.Update(reading, _cells, state);
            _findings.Update(reading, _cells, _temperatures, state);
        }

        PackImbalance.PackSoc(state);
        state.Validity = state.MeanSoc.Validity;
        Forecast(state, isNew);
    }

    void Forecast(PackState state, bool isNew)
    {
        bool power = isNew || IsDue(_powerS, state.TimeS, _options.Power.EveryS), energy = isNew || IsDue(_energyS, state.TimeS, _options.Energy.EveryS);
        if (!power && !energy) return;
        _ahead.Refresh();
        if (power)
        {
            _powerS = state.TimeS;
            _power.Update(state);
        }

        if (energy)
        {
            _energyS = state.TimeS;
            _energy.Update(state);
            state.FullInS = _full.TimeS(_cells.FlownA, state);
        }
    }

    /// <summary>A clock that jumped back or says nothing is no reason to wait.</summary>
    static bool IsDue(double lastS, double nowS, double everyS) => !(nowS - lastS < everyS) || nowS < lastS;

    static double Current(PackReading reading) =>
        reading.Quality(PackSignal.CurrentA) == SignalQuality.Good ? reading[PackSignal.CurrentA]
        : reading.Quality(PackSignal.RedundantCurrentA) == SignalQuality.Good ? reading[PackSignal.RedundantCurrentA] : double.NaN;
}
