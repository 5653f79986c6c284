using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>Fits a physics-based model to measured curves: the electrode balance first, then kinetics and transport, then all together.</summary>
/// <remarks>
/// Least squares of the voltages in the logarithms of the parameters, between bounds, by Gauss and Newton's method with the solver's own
/// sensitivities. Every curve counts the same times its weight, whatever its length. What is believed beforehand, that a parameter is
/// within a factor of its start, counts against the residuals as one of about ten independent pieces of each curve would: so parameters that
/// the data do not determine stay where they were, and those that they do determine move freely.
/// </remarks>
public sealed class ElectrodeFit
{
    const double Tolerance = 1e-4, CoarseTolerance = 1e-3, FinalTolerance = 1e-6;

    /// <summary>Error of a model that is about right, V, before the fit has said so itself; independent pieces of a curve.</summary>
    const double FirstErrorV = 0.01, PiecesPerCurve = 10;

    static readonly double s_ln2 = Math.Log(2);

    readonly ParameterSet _start;
    readonly ElectrodeFitOptions _options;
    readonly FitVariable[] _variables;
    readonly IFitBlock[] _blocks, _checks;
    readonly Action<string, double>? _progress;
    int _rounds;
    double _errorV;

    ElectrodeFit(ParameterSet start, ElectrodeFitOptions options, IReadOnlyList<IFitBlock> blocks, Action<string, double>? progress)
    {
        (_start, _options, _progress) = (start, options, progress);
        _blocks = [.. blocks.Where(b => b.Use != "check")];
        _checks = [.. blocks.Where(b => b.Use == "check")];
        _variables = options.Vary is { } vary
            ? [.. vary.Select(text => FitVariable.Parse(text, start))]
            : [.. FitVariable.Usual(start, options.Kind != ModelKind.Spm)];
    }

    /// <summary>Fits.</summary>
    /// <param name="origin">Where to begin: the shapes of its functions are kept.</param>
    /// <param name="capacityAh">Capacity that states of charge count by, Ah; the set's area is scaled by it against the set's own.</param>
    /// <param name="runs">Recordings under load.</param>
    /// <param name="isSlow">Whether each is a slow one, which the balance is seen by.</param>
    /// <param name="ocv">A measured open-circuit curve; null for none.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the stage and the RMSE, mV.</param>
    /// <exception cref="ArgumentException">The lithium of the set cannot reach its cut-offs, or there is nothing to fit.</exception>
    /// <exception cref="FormatException">A parameter to vary is not known.</exception>
    public static ElectrodeFitResult Run(
        ParameterSet origin, double capacityAh, IReadOnlyList<FitRun> runs, IReadOnlyList<bool> isSlow, OcvCurve? ocv, ElectrodeFitOptions options, Action<string, double>? progress = null)
    {
        var start = Full(origin, capacityAh);
        List<IFitBlock> blocks = [.. runs.Select((run, k) => new RunBlock(run, isSlow[k] ? "ocv" : run.IsFit ? "fit" : "check", options.Kind, options.Resolution, options.MostPoints, origin.LowerVoltageV))];
        if (ocv is not null) blocks.Insert(0, new OcvBlock("open-circuit table", ocv, capacityAh));
        if (blocks.All(b => b.Use == "check")) throw new ArgumentException("there is nothing to fit: every recording only checks", nameof(runs));
        return new ElectrodeFit(start, options, blocks, progress).Run(origin);
    }

    /// <summary>The set as a full cell of another size.</summary>
    static ParameterSet Full(ParameterSet origin, double capacityAh)
    {
        (double negative, double positive) = new ElectrodeBalance(origin).Stoichiometries(1);
        double size = capacityAh / origin.CapacityAh;
        return origin with
        {
            CapacityAh = capacityAh,
            ElectrodeAreaM2 = origin.ElectrodeAreaM2 * size,
            HeatCapacityJPerK = origin.HeatCapacityJPerK * size,
            CoolingWPerK = origin.CoolingWPerK * size,
            VolumeM3 = origin.VolumeM3 * size,
            ContactResistanceOhm = origin.ContactResistanceOhm > 0 ? origin.ContactResistanceOhm / size : 0.01 / capacityAh,
            Negative = origin.Negative with { InitialStoichiometry = negative },
            Positive = origin.Positive with { InitialStoichiometry = positive },
        };
    }

