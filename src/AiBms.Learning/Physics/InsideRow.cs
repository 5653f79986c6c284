using System.Text.Json;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Learning.Physics;

/// <summary>What a converged curve says of the inside of the cell against ours, largest differences for t > 1 s.</summary>
/// <param name="Name">The curve.</param>
/// <param name="Surface">Mean surface stoichiometry of either electrode.</param>
/// <param name="OverpotentialMV">Any of the five parts of the overpotential, mV.</param>
/// <param name="SaltMolPerM3">Salt at any place of the written profiles, mol/m³; NaN without.</param>
/// <param name="TemperatureK">Temperature, K.</param>
sealed record InsideRow(string Name, double Surface, double OverpotentialMV, double SaltMolPerM3, double TemperatureK)
{
    const double FirstSecond = 1, SameS = 1e-6;

    static readonly string[] Overpotentials =
    [
        "X-averaged negative electrode reaction overpotential [V]", "X-averaged positive electrode reaction overpotential [V]", "X-averaged concentration overpotential [V]",
        "X-averaged electrolyte ohmic losses [V]", "X-averaged solid phase ohmic losses [V]",
    ];

    /// <summary>Runs a case and compares.</summary>
    public static InsideRow Of(string name, ReferenceCase reference, string folder, ElectrochemicalCell cell)
    {
        using var profiles = ReferenceCurve.Open(Path.Combine(folder, "pybamm", reference.Curve.Name + ".profiles.json"));
        using var document = JsonDocument.Parse(profiles);
        var salt = document.RootElement.GetProperty("c_e");
        double[] profileS = Numbers(document.RootElement.GetProperty("times_s")), place = Numbers(salt.GetProperty("x_m"));
        double[][] values = [.. salt.GetProperty("values").EnumerateArray().Select(Numbers)];
        var log = new Log(reference.Curve, cell, profileS, place, values);
        var runner = reference.Runner(cell);
        (runner.Observer, runner.OutputTimesS) = (log, [.. reference.Curve.TimeS.Concat(profileS).Distinct().Order()]);
        runner.Run(reference.Steps(folder));
        return log.Row(name);
    }

    static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    sealed class Log(ReferenceCurve curve, ElectrochemicalCell cell, double[] profileS, double[] place, double[][] salt) : IRunObserver
    {
        readonly double[] _scratch = new double[cell.Size];
        readonly double[] _timeS = curve.TimeS, _currentA = curve["Current [A]"], _temperatureK = curve["Volume-averaged cell temperature [K]"];
        readonly double[] _negative = curve["X-averaged negative particle surface stoichiometry"], _positive = curve["X-averaged positive particle surface stoichiometry"];
        readonly double[][] _parts = [.. Overpotentials.Select(name => curve[name])];
        readonly Difference[] _differences = new Difference[curve.TimeS.Length];
        double _salt = double.NaN;
        int _at;

        public InsideRow Row(string name) => new(name, Largest(d => d.Surface), Largest(d => d.OverpotentialMV), _salt, Largest(d => d.TemperatureK));

        public void Point(int stepNumber, double now, ElectrochemicalCell at, ReadOnlySpan<double> state)
        {
            Salt(now, state);
            while (_at < _timeS.Length && _timeS[_at] < now - SameS) _at++;
            if (_at == _timeS.Length || Math.Abs(_timeS[_at] - now) > SameS || now <= FirstSecond) return;
            // At a step of the load there are two values; the curve's own current says which it gives.
            double mismatchA = Math.Abs(state[at.CurrentIndex] + _currentA[_at]);
            if (_differences[_at].IsThere && mismatchA >= _differences[_at].MismatchA) return;
            at.Evaluate(now, state, _scratch);
            (double negative, double positive) = at.Surface;
            var split = at.Overpotentials(state);
            double[] ours = [split.NegativeReactionV, split.PositiveReactionV, split.ConcentrationV, split.ElectrolyteV, split.SolidV];
            double worst = 0;
            for (int k = 0; k < ours.Length; k++) worst = Math.Max(worst, 1000 * Math.Abs(ours[k] - _parts[k][_at]));
            _differences[_at] = new(true, mismatchA, Math.Max(Math.Abs(negative - _negative[_at]), Math.Abs(positive - _positive[_at])), worst, Math.Abs(at.TemperatureK(state) - _temperatureK[_at]));
        }

        void Salt(double now, ReadOnlySpan<double> state)
        {
            int k = Array.FindIndex(profileS, s => Math.Abs(s - now) < SameS);
            if (k < 0 || now <= FirstSecond || cell.Mesh is not { } mesh) return;
            var there = cell.ElectrolyteMolPerM3(state);
            double worst = 0;
            for (int p = 0, i = 0; p < place.Length; p++)
            {
                while (i + 2 < mesh.Count && mesh.CentreM[i + 1] < place[p]) i++;
                double share = Math.Clamp((place[p] - mesh.CentreM[i]) / (mesh.CentreM[i + 1] - mesh.CentreM[i]), 0, 1);
                worst = Math.Max(worst, Math.Abs(there[i] + share * (there[i + 1] - there[i]) - salt[k][p]));
            }

            _salt = double.IsNaN(_salt) ? worst : Math.Max(_salt, worst);
        }

        double Largest(Func<Difference, double> of) => _differences.Where(d => d.IsThere).Max(of);

        readonly record struct Difference(bool IsThere, double MismatchA, double Surface, double OverpotentialMV, double TemperatureK);
    }
}
