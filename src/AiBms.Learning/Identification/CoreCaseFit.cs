using AiBms.Battery.Cells;
using AiBms.Battery.Thermal;
using AiBms.Numerics;

namespace AiBms.Learning.Identification;

/// <summary>Heat capacities and the way out of the heat, from case temperatures and the heat that current and voltage tell.</summary>
/// <remarks>
/// A case temperature alone determines three of the four numbers of the two-state model: core and case capacity and the resistance to
/// ambient. The resistance from core to case is taken as given (from the circuit's temperature dependence, or a prior). Each recording
/// is taken to begin in equilibrium; the surroundings stay as they were then, or move as the recording's ambient column moves.
/// Source of the model: Forgez et al., J. Power Sources 195 (2010) 2961, doi 10.1016/j.jpowsour.2009.10.105.
/// </remarks>
public static class CoreCaseFit
{
    /// <summary>Error that a case temperature is believed to, K: sensor, wind, end plates.</summary>
    const double DeviationK = 0.5;

    /// <summary>Seconds between errors that count as independent.</summary>
    const double IndependentEveryS = 600;

    /// <summary>A shorter recording hardly warms.</summary>
    const double ShortestS = 300;

    /// <summary>Deviation of the priors as logarithms: core by mass and specific heat, case a guess, way to ambient unknown.</summary>
    static readonly double[] PriorDeviation = [0.2, 0.7, 3];

    /// <summary>What the fit came to.</summary>
    /// <param name="Parameters">The two-state model.</param>
    /// <param name="DeviationFraction">Relative standard deviations of core capacity, case capacity and resistance to ambient.</param>
    /// <param name="RmseK">Error of the case temperature of each recording, K; NaN where none was measured.</param>
    public sealed record Outcome(CoreCaseParameters Parameters, double[] DeviationFraction, double[] RmseK);

    /// <summary>Identifies; null when no recording of the fit measured a temperature for long enough.</summary>
    /// <param name="runs">Recordings; those with <see cref="FitRun.IsThermal"/> take part, the others are compared with.</param>
    /// <param name="heatW">Heat made in each recording, W, one for each sample: the mean since the sample before.</param>
    /// <param name="prior">What is believed beforehand; the resistance from core to case is held.</param>
    public static Outcome? Identify(IReadOnlyList<FitRun> runs, IReadOnlyList<double[]> heatW, CoreCaseParameters prior)
    {
        var tracks = runs.Zip(heatW, (run, heat) => run.HasMeasuredTemperature ? new ThermalTrack(run, heat) : null).ToArray();
        var used = runs.Zip(tracks).Where(p => p.First.IsThermal && p.Second?.DurationS >= ShortestS).Select(p => (Track: p.Second!, p.First.Weight)).ToArray();
        if (used.Length == 0) return null;
        double[] start = [Math.Log(prior.CoreHeatCapacityJPerK), Math.Log(prior.CaseHeatCapacityJPerK), Math.Log(prior.CaseToAmbientKPerW)];
        CoreCaseParameters At(double[] x) => new(Exp(x[0]), Exp(x[1]), prior.CoreToCaseKPerW, Exp(x[2]));
        double Cost(double[] x)
        {
            var model = new CoreCaseModel(At(x));
            double cost = used.Sum(u => u.Weight * u.Track.DurationS / IndependentEveryS * u.Track.MeanSquareK2(model) / (DeviationK * DeviationK));
            for (int k = 0; k < x.Length; k++) cost += Math.Pow((x[k] - start[k]) / PriorDeviation[k], 2);
            return cost;
        }

        // A second search from the first one's end: a simplex may shrink before it has arrived.
        double[] best = NelderMead.Minimise(Cost, start, [0.3, 0.5, 0.7], 300, 1e-9).Point;
        best = NelderMead.Minimise(Cost, best, [0.1, 0.1, 0.1], 300, 1e-10).Point;
        var final = new CoreCaseModel(At(best));
        return new(At(best), Deviations(Cost, best), [.. tracks.Select(t => t is null ? double.NaN : Math.Sqrt(t.MeanSquareK2(final)))]);
    }

    /// <summary>Heat of a recording from its measured voltage and the circuit's OCV: (V − OCV)·I + I·T·dOCV/dT, W.</summary>
    public static double[] HeatW(FitRun run, TheveninParameters circuit)
    {
        var equations = new Circuit<double>(run.CapacityAh, circuit);
        return [.. Enumerable.Range(0, run.Count).Select(k =>
        {
            double currentA = run.CurrentA[k], degC = run.TemperatureDegC[k];
            return currentA * (run.VoltageV[k] - equations.Ocv(run.Soc[k], degC) + Battery.Units.ToKelvin(degC) * equations.Entropic(run.Soc[k]));
        })];
    }

    static double Exp(double logarithm) => Math.Exp(Math.Clamp(logarithm, -10, 15));

    /// <summary>√ of the diagonal of the inverse of half the cost's second derivatives, by central differences.</summary>
    static double[] Deviations(Func<double[], double> cost, double[] best)
    {
        const double H = 0.02;
        int n = best.Length;
        double Shifted(int i, double a, int j, double b)
        {
            double[] x = (double[])best.Clone();
            x[i] += a;
            x[j] += b;
            return cost(x);
        }

        var half = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                half[i * n + j] = (Shifted(i, H, j, H) - Shifted(i, H, j, -H) - Shifted(i, -H, j, H) + Shifted(i, -H, j, -H)) / (8 * H * H);
        if (!Dense.Cholesky(half, n)) return (double[])PriorDeviation.Clone();
        var deviation = new double[n];
        for (int k = 0; k < n; k++)
        {
            var unit = new double[n];
            unit[k] = 1;
            Dense.CholeskySolve(half, n, unit);
            deviation[k] = Math.Sqrt(unit[k]);
        }

        return deviation;
    }
}
