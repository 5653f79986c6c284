using System.Globalization;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>Our DFN against a COMSOL solution above the cut-off: voltage and electrolyte profile.</summary>
/// <param name="Rate">The rate, as the solution's folder is named.</param>
/// <param name="RmseMV">Root mean square difference of the voltage, mV.</param>
/// <param name="MaxMV">Largest difference, mV.</param>
/// <param name="SaltMaxMolPerM3">Largest difference of the salt, mol/m³.</param>
/// <param name="LikePeerMV">The first with the means at faces that the other tool takes, on the mesh of its converged curves, mV.</param>
sealed record ComsolRow(string Rate, double RmseMV, double MaxMV, double SaltMaxMolPerM3, double LikePeerMV)
{
    /// <summary>Cells of an electrode, of the separator, and shells.</summary>
    const int PeerCells = 60, PeerSeparator = 30, PeerShells = 100;


    const double CutOffV = 3.105, Amperes = 24;

    /// <summary>Runs the rate that a folder is named after.</summary>
    public static ComsolRow Of(string folder, string rate, ParameterSet set)
    {
        (double rmse, double max, double salt) = Compare(folder, rate, (DfnSystem)CellFactory.Create(ModelKind.Dfn, set, Resolution.Fine, false));
        var peer = new DfnSystem(set, new() { NegativeCells = PeerCells, SeparatorCells = PeerSeparator, PositiveCells = PeerCells, ParticleTerms = PeerShells, LikePyBamm = true }) { Tolerance = Resolution.Fine.Tolerance };
        return new(rate, rmse, max, salt, Compare(folder, rate, peer).RmseMV);
    }

    static (double RmseMV, double MaxMV, double SaltMaxMolPerM3) Compare(string folder, string rate, DfnSystem cell)
    {
        string at = Path.Combine(folder, "comsol", "comsol_" + rate);
        double[] timeS = [.. Rows(at, "time").Select(r => r[0])], voltageV = [.. Rows(at, "voltage").Select(r => r[0])], x = [.. Rows(at, "x").Select(r => r[0])];
        double[][] salt = [.. Rows(at, "c_e")];
        var log = new Log(timeS, x, cell);
        double multiple = rate switch { "01C" => 0.1, "3C" => 3, _ => 1 };
        string amperes = (multiple * Amperes).ToString(CultureInfo.InvariantCulture);
        new ExperimentRunner(cell) { Observer = log, OutputTimesS = timeS }.Run(new ExperimentParser(cell.Set.CapacityAh).Parse($"Discharge at {amperes} A until {CutOffV} V"));
        double square = 0, worst = 0, saltWorst = 0;
        int points = 0;
        for (int i = 0; i < timeS.Length; i++)
        {
            if (double.IsNaN(log.VoltageV[i]) || voltageV[i] < CutOffV) continue;
            double error = 1000 * (log.VoltageV[i] - voltageV[i]);
            (square, worst, points) = (square + error * error, Math.Max(worst, Math.Abs(error)), points + 1);
            for (int k = 0; k < x.Length; k++) saltWorst = Math.Max(saltWorst, Math.Abs(log.Salt[i][k] - salt[k][i]));
        }

        return (Math.Sqrt(square / points), worst, saltWorst);
    }

    static IEnumerable<double[]> Rows(string folder, string name)
    {
        using var text = new StreamReader(ReferenceCurve.Open(Path.Combine(folder, name + ".csv")));
        while (text.ReadLine() is { Length: > 0 } line) yield return [.. line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
    }

    sealed class Log(double[] timeS, double[] x, DfnSystem dfn) : IRunObserver
    {
        int _at;

        public double[] VoltageV { get; } = [.. timeS.Select(_ => double.NaN)];

        public double[][] Salt { get; } = new double[timeS.Length][];

        public void Point(int stepNumber, double now, ElectrochemicalCell cell, ReadOnlySpan<double> state)
        {
            while (_at < timeS.Length && timeS[_at] < now - 1e-6) _at++;
            if (_at == timeS.Length || Math.Abs(timeS[_at] - now) > 1e-6) return;
            VoltageV[_at] = cell.VoltageV(state);
            var salt = dfn.ElectrolyteMolPerM3(state);
            double[] there = Salt[_at] = new double[x.Length], centre = dfn.Mesh.CentreM;
            for (int k = 0, i = 0; k < x.Length; k++)
            {
                while (i + 2 < centre.Length && centre[i + 1] < x[k]) i++;
                double share = Math.Clamp((x[k] - centre[i]) / (centre[i + 1] - centre[i]), 0, 1);
                there[k] = salt[i] + share * (salt[i + 1] - salt[i]);
            }
        }
    }
}
