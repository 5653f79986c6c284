using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Battery.Ageing;

/// <summary>Runs a life of like cycles: some in full, the ones between by jumps whose error is measured and kept small.</summary>
/// <remarks>
/// A jump is one step of Heun's method in the number of cycles: it starts with the change of the last full cycle, runs a full cycle where it
/// lands, and takes the mean of both changes. Only what ages slowly jumps; what settles within a cycle (salt, plated lithium, the shape of
/// the particles) would carry the end of a single hold over hundreds of cycles. Half their difference times the jump is the error of the simpler rule, and bounds the jump.
/// The method: Sulzer et al., Energies 14 (2021) 5989 ("Accelerated battery lifetime simulations"), doi:10.3390/en14185989.
/// </remarks>
public sealed class LifeRunner
{
    readonly ElectrochemicalCell _cell;
    readonly ExperimentRunner _runner, _pulse;
    readonly IReadOnlyList<ExperimentStep> _cycle, _pulseSteps;
    readonly LifeOptions _options;
    readonly double[] _start, _end, _jumped, _bend;
    readonly int _unknowns;

    /// <summary>A life of a new cell from its set's initial state.</summary>
    /// <param name="cell">The model, with what ages in it.</param>
    /// <param name="cycle">The steps of one cycle; they must end where they begin.</param>
    /// <param name="options">How to jump.</param>
    public LifeRunner(ElectrochemicalCell cell, IReadOnlyList<ExperimentStep> cycle, LifeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestJump, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FirstCycles, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.JumpTolerance, nameof(options));
        (_cell, _cycle, _options) = (cell, cycle, options);
        (_runner, _pulse) = (new(cell) { PeriodS = double.PositiveInfinity }, new(cell) { PeriodS = double.PositiveInfinity });
        _pulseSteps = [new() { Text = "pulse of 10 s", Mode = StepMode.Current, HeldNumber = -options.PulseCRate * cell.Set.CapacityAh, DurationS = 10 }];
        (_start, _end, _jumped, _bend) = (new double[cell.Size], new double[cell.Size], new double[cell.Size], new double[cell.Size]);
        // Time, charge and energy are no part of the cell's condition.
        _unknowns = cell.ChargeIndex;
    }

    /// <summary>What ended a life before its last cycle; null when nothing did.</summary>
    public StepResult? Failure { get; private set; }

    /// <summary>The state after the last full cycle.</summary>
    public ReadOnlySpan<double> State => _runner.State;

    /// <summary>Cycles run in full, jumps taken back included.</summary>
    public int FullCycles { get; private set; }

    /// <summary>Runs from a new cell; one point a full cycle that counts, the last one at <paramref name="cycles"/>.</summary>
    public IReadOnlyList<LifePoint> Run(int cycles)
    {
        List<LifePoint> points = [];
        _runner.Rest(_cell.Set.Negative.InitialStoichiometry, _cell.Set.Positive.InitialStoichiometry);
        (Failure, FullCycles) = (null, 0);
        double[] change = new double[_cell.Size];
        int done = 0, jump = 1;
        while (done < cycles)
        {
            _runner.State.CopyTo(_start);
            if (done < _options.FirstCycles || jump <= 1 || _options.LongestJump == 1)
            {
                if (Cycle() is not { } discharged) return points;
                for (int i = 0; i < _unknowns; i++) change[i] = _runner.State[i] - _start[i];
                points.Add(Point(++done, discharged));
                if (done >= _options.FirstCycles) jump = 2 * Math.Max(jump, 1);
                continue;
            }

            int skipped = Math.Min(Math.Min(jump, _options.LongestJump), cycles - done - 1);
            if (skipped < 1)
            {
                jump = 1;
                continue;
            }

            _start.CopyTo(_jumped, 0);
            _cell.Extrapolate(_jumped, change, skipped);
            _runner.Resume(_jumped, _runner.TimeS);
            if (Cycle() is not { } there)
            {
                // The jump may have gone too far: go back and take a shorter one before giving up.
                _runner.Resume(_start, _runner.TimeS);
                jump = skipped / 2;
                if (jump >= 1) Failure = null;
                else return points;
                continue;
            }

            _runner.State.CopyTo(_end);
            double error = Error(skipped, change);
            if (error > 1 && skipped > 1)
            {
                _runner.Resume(_start, _runner.TimeS);
                jump = Math.Max(1, (int)(skipped * Math.Clamp(0.9 / Math.Sqrt(error), 0.2, 0.9)));
                continue;
            }

            for (int i = 0; i < _unknowns; i++)
            {
                double after = _end[i] - _jumped[i];
                (_bend[i], change[i]) = (after - change[i], after);
            }

            _cell.Extrapolate(_end, _bend, 0.5 * skipped);
            _runner.Resume(_end, _runner.TimeS);
            done += skipped + 1;
            jump = Math.Max(2, (int)(skipped * Math.Clamp(0.9 / Math.Sqrt(Math.Max(error, 1e-3)), 0.5, 3)));
            points.Add(Point(done, there));
        }

        return points;
    }

    /// <summary>Runs one cycle in full; the charge it gave, Ah, or null where it failed.</summary>
    double? Cycle()
    {
        FullCycles++;
        double discharged = 0;
        foreach (var step in _cycle)
        {
            var result = _runner.Run(step, 1);
            if (!result.Succeeded)
            {
                Failure = result;
                return null;
            }

            discharged -= Math.Min(0, result.ChargeAh);
        }

        return discharged;
    }

    LifePoint Point(int cycle, double dischargedAh)
    {
        var losses = LossModes.Of(_cell, _runner.State);
        if (_options.PulseCRate == 0) return new(cycle, dischargedAh, double.NaN, losses);
        double[] half = [.. _runner.State];
        (double negative, double positive) = losses.Balance.Stoichiometries(0.5);
        _cell.Refill(half, negative, positive);
        double restV = losses.Balance.OpenCircuitV(0.5, out _);
        _pulse.Resume(half, 0);
        bool carried = _pulse.Run(_pulseSteps[0], 1).Succeeded;
        return new(cycle, dischargedAh, carried ? (_cell.VoltageV(_pulse.State) - restV) / _pulseSteps[0].HeldNumber : double.NaN, losses);
    }

    /// <summary>Half the difference of the changes at both ends, times the jump, against the tolerance.</summary>
    double Error(int skipped, double[] change)
    {
        double[] first = [.. _start], other = [.. _start];
        for (int i = 0; i < _unknowns; i++)
        {
            first[i] += change[i];
            other[i] += _end[i] - _jumped[i];
        }

        (var a, var b) = (_cell.Health(first), _cell.Health(other));
        double worst = 0, lithiumAh = _cell.Set.CapacityAh;
        foreach ((var p, var q) in new[] { (a.Negative, b.Negative), (a.Positive, b.Positive) })
        {
            worst = Math.Max(worst, Math.Abs(p.FilmAh + p.DeadAh - q.FilmAh - q.DeadAh) / lithiumAh);
            worst = Math.Max(worst, Math.Abs(p.ActiveFraction - q.ActiveFraction));
            if (p.FilmThicknessM > 0) worst = Math.Max(worst, 0.01 * Math.Abs(p.FilmThicknessM - q.FilmThicknessM) / p.FilmThicknessM);
        }

        return 0.5 * skipped * worst / _options.JumpTolerance;
    }
}