    ElectrodeFitResult Run(ParameterSet origin)
    {
        double[] point = [.. _variables.Select(v => Math.Log(Math.Clamp(v.Parameter.Get(_start), v.Lower, v.Upper)))];
        IFitBlock[] slow = [.. _blocks.Where(b => b.Use == "ocv")];
        bool[] balance = [.. _variables.Select(v => v.Stage == FitStage.Balance)];
        if (slow.Length > 0 && balance.Contains(true)) Search("balance", point, slow, balance, CoarseTolerance, FirstErrorV);
        if (slow.Length < _blocks.Length && balance.Contains(false)) Search("rates", point, [.. _blocks.Except(slow)], [.. balance.Select(b => !b)], CoarseTolerance, FirstErrorV);
        var all = _variables.Select(_ => true).ToArray();
        var last = Search("all together", point, _blocks, all, Tolerance, FirstErrorV);
        _errorV = ErrorV(last);
        if (_options.HoldsUnknown) last = Search("all together once more, by its own error", point, _blocks, all, FinalTolerance, _errorV);
        var set = At(point);
        return new(set, Changes(origin, set), Estimates(point, last), Curves(set), _rounds, last.Converged);
    }

    ParameterSet At(ReadOnlySpan<double> point)
    {
        var set = _start;
        for (int i = 0; i < _variables.Length; i++) set = _variables[i].Parameter.With(set, Math.Exp(point[i]));
        return set;
    }

    /// <summary>RMSE of the curves alone, V.</summary>
    double ErrorV(BoundedLevenbergMarquardt.Outcome outcome) => Math.Sqrt(outcome.Residuals.Take(_blocks.Sum(b => b.At.Length)).Sum(r => r * r));

    /// <summary>Searches over some of the variables with some of the curves; writes the best point back.</summary>
    BoundedLevenbergMarquardt.Outcome Search(string stage, double[] point, IFitBlock[] blocks, bool[] free, double tolerance, double errorV, int mostRounds = 0)
    {
        int[] moved = [.. Enumerable.Range(0, free.Length).Where(i => free[i])];
        SetParameter[] parameters = [.. moved.Select(i => _variables[i].Parameter)];
        int[] first = new int[blocks.Length + 1];
        for (int b = 0; b < blocks.Length; b++) first[b + 1] = first[b] + blocks[b].At.Length;
        double pieceV = _options.HoldsUnknown ? errorV / Math.Sqrt(PiecesPerCurve * blocks.Length) : 0;
        double together = blocks.Sum(b => b.Weight);
        double[][] scale = [.. blocks.Select(b =>
        {
            double each = Math.Sqrt(b.Weight / together / b.PointWeight.Sum(w => w * w));
            return (double[])[.. b.PointWeight.Select(w => w * each)];
        })];
        bool Problem(ReadOnlySpan<double> x, double[] residuals, double[][]? slopes)
        {
            double[] whole = [.. point];
            for (int k = 0; k < moved.Length; k++) whole[moved[k]] = x[k];
            var set = At(whole);
            Parallel.For(0, blocks.Length, b =>
            {
                var residual = residuals.AsSpan(first[b], blocks[b].At.Length);
                double[][]? slope = slopes is null ? null : [.. parameters.Select(_ => new double[blocks[b].At.Length])];
                blocks[b].Compare(set, parameters, residual, slope);
                for (int k = 0; k < residual.Length; k++)
                {
                    residual[k] *= scale[b][k];
                    for (int p = 0; p < parameters.Length && slope is not null; p++) slopes![p][first[b] + k] = scale[b][k] * slope[p][k];
                }
            });
            for (int k = 0; k < moved.Length; k++)
            {
                var variable = _variables[moved[k]];
                residuals[first[^1] + k] = pieceV * (x[k] - Math.Log(variable.Parameter.Get(_start))) / variable.BeliefLogarithm;
                if (slopes is not null) slopes[k][first[^1] + k] = pieceV / variable.BeliefLogarithm;
            }

            return !residuals.Any(r => !double.IsFinite(r));
        }

        var outcome = BoundedLevenbergMarquardt.Minimise(Problem, first[^1] + moved.Length, [.. moved.Select(i => point[i])], [.. moved.Select(i => Math.Log(_variables[i].Lower))],
            [.. moved.Select(i => Math.Log(_variables[i].Upper))], mostRounds > 0 ? mostRounds : _options.MostRounds, tolerance, (_, cost) => _progress?.Invoke(stage, 1000 * Math.Sqrt(2 * cost)));
        for (int k = 0; k < moved.Length; k++) point[moved[k]] = outcome.Point[k];
        _rounds += outcome.Rounds;
        return outcome;
    }

