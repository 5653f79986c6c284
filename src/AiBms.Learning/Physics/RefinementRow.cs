using System.Globalization;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>A cell for which no converged curve is at hand, against our own refined solution: the error at work, and the order at which cells converge.</summary>
/// <param name="Name">Parameter set and model.</param>
/// <param name="RmseMV">At working resolution, mV.</param>
/// <param name="MaxMV">The same, largest.</param>
/// <param name="CoarseMV">Root mean square error at 8 cells an electrode, all else refined, mV.</param>
/// <param name="FineMV">The same at 16 cells.</param>
sealed record RefinementRow(string Name, double RmseMV, double MaxMV, double CoarseMV, double FineMV)
{
    const int Few = 8, Twice = 16, Reference = 48, Terms = 10, Times = 60;

    const double Tolerance = 3e-6, FirstS = 1;

    static readonly string[] Sets = ["ecker2015", "ai2020", "mohtat2020", "okane2022", "oregan2022"];

    /// <summary>Errors below this, mV, are those of time, and show no order of the cells: salt in polynomials converges at once.</summary>
    const double Shown = 1e-3;

    /// <summary>log₂ of how much the error falls when cells are halved; NaN where there is hardly any.</summary>
    public double Order => CoarseMV > Shown ? Math.Log2(CoarseMV / FineMV) : double.NaN;

    /// <summary>1C from full to the lower cut-off, SPMe and DFN; Ai2020 also with the diffusivity of salt that another tool takes, 10⁴ times too large.</summary>
    public static IReadOnlyList<RefinementRow> All(ParameterSetCatalogue sets)
    {
        List<RefinementRow> rows = [];
        foreach (string name in Sets)
        {
            var set = sets.Find(name);
            rows.Add(Of(name + " SPMe", ModelKind.Spme, set));
            rows.Add(Of(name + " DFN", ModelKind.Dfn, set));
            if (name != "ai2020") continue;
            var other = set with { Electrolyte = set.Electrolyte with { DiffusivityM2PerS = ScaledFunction.Of(set.Electrolyte.DiffusivityM2PerS, 1e4) } };
            rows.Add(Of(name + " DFN, salt 10⁴ times faster", ModelKind.Dfn, other));
        }

        return rows;
    }

    static RefinementRow Of(string name, ModelKind kind, ParameterSet set)
    {
        double[] Run(Resolution resolution, double[]? timesS, out double endS)
        {
            var log = new VoltageAtTimes(timesS ?? []);
            var runner = new ExperimentRunner(CellFactory.Create(kind, set, resolution, false)) { PeriodS = double.PositiveInfinity, OutputTimesS = timesS, Observer = log };
            (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(1);
            runner.Rest(negative, positive);
            runner.Run(new ExperimentParser(set.CapacityAh).Parse(string.Create(CultureInfo.InvariantCulture, $"Discharge at 1C until {set.LowerVoltageV} V")));
            endS = runner.TimeS;
            return log.VoltageV;
        }

        Resolution Cells(int electrode) => new(electrode, electrode / 2, Terms, Tolerance);
        Run(Cells(Few), null, out double endS);
        // Up to a little before the end, which no two resolutions reach at the same time.
        double[] timesS = [.. Enumerable.Range(1, Times).Select(k => FirstS + (0.97 * endS - FirstS) * k / Times)];
        double[] exact = Run(Cells(Reference), timesS, out _);
        (double Rmse, double Max) Error(Resolution resolution)
        {
            double[] there = Run(resolution, timesS, out _);
            double[] errors = [.. there.Zip(exact, (a, b) => 1000 * (a - b)).Where(double.IsFinite)];
            return (Math.Sqrt(errors.Sum(e => e * e) / errors.Length), errors.Max(Math.Abs));
        }

        (double rmse, double max) = Error(Resolution.Normal);
        return new(name, rmse, max, Error(Cells(Few)).Rmse, Error(Cells(Twice)).Rmse);
    }
}
