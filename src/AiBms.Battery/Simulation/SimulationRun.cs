using AiBms.Battery.Cells;
using AiBms.Numerics;

namespace AiBms.Battery.Simulation;

/// <summary>Takes a simulated pack through phases and records what its sensors read.</summary>
public sealed class SimulationRun
{
    const double StepS = 1;

    readonly SimulationOptions _options;
    readonly SimulatedPack _pack;
    readonly Sensors _sensors;
    readonly DrivePower _drive;
    readonly double _cellsInVehicle, _mostDischargeA, _mostChargeA;
    readonly List<double> _timeS = [], _currentA = [], _soc = [];
    readonly List<double[]> _cellV = [], _probeDegC = [];
    double _nowS;

    SimulationRun(CellType type, SimulationOptions options, int seed)
    {
        options.Validate();
        // Each use of the seed has a stream of its own, so that a longer drive does not change the cells.
        SeededStream stream(string use) => SeededStream.For((ulong)seed, use);
        _options = options;
        _pack = new(type, options.CellCount, options.StartSoc, options.AmbientDegC, options.Spread, stream("cells"));
        _sensors = new(options.Sensors, stream("sensors"));
        _drive = new(options.Vehicle, stream("drive"));
        (_mostDischargeA, _mostChargeA) = (type.Ratings?.MaxDischargeA ?? double.PositiveInfinity, type.Ratings?.MaxChargeA ?? double.PositiveInfinity);
        _cellsInVehicle = options.Vehicle.BatteryEnergyWh / (type.CapacityAh * _pack.Cells[0].VoltageV);
    }

    /// <summary>Runs the phases one after the other.</summary>
    /// <param name="type">What the cells are made as, with circuit and thermal numbers.</param>
    /// <param name="phases">What happens to the pack.</param>
    /// <param name="options">Pack, surroundings and sensors; validated here.</param>
    /// <param name="seed">Same seed, same recording.</param>
    /// <returns>A row every <see cref="SimulationOptions.IntervalS"/> seconds: values at the end of the step before it.</returns>
    public static SimulatedRecording Of(CellType type, IReadOnlyList<Phase> phases, SimulationOptions options, int seed)
    {
        var run = new SimulationRun(type, options, seed);
        run.Record(0);
        foreach (var phase in phases) run.Play(phase);
        return run.Finish();
    }

    void Play(Phase phase)
    {
        double endS = Math.Min(_nowS + phase.DurationS, phase is RestPhase rest ? rest.UntilS : double.PositiveInfinity);
        while (_nowS < endS)
        {
            if (NextCurrentA(phase) is not { } currentA) return;
            _pack.Step(currentA, _options.AmbientDegC, StepS);
            _nowS += StepS;
            if (_nowS % _options.IntervalS == 0) Record(currentA);
        }
    }

    /// <summary>The current of the next second; null when the phase is over.</summary>
    double? NextCurrentA(Phase phase)
    {
        switch (phase)
        {
            case DrivePhase drive:
                if (_pack.Cells.Min(cell => cell.Soc) <= drive.SocFloor) return null;
                // The vehicle keeps to the cell's ratings, as its battery management would make it.
                return Math.Clamp(_pack.CurrentForA(_drive.NextW() * _pack.Cells.Count / _cellsInVehicle), -_mostDischargeA, _mostChargeA);
            case ChargePhase charge:
                double currentA = _pack.ChargeCurrentA(charge.CurrentA, charge.LimitV);
                return currentA > charge.CutOffA ? currentA : null;
            case RestPhase:
                return 0;
            default:
                throw new ArgumentException($"{phase.GetType().Name} is for packs.", nameof(phase));
        }
    }

    void Record(double currentA)
    {
        _timeS.Add(_nowS);
        _currentA.Add(_sensors.ReadCurrentA(currentA));
        _cellV.Add([.. _pack.Cells.Select(cell => _sensors.ReadVoltageV(cell.VoltageV))]);
        _probeDegC.Add([.. Enumerable.Range(0, _options.ProbeCount).Select(p => _sensors.ReadTemperatureDegC(_pack.Cells[ProbedCell(p)].CaseDegC))]);
        _soc.Add(_pack.MeanSoc);
    }

    int ProbedCell(int probe) => (int)((probe + 0.5) * _pack.Cells.Count / _options.ProbeCount);

    SimulatedRecording Finish()
    {
        var recording = new SimulatedRecording([.. _timeS], _options.CellCount, _options.ProbeCount);
        for (int row = 0; row < recording.RowCount; row++)
        {
            recording.CurrentA[row] = _currentA[row];
            recording.VoltageV[row] = _cellV[row].Sum();
            recording.AmbientDegC[row] = _options.AmbientDegC;
            recording.Soc[row] = _soc[row];
            for (int k = 0; k < _options.CellCount; k++) recording.CellVoltageV[k][row] = _cellV[row][k];
            for (int p = 0; p < _options.ProbeCount; p++) recording.ProbeDegC[p][row] = _probeDegC[row][p];
        }

        return recording;
    }
}
