using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>Runs experiments on a cell: loads, ends located on the solver's own output, output at even times.</summary>
/// <remarks>Runs reuse the memory taken at construction. The state lives on between runs, so that a cell can be cycled.</remarks>
public sealed class ExperimentRunner
{
    /// <summary>A load's equation met as closely as this by the present current needs no search, V.</summary>
    const double ContinuesV = 1e-4;

    const double FirstStepS = 1e-3, SmallestStepS = 1e-8, RootTolerance = 1e-10;

    /// <summary>A plating margin is met when it is as near as this, V.</summary>
    const double MarginMetV = 1e-6;

    /// <summary>Longer than any battery lives: an end that never comes is given up here.</summary>
    const double LongestS = 1e10;

    /// <summary>A piece of a drive cycle longer than this, s, deserves a method of high order and its dense output.</summary>
    const double LongPieceS = 20;

    /// <summary>Down to this tolerance a method of order two is the cheapest between the knots of a drive cycle.</summary>
    const double CourseTolerance = 1e-5;

    /// <summary>First step into a piece of another length, s.</summary>
    const double FirstPieceStepS = 1;

    /// <summary>Currents are looked for up to this many times the capacity, 1/h.</summary>
    const double LargestRate = 50;

    /// <summary>A step of an experiment needs tens of solver steps; this many means that the solution has lost its smoothness.</summary>
    const int MostSolverSteps = 20_000;

    /// <summary>So many solver steps that come no further than this, s, are a solution that creeps up to its end: salt or plated lithium that runs out.</summary>
    const int ProgressSteps = 1000;

    /// <inheritdoc cref="ProgressSteps"/>
    const double ProgressS = 0.5;

    const int MostLandings = 5;

    /// <summary>The ends that the running step has.</summary>
    readonly List<StepEnd> _ends = [];
    readonly double[] _before = new double[Enum.GetValues<StepEnd>().Length];
    readonly ElectrochemicalCell _cell;
    readonly RosenbrockIntegrator _integrator, _driver;
    readonly DfnCourse? _course;
    readonly ModalStepper? _closedForm;
    readonly bool _closedFormIsExact;
    readonly double[] _state, _work, _output;
    readonly CurrentRamp _ramp = new();
    ElectrodeBalance? _balance;
    double _timeS, _nextOutputS, _socAtNoCharge;
    int _outputAt;

    /// <summary>A runner of a cell, at rest at the set's own initial state.</summary>
    public ExperimentRunner(ElectrochemicalCell cell)
    {
        _cell = cell;
        bool curved = cell is SpmSystem;
        bool ages = curved && cell.IsAgeing;
        _integrator = new(cell, RosenbrockTableau.Rodas4P2) { ChecksInside = curved, ChecksEnd = ages, SmallestStep = SmallestStepS };
        _driver = new(cell, RosenbrockTableau.Rodas3) { ChecksEnd = ages, SmallestStep = SmallestStepS };
        if (cell is SpmSystem { HasClosedForm: true } single) (_closedForm, _closedFormIsExact) = (new(single), single.IsExact);
        if (cell is DfnSystem { HasCourse: true } porous) _course = new(porous);
        (_state, _work, _output) = (new double[cell.Size], new double[2 * cell.Size], new double[cell.Size]);
        Rest(cell.Set.Negative.InitialStoichiometry, cell.Set.Positive.InitialStoichiometry);
    }

    /// <summary>Output period, s; an infinite one gives the ends of steps only.</summary>
    public double PeriodS { get; set; } = 60;

    /// <summary>Output at these times, ascending, s, in place of even periods.</summary>
    public IReadOnlyList<double>? OutputTimesS { get; set; }

    /// <summary>Where output goes.</summary>
    public IRunObserver? Observer { get; set; }

    /// <summary>Where solver steps are written down or taken from, for derivatives by nearly equal runs; null for neither.</summary>
    public StepScript? Script
    {
        get => _integrator.Script;
        set => _integrator.Script = _driver.Script = value;
    }

    /// <summary>Time since the cell was last put to rest, s.</summary>
    public double TimeS => _timeS;

    /// <summary>The state now.</summary>
    public ReadOnlySpan<double> State => _state;

    /// <summary>Solver steps, accepted and rejected, since construction.</summary>
    public (long Accepted, long Rejected) SolverSteps => (
        _integrator.Accepted + _driver.Accepted + (_closedForm?.Accepted ?? 0) + (_course?.Accepted ?? 0),
        _integrator.Rejected + _driver.Rejected + (_closedForm?.Rejected ?? 0) + (_course?.Rejected ?? 0));

