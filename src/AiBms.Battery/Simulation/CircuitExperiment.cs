using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Thermal;

namespace AiBms.Battery.Simulation;

/// <summary>Runs experiments in words on a cell's equivalent circuit: the same text as for the physics-based models.</summary>
/// <remarks>
/// Steps of at most a second, exact for the circuit under their current; a held voltage, power or resistance is met at the end of each, and
/// an end is located by shortening the step until it is met.
/// </remarks>
public sealed class CircuitExperiment
{
    const double StepS = 1, AgreementV = 1e-10;

    /// <summary>An end that never comes is given up after a hundred days.</summary>
    const double LongestS = 100 * 86_400.0;

    /// <summary>Charge beyond full or empty, as a share of the capacity, past which the circuit's tables say nothing.</summary>
    const double Beyond = 0.05;

    const int Halvings = 50, MostRounds = 40;

    readonly CellType _cell;
    readonly TheveninModel _circuit;
    readonly CoreCaseModel? _thermal;
    readonly double[] _state, _before;
    readonly CurrentRamp _ramp = new();
    double _timeS, _chargeAh, _energyWh, _currentA, _voltageV, _coreDegC, _caseDegC, _ambientDegC;

    /// <param name="cell">With a circuit, and thermal numbers where it warms; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="soc">At the start, 0…1, at rest.</param>
    /// <param name="ambientDegC">Temperature of cell and surroundings at the start, °C.</param>
    /// <param name="isThermal">Whether the cell warms by its own heat.</param>
    public CircuitExperiment(CellType cell, double soc, double ambientDegC, bool isThermal)
    {
        (_cell, _circuit) = (cell, new(cell));
        if (isThermal) _thermal = new(cell.Thermal ?? throw new ArgumentException($"cell {cell.Id} has no thermal numbers: run it without warming", nameof(isThermal)));
        (_state, _before) = (new double[_circuit.StateCount], new double[_circuit.StateCount]);
        _circuit.Rest(_state, soc);
        _ambientDegC = _coreDegC = _caseDegC = ambientDegC;
        _voltageV = _circuit.VoltageV(_state, 0, _coreDegC);
    }

    /// <summary>Runs steps until the end or the first that fails; output goes out every period and at the end of each step.</summary>
    /// <exception cref="ArgumentException">A step asks for what a circuit does not have; the message names it.</exception>
    public IReadOnlyList<StepResult> Run(IReadOnlyList<ExperimentStep> steps, double periodS, Action<CircuitPoint> output)
    {
        List<StepResult> results = [];
        foreach (var step in steps)
        {
            if (!double.IsNaN(step.UntilMarginV)) throw new ArgumentException($"'{step.Text}': a circuit has no electrode that could plate; use the model spm, spme or dfn", nameof(steps));
            if (!double.IsNaN(step.UntilTemperatureK) && _thermal is null) throw new ArgumentException($"'{step.Text}': the cell's temperature does not change; let it warm", nameof(steps));
            (double startS, double startAh, double startWh) = (_timeS, _chargeAh, _energyWh);
            var end = Run(step, results.Count + 1, double.IsNaN(step.PeriodS) ? periodS : step.PeriodS, output);
            results.Add(new(results.Count + 1, step, end, startS, _timeS, _chargeAh - startAh, _energyWh - startWh));
            if (!results[^1].Succeeded) break;
        }

        return results;
    }

    StepEnd Run(ExperimentStep step, int number, double periodS, Action<CircuitPoint> output)
    {
        if (!double.IsNaN(step.AmbientTemperatureK))
        {
            _ambientDegC = step.AmbientTemperatureK - Units.ZeroCelsiusK;
            if (_thermal is null) _coreDegC = _caseDegC = _ambientDegC;
        }

        double startS = _timeS, nextS = startS + periodS;
        bool drives = step.Mode == StepMode.Drive;
        double lastS = startS + (drives ? Knot(step, step.DriveA!.Count - 1) : Math.Min(step.DurationS, LongestS));
        var load = drives ? _ramp : step.Load();
        int knot = 0;
        if (drives) Turn(step, startS, ref knot);
        if (!Solve(load, _timeS, 0)) return StepEnd.Infeasible;
        output(Point(number));
        if (Met(step) is not null) return StepEnd.MetAtStart;
        while (_timeS < lastS)
        {
            double limitS = Math.Min(lastS, nextS);
            if (drives)
            {
                if (_timeS >= startS + Knot(step, knot + 1)) Turn(step, startS, ref knot);
                limitS = Math.Min(limitS, startS + Knot(step, knot + 1));
            }

            double beginS = _timeS, length = Math.Min(StepS, limitS - beginS);
            var began = (_chargeAh, _energyWh, _currentA, _voltageV, _coreDegC, _caseDegC);
            if (!Advance(load, beginS, length)) return StepEnd.SolutionEnds;
            var end = Met(step);
            if (end is not null)
            {
                (double low, double high) = (0, length);
                for (int i = 0; i < Halvings; i++)
                {
                    double middle = 0.5 * (low + high);
                    Back(began);
                    Advance(load, beginS, middle);
                    if (Met(step) is null) low = middle;
                    else high = middle;
                }

                Back(began);
                Advance(load, beginS, high);
                length = high;
            }

            _timeS = end is null && length == limitS - beginS ? limitS : beginS + length;
            if (!(_state[0] > -Beyond && _state[0] < 1 + Beyond)) return StepEnd.SolutionEnds;
            bool isDue = _timeS >= nextS;
            if (isDue) nextS += periodS;
            if (isDue || end is not null || _timeS >= lastS) output(Point(number));
            if (end is not null) return end.Value;
        }

        return StepEnd.Time;
    }