    List<ParameterEstimate> Estimates(double[] point, BoundedLevenbergMarquardt.Outcome last)
    {
        const double near = 1e-6;
        int n = _variables.Length, first = 0, count = _blocks.Sum(b => b.At.Length);
        double[] residuals = last.Residuals[..count];
        double[][] slopes = [.. last.Slopes.Select(s => s[..count])];
        double repeats = 0;
        foreach (var block in _blocks)
        {
            repeats += Identifiability.Repeats(residuals.AsSpan(first, block.At.Length)) * block.At.Length / count;
            first += block.At.Length;
        }

        // A variable at its bound does not move, so it makes up for nothing.
        bool[] bound = [.. _variables.Select((v, i) => point[i] <= Math.Log(v.Lower) + near || point[i] >= Math.Log(v.Upper) - near)];
        int[] inside = [.. Enumerable.Range(0, n).Where(i => !bound[i])];
        (double[] deviations, double[] correlations) = inside.Length == 0 ? ([], []) : Identifiability.Of(residuals, [.. inside.Select(i => slopes[i])], repeats);
        List<ParameterEstimate> estimates = [];
        for (int i = 0; i < n; i++)
        {
            int at = Array.IndexOf(inside, i);
            (string partner, double correlation) = at < 0 ? ("", 0)
                : Enumerable.Range(0, inside.Length).Where(j => j != at).Select(j => (_variables[inside[j]].Parameter.Name, correlations[at * inside.Length + j]))
                    .DefaultIfEmpty(("", 0)).MaxBy(c => Math.Abs(c.Item2));
            estimates.Add(new(_variables[i].Parameter.Name, _variables[i].Parameter.Unit, _variables[i].Parameter.Get(_start), Math.Exp(point[i]), _variables[i].Lower, _variables[i].Upper,
                at < 0 ? double.PositiveInfinity : deviations[at], 1000 * Math.Sqrt(slopes[i].Sum(s => s * s)), partner, correlation, bound[i],
                _options.Profiles ? (Profile(point, i, -s_ln2), Profile(point, i, s_ln2)) : null));
        }

        return estimates;
    }

    /// <summary>RMSE with one variable moved and held, mV.</summary>
    double Profile(double[] point, int held, double by)
    {
        double[] moved = [.. point];
        moved[held] = Math.Clamp(point[held] + by, Math.Log(_variables[held].Lower), Math.Log(_variables[held].Upper));
        bool[] others = [.. _variables.Select((_, i) => i != held)];
        return 1000 * ErrorV(Search($"profile of {_variables[held].Parameter.Name}", moved, _blocks, others, CoarseTolerance, _errorV, 10));
    }

    List<CurveScore> Curves(ParameterSet set)
    {
        List<CurveScore> curves = [];
        foreach (var block in _blocks.Concat(_checks))
        {
            double[] before = new double[block.At.Length], after = new double[block.At.Length];
            block.Compare(_start, [], before, null);
            block.Compare(set, [], after, null);
            double[] modelV = [.. after.Select((r, k) => block.MeasuredV[k] + r)];
            curves.Add(new(block.Name, block.Use, block.TemperatureDegC, Rms(before), Rms(after), block.At, block.MeasuredV, modelV));
        }

        return curves;
    }

    static double Rms(double[] residualV) => 1000 * Math.Sqrt(residualV.Average(r => r * r));

    static Dictionary<string, double> Changes(ParameterSet origin, ParameterSet to) =>
        SetParameters.All.Where(p => p.Get(origin) is var before && p.Get(to) is var after && !before.Equals(after) && double.IsFinite(after)).ToDictionary(p => p.Name, p => p.Get(to), StringComparer.Ordinal);
}