    /// <summary>Puts the cell to rest at these stoichiometries and the clock to 0.</summary>
    public void Rest(double negativeStoichiometry, double positiveStoichiometry)
    {
        _cell.Rest(_state, negativeStoichiometry, positiveStoichiometry);
        (_timeS, _outputAt) = (0, 0);
    }

    /// <summary>Goes on from a state of the same model.</summary>
    public void Resume(ReadOnlySpan<double> state, double timeS)
    {
        state.CopyTo(_state);
        (_timeS, _outputAt) = (timeS, 0);
    }

    /// <summary>Runs steps until the end or the first that fails.</summary>
    public IReadOnlyList<StepResult> Run(IReadOnlyList<ExperimentStep> steps)
    {
        List<StepResult> results = new(steps.Count);
        foreach (var step in steps)
        {
            var result = Run(step, results.Count + 1);
            results.Add(result);
            if (!result.Succeeded) break;
        }

        return results;
    }

    /// <summary>Runs one step.</summary>
    public StepResult Run(ExperimentStep step, int number)
    {
        double startS = _timeS, startC = _state[_cell.ChargeIndex], startJ = _state[_cell.EnergyIndex];
        _cell.Renew(_state);
        if (!double.IsNaN(step.AmbientTemperatureK)) _cell.AmbientTemperatureK = step.AmbientTemperatureK;
        if (!double.IsNaN(step.UntilSoc))
            _socAtNoCharge = (_balance ??= new(_cell.Set)).Soc(_cell.MeanStoichiometry(_state).Negative) - Units.ToAmpereHours(startC) / _balance.CapacityAh;
        ListEnds(step);
        double periodS = double.IsNaN(step.PeriodS) ? PeriodS : step.PeriodS;
        _nextOutputS = NextOutputS(startS, periodS);
        StepEnd end;
        if (step.Mode == StepMode.Drive) end = Drive(step, number, periodS);
        else
        {
            _cell.Load = step.Load();
            var stepper = Stepper(step, double.PositiveInfinity);
            end = Begin(step, number, stepper) ?? Advance(stepper, step, number, startS + Math.Min(step.DurationS, LongestS), periodS) ?? StepEnd.Time;
        }

        return new(number, step, end, startS, _timeS, Units.ToAmpereHours(_state[_cell.ChargeIndex] - startC),
            Units.ToAmpereHours(_state[_cell.EnergyIndex] - startJ));
    }

    void ListEnds(ExperimentStep step)
    {
        _ends.Clear();
        if (!double.IsNaN(step.UntilV)) _ends.Add(StepEnd.Voltage);
        if (!double.IsNaN(step.UntilA)) _ends.Add(StepEnd.Current);
        if (!double.IsNaN(step.UntilTemperatureK) && _cell.IsThermal) _ends.Add(StepEnd.Temperature);
        if (!double.IsNaN(step.UntilSoc)) _ends.Add(StepEnd.Soc);
        if (!double.IsNaN(step.UntilMarginV)) _ends.Add(StepEnd.PlatingMargin);
    }

    /// <summary>A cell in modes has the cheapest steps; kinks that follow each other want a method of low order.</summary>
    IStepper Stepper(ExperimentStep step, double pieceS)
    {
        // Steps that are told by a script must be steps of the integrator, unless lengths do not matter.
        if (_closedForm is not null && (Script is null || (_closedFormIsExact && step.Mode is StepMode.Current or StepMode.Drive))) return _closedForm;
        if (step.Mode != StepMode.Drive || pieceS > LongPieceS) return _integrator;
        return _course is not null && Script is null && _cell.Tolerance >= CourseTolerance ? _course : _driver;
    }

    StepEnd Drive(ExperimentStep step, int number, double periodS)
    {
        var knots = step.DriveA!;
        double startS = _timeS;
        _cell.Load = _ramp;
        IStepper? last = null;
        for (int k = 0; k + 1 < knots.Count; k++)
        {
            double fromS = startS + (step.DriveTimesS?[k] ?? k), toS = startS + (step.DriveTimesS?[k + 1] ?? k + 1);
            _ramp.MoveTo(fromS, knots[k], toS, knots[k + 1]);
            var stepper = Stepper(step, toS - fromS);
            if (k == 0 && Begin(step, number, stepper) is { } early) return early;
            if (k > 0 && stepper != last)
            {
                Keep(last!);
                stepper.Start(_timeS, _state, Math.Min(last!.NextStep, FirstPieceStepS));
            }

            last = stepper;
            if (Advance(stepper, step, number, toS, periodS) is { } end) return end;
        }

        if (last is not null) Keep(last);
        return StepEnd.Time;
    }

