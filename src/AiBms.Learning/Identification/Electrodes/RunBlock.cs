using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Sensitivities;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>A recording under load, run through the model: its measured current in, its voltage compared.</summary>
/// <remarks>
/// The run is isothermal at the recording's mean temperature. Where the model's cell is empty before the measured one, its voltage is taken to fall
/// on as steeply as twice its whole range over the whole run: the residual then says by how much the end comes too early.
/// </remarks>
sealed class RunBlock : IFitBlock
{
    const double KnotFraction = 2e-3, BelowV = 0.3;

    /// <summary>A jump of the current between two rows, of the capacity an hour, is a step of the load at an unknown moment, if the rows are this far apart, s.</summary>
    const double StepRate = 0.05, LeastGapS = 2;

    /// <summary>A search stalls where step control moves the voltage by as much as the parameters do.</summary>
    const double SolverTolerance = 1e-5;

    readonly ModelKind _kind;
    readonly Resolution _resolution;
    readonly double _capacityAh, _startSoc, _firstV, _fallVPerS;
    readonly IReadOnlyList<ExperimentStep> _steps;

    /// <summary>A recording for a kind of model.</summary>
    /// <param name="run">The recording.</param>
    /// <param name="use">"ocv", "fit" or "check".</param>
    /// <param name="kind">The model.</param>
    /// <param name="resolution">How finely.</param>
    /// <param name="mostPoints">Voltages compared at most.</param>
    /// <param name="lowerVoltageV">Lower cut-off of the cell, V.</param>
    public RunBlock(FitRun run, string use, ModelKind kind, Resolution resolution, int mostPoints, double lowerVoltageV)
    {
        (Name, Use, Weight, TemperatureDegC, _kind) = (run.Name, use, run.Weight, run.MeanTemperatureDegC, kind);
        _resolution = resolution with { Tolerance = Math.Min(resolution.Tolerance, SolverTolerance) };
        (_capacityAh, _startSoc, _firstV) = (run.CapacityAh, run.Soc[0], run.VoltageV[0]);
        int[] rows = [.. Enumerable.Range(0, run.Count).Where(k => k == 0 || run.TimeS[k] > run.TimeS[k - 1])];
        double[] timeS = [.. rows.Select(k => run.TimeS[k] - run.TimeS[0])], currentA = [.. rows.Select(k => run.CurrentA[k])];
        int[] knots = CurrentKnots.Of(timeS, currentA, KnotFraction * Math.Sqrt(currentA.Average(i => i * i)));
        _steps =
        [
            new()
            {
                Text = run.Name, Mode = StepMode.Drive, DriveTimesS = [.. knots.Select(k => timeS[k])], DriveA = [.. knots.Select(k => currentA[k])], UntilV = lowerVoltageV - BelowV,
            },
        ];
        int[] points = Points(timeS, knots, mostPoints);
        (At, MeasuredV) = ([.. points.Select(k => timeS[k])], [.. points.Select(k => run.VoltageV[rows[k]])]);
        var chargeAh = new double[timeS.Length];
        for (int k = 1; k < timeS.Length; k++) chargeAh[k] = chargeAh[k - 1] + Units.ToAmpereHours(0.5 * (currentA[k] + currentA[k - 1]) * (timeS[k] - timeS[k - 1]));
        var shiftS = new double[timeS.Length];
        for (int k = 1; k < timeS.Length; k++)
        {
            double gapS = timeS[k] - timeS[k - 1];
            bool isStep = Math.Abs(currentA[k] - currentA[k - 1]) > StepRate * run.CapacityAh;
            shiftS[k] = !isStep ? shiftS[k - 1] : gapS >= LeastGapS ? gapS / 2 : 0;
        }

        PointWeight = PointWeights.Of(MeasuredV, [.. points.Select(k => chargeAh[k])], run.CapacityAh, At, [.. points.Select(k => shiftS[k])]);
        _fallVPerS = 2 * (MeasuredV.Max() - MeasuredV.Min()) / timeS[^1];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Use { get; }

    /// <inheritdoc/>
    public double Weight { get; }

    /// <inheritdoc/>
    public double TemperatureDegC { get; }

    /// <summary>Time since the first row, s.</summary>
    public double[] At { get; }

    /// <inheritdoc/>
    public double[] MeasuredV { get; }

    /// <inheritdoc/>
    public double[] PointWeight { get; }

    /// <inheritdoc/>
    public void Compare(ParameterSet set, IReadOnlyList<SetParameter> parameters, Span<double> residualV, double[][]? slopesV)
    {
        var run = new SensitivityRun(Model, Start).Of(set, slopesV is null ? [] : parameters, _steps, At);
        double lastV = _firstV;
        for (int k = 0; k < At.Length; k++)
        {
            bool ran = double.IsFinite(run.VoltageV[k]);
            if (ran) lastV = run.VoltageV[k];
            residualV[k] = (ran ? lastV : lastV - _fallVPerS * (At[k] - run.EndS)) - MeasuredV[k];
            for (int p = 0; p < parameters.Count && slopesV is not null; p++)
            {
                double slope = run.ByLogarithmV[p][k];
                slopesV[p][k] = double.IsFinite(slope) ? slope : _fallVPerS * run.EndByLogarithmS[p];
            }
        }
    }

    ElectrochemicalCell Model(ParameterSet set)
    {
        var cell = CellFactory.Create(_kind, set, _resolution, lumpedThermal: false);
        cell.AmbientTemperatureK = Units.ToKelvin(TemperatureDegC);
        return cell;
    }

    (double Negative, double Positive) Start(ParameterSet set) =>
        double.IsFinite(_startSoc) ? CountedState.Of(set, _capacityAh, _startSoc) : CountedState.AtRest(set, _capacityAh, _firstV);

    /// <summary>Half of the points even in time, half around the knots, where the voltage moves.</summary>
    static int[] Points(double[] timeS, int[] knots, int most)
    {
        if (timeS.Length <= most) return [.. Enumerable.Range(0, timeS.Length)];
        var keep = new SortedSet<int> { 0, timeS.Length - 1 };
        int at = 0;
        for (int k = 0; k < most / 2; k++)
        {
            double wanted = timeS[^1] * (k + 0.5) / (most / 2);
            while (at < timeS.Length - 1 && timeS[at] < wanted) at++;
            keep.Add(at);
        }

        int every = Math.Max(1, knots.Length / (most / 2));
        for (int k = 0; k < knots.Length; k += every) keep.Add(knots[k]);
        return [.. keep];
    }
}