    void Back((double, double, double, double, double, double) began)
    {
        (_chargeAh, _energyWh, _currentA, _voltageV, _coreDegC, _caseDegC) = began;
        _before.CopyTo(_state, 0);
    }

    static double Knot(ExperimentStep step, int k) => step.DriveTimesS?[k] ?? k;

    void Turn(ExperimentStep step, double startS, ref int knot)
    {
        if (_timeS > startS) knot++;
        _ramp.MoveTo(startS + Knot(step, knot), step.DriveA![knot], startS + Knot(step, knot + 1), step.DriveA[knot + 1]);
    }

    /// <summary>Takes a step under the current that meets the load at its end.</summary>
    bool Advance(ILoad load, double beginS, double length)
    {
        double firstV = _voltageV, firstA = _currentA, heatW = _thermal is null ? 0 : _circuit.HeatW(_state, _currentA, _coreDegC);
        _state.CopyTo(_before, 0);
        if (!Solve(load, beginS, length)) return false;
        // A current that is known runs straight; another holds through the step.
        double meanA = MeanA(load, beginS, length);
        _chargeAh += Units.ToAmpereHours(meanA * length);
        _energyWh += Units.ToAmpereHours(length / 6 * (2 * firstA * firstV + (firstA * _voltageV) + (_currentA * firstV) + 2 * _currentA * _voltageV));
        _thermal?.Step(ref _coreDegC, ref _caseDegC, heatW, _ambientDegC, length);
        return true;
    }

    double MeanA(ILoad load, double beginS, double length) => double.IsNaN(load.CurrentGuessA(beginS)) ? _currentA : load.CurrentGuessA(beginS + 0.5 * length);

    /// <summary>The current at which the load's equation holds a time after <see cref="_before"/>'s state, by secants.</summary>
    bool Solve(ILoad load, double beginS, double length)
    {
        if (length == 0) _state.CopyTo(_before, 0);
        double given = load.CurrentGuessA(beginS + length);
        double current = double.IsNaN(given) ? _currentA : given, lastA = double.NaN, lastG = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            _before.CopyTo(_state, 0);
            _circuit.Step(_state, double.IsNaN(given) ? current : load.CurrentGuessA(beginS + 0.5 * length), _coreDegC, length);
            (_currentA, _voltageV) = (current, _circuit.VoltageV(_state, current, _coreDegC));
            if (!double.IsFinite(_voltageV)) return false;
            if (!double.IsNaN(given)) return true;
            var equation = load.At(beginS + length, current, _voltageV);
            if (Math.Abs(equation.G) < AgreementV * Math.Max(1, Math.Abs(equation.GI))) return true;
            double slope = round == 0 ? equation.GI + equation.GV * _circuit.SeriesOhm(_state, _coreDegC) : (equation.G - lastG) / (current - lastA);
            (lastA, lastG) = (current, equation.G);
            current -= equation.G / slope;
            if (!double.IsFinite(current)) return false;
        }

        return false;
    }

    StepEnd? Met(ExperimentStep step)
    {
        double sign = step.Mode == StepMode.Resistance ? -1 : step.Mode is StepMode.Drive or StepMode.Control ? Math.Sign(_currentA) : Math.Sign(step.HeldNumber);
        if (step.Mode != StepMode.Voltage && sign * (_voltageV - step.UntilV) >= 0 && sign != 0) return StepEnd.Voltage;
        if (Math.Abs(_currentA) <= step.UntilA) return StepEnd.Current;
        if (Math.Sign(_currentA) * (_state[0] - step.UntilSoc) >= 0 && _currentA != 0) return StepEnd.Soc;
        return _coreDegC + Units.ZeroCelsiusK >= step.UntilTemperatureK ? StepEnd.Temperature : null;
    }

    CircuitPoint Point(int number) => new(number, _timeS, _currentA, _voltageV, _coreDegC, _chargeAh, _energyWh, _state[0]);
}