    /// <summary>Makes the state consistent with the load; an end that is already met passes the step over.</summary>
    StepEnd? Begin(ExperimentStep step, int number, IStepper stepper)
    {
        double guessA = _cell.Load.CurrentGuessA(_timeS);
        if (!Consistent(double.IsNaN(guessA) ? GuessCurrentA() : guessA)) return StepEnd.Infeasible;
        Observer?.Point(number, _timeS, _cell, _state);
        double voltageV = _cell.VoltageV(_state), currentA = _state[_cell.CurrentIndex];
        if (Beyond(step, voltageV, currentA, step.HeldNumber) || BeyondCharge(step, currentA)) return StepEnd.MetAtStart;
        stepper.Start(_timeS, _state, step.Mode == StepMode.Current && currentA == 0 ? 0.1 : FirstStepS);
        return null;
    }

    /// <summary>Solves for potentials and current; a state that cannot carry the load is left as it was.</summary>
    bool Consistent(double currentA)
    {
        _state.CopyTo(_output, 0);
        // From the guess of an even reaction, and where that fails from states nearer to rest.
        foreach (double share in (ReadOnlySpan<double>)[1, 0.5, 0.2, 0.05, 0])
        {
            _cell.GuessPotentials(_state, share * currentA);
            if (ConsistentState.Solve(_cell, _timeS, _state, 1e-10, 0.2, _cell.PotentialCount, _work)) return true;
        }

        _output.CopyTo(_state, 0);
        return false;
    }

    /// <summary>The current at which an even reaction without ohmic drops would answer the load, A; the present one where none does.</summary>
    double GuessCurrentA()
    {
        double presentA = _state[_cell.CurrentIndex], low = -LargestRate * _cell.Set.CapacityAh, high = -low;
        double Residual(double currentA)
        {
            _state.CopyTo(_output, 0);
            _cell.GuessPotentials(_output, currentA);
            return _cell.Load.At(_timeS, currentA, _cell.VoltageV(_output)).G;
        }

        // A hold that follows a charge to its voltage goes on with the charge's current.
        if (Math.Abs(Residual(presentA)) < ContinuesV) return presentA;
        double atLow = Residual(low), atHigh = Residual(high);
        if (!(atLow * atHigh < 0)) return presentA;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high), there = Residual(middle);
            if (there < 0 == atLow < 0) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    /// <summary>A charge that starts above its voltage, a discharge below its, or a hold under its current.</summary>
    static bool Beyond(ExperimentStep step, double voltageV, double currentA, double direction)
    {
        if (step.Mode == StepMode.Voltage) return Math.Abs(currentA) <= step.UntilA;
        double sign = step.Mode == StepMode.Resistance ? -1 : Math.Sign(direction);
        return sign != 0 && sign * (voltageV - step.UntilV) >= 0;
    }

    /// <summary>A state of charge that the current leads away from, or a plating margin already used up.</summary>
    bool BeyondCharge(ExperimentStep step, double currentA)
    {
        if (currentA != 0 && Math.Sign(currentA) * (SocAt(_state[_cell.ChargeIndex]) - step.UntilSoc) >= 0) return true;
        if (double.IsNaN(step.UntilMarginV)) return false;
        _cell.Evaluate(_timeS, _state, _work.AsSpan(0, _cell.Size));
        return _cell.PlatingMarginV <= step.UntilMarginV + MarginMetV;
    }

    double SocAt(double chargeC) => _balance is null ? double.NaN : _socAtNoCharge + Units.ToAmpereHours(chargeC) / _balance.CapacityAh;

    /// <summary>Integrates to a time or the first end; null when the time was reached. Of a drive cycle, whose pieces follow each other, the caller then keeps the state.</summary>
    StepEnd? Advance(IStepper integrator, ExperimentStep step, int number, double limitS, double periodS)
    {
        for (int k = 0; k < _ends.Count; k++) _before[k] = Distance(_ends[k], step, integrator, integrator.Time);
        double markedS = _timeS;
        for (int taken = 1; _timeS < limitS; taken++)
        {
            bool isStuck = taken % ProgressSteps == 0 && _timeS - markedS < ProgressS;
            if (taken % ProgressSteps == 0) markedS = _timeS;
            if (isStuck || taken == MostSolverSteps || integrator.Step(limitS) != StepOutcome.Accepted)
            {
                Keep(integrator);
                return StepEnd.SolutionEnds;
            }

            StepEnd? end = null;
            double atS = integrator.Time;
            for (int k = 0; k < _ends.Count; k++)
            {
                double before = _before[k], after = _before[k] = Distance(_ends[k], step, integrator, integrator.Time);
                if (double.IsNaN(before) || before < 0 == after < 0) continue;
                double root = Root(_ends[k], step, integrator, before, after);
                if (root <= atS) (atS, end) = (root, _ends[k]);
            }

            Output(integrator, number, atS, periodS);
            // At an end the step is taken again up to it, so that the state lies on the solver's own path.
            if (end is not null) Land(end.Value, step, integrator, atS);
            _timeS = integrator.Time;
            if (_cell.IsAgeing || end is not null) Keep(integrator);
            if (_cell.IsAgeing && _cell.IsWorn(_state))
            {
                _cell.Renew(_state);
                integrator.Start(_timeS, _state, integrator.NextStep);
            }

            if (end is null) continue;
            Observer?.Point(number, _timeS, _cell, _state);
            return end;
        }

        if (step.Mode != StepMode.Drive) Keep(integrator);
        return null;
    }

    void Keep(IStepper integrator)
    {
        integrator.State.CopyTo(_state);
        _timeS = integrator.Time;
    }

    void Output(IStepper integrator, int number, double untilS, double periodS)
    {
        if (Observer is null) return;
        for (; _nextOutputS <= untilS; _nextOutputS = NextOutputS(_nextOutputS, periodS))
        {
            integrator.Interpolate(_nextOutputS, _output);
            Observer.Point(number, _nextOutputS, _cell, _output);
        }
    }

    double NextOutputS(double afterS, double periodS)
    {
        if (OutputTimesS is not { } times) return afterS + periodS;
        while (_outputAt < times.Count && times[_outputAt] <= afterS) _outputAt++;
        return _outputAt < times.Count ? times[_outputAt] : double.PositiveInfinity;
    }

    /// <summary>Takes the last solver step again up to an end, correcting the end by the state's own distance to it.</summary>
    void Land(StepEnd kind, ExperimentStep step, IStepper integrator, double atS)
    {
        double lastS = double.NaN, last = double.NaN;
        for (int i = 0; i < MostLandings && atS > integrator.StepStart; i++)
        {
            if (!integrator.Redo(atS)) return;
            double there = Distance(kind, step, integrator, atS), small = 1e-3 * (atS - integrator.StepStart);
            // The step's own output gives the first slope, the ends of two steps the next.
            double slope = i > 0 ? (there - last) / (atS - lastS) : (there - Distance(kind, step, integrator, atS - small)) / small;
            if (Math.Abs(there) < RootTolerance || !double.IsFinite(there / slope)) return;
            (lastS, last) = (atS, there);
            atS -= there / slope;
        }
    }

    /// <summary>How far an end is away, in its own unit.</summary>
    double Distance(StepEnd kind, ExperimentStep step, IStepper integrator, double timeS)
    {
        switch (kind)
        {
            case StepEnd.Temperature:
                return integrator.Interpolate(timeS, _cell.TemperatureIndex) - step.UntilTemperatureK;
            case StepEnd.Soc:
                return SocAt(integrator.Interpolate(timeS, _cell.ChargeIndex)) - step.UntilSoc;
            case StepEnd.PlatingMargin:
                integrator.Interpolate(timeS, _output);
                _cell.Evaluate(timeS, _output, _work.AsSpan(0, _cell.Size));
                return _cell.PlatingMarginV - step.UntilMarginV;
        }

        double currentA = integrator.Interpolate(timeS, _cell.CurrentIndex);
        if (kind == StepEnd.Current) return Math.Abs(currentA) - step.UntilA;
        return _cell.VoltageV(integrator.Interpolate(timeS, _cell.CollectorIndex), currentA) - step.UntilV;
    }

    /// <summary>Where a distance changes its sign inside the last step (Illinois variant of regula falsi).</summary>
    double Root(StepEnd kind, ExperimentStep step, IStepper integrator, double from, double to)
    {
        double a = integrator.StepStart, b = integrator.Time, fa = from, fb = to;
        int side = 0;
        for (int i = 0; i < 100 && b - a > RootTolerance * Math.Max(1, b); i++)
        {
            double c = (a * fb - b * fa) / (fb - fa), fc = Distance(kind, step, integrator, c);
            if (Math.Abs(fc) < RootTolerance) return c;
            if (fc < 0 == fb < 0)
            {
                (b, fb) = (c, fc);
                if (side == -1) fa /= 2;
                side = -1;
            }
            else
            {
                (a, fa) = (c, fc);
                if (side == 1) fb /= 2;
                side = 1;
            }
        }

        return b;
    }
}
