using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Learning.Physics;

/// <summary>Our run against a reference curve, at the curve's own times.</summary>
/// <param name="RmseMV">Voltage, root mean square for t &gt; 1 s, mV.</param>
/// <param name="MaxMV">Voltage, largest for t &gt; 1 s, mV.</param>
/// <param name="StoichiometryMax">Mean surface-free stoichiometry of the negative electrode, largest difference.</param>
/// <param name="TemperatureMaxK">Temperature, largest difference, K.</param>
/// <param name="EndErrorS">Our end less the curve's, s.</param>
/// <param name="Points">How many times were compared.</param>
sealed record CurveComparison(double RmseMV, double MaxMV, double StoichiometryMax, double TemperatureMaxK, double EndErrorS, int Points)
{
    const double FirstSecond = 1;

    /// <summary>Runs a case and compares.</summary>
    public static CurveComparison Of(ReferenceCase reference, string folder, ElectrochemicalCell cell) => Of(reference, folder, cell, out _);

    /// <summary>Runs a case and compares; gives our voltages at the curve's times, NaN beyond our end.</summary>
    public static CurveComparison Of(ReferenceCase reference, string folder, ElectrochemicalCell cell, out double[] voltageV)
    {
        double[] timeS = reference.Curve.TimeS;
        var log = new Log(timeS, reference.Curve["Current [A]"]);
        var runner = reference.Runner(cell);
        (runner.Observer, runner.OutputTimesS) = (log, timeS);
        runner.Run(reference.Steps(folder));
        double square = 0, worst = 0, stoichiometry = 0, temperature = 0;
        int points = 0;
        for (int i = 0; i < timeS.Length; i++)
        {
            if (timeS[i] <= FirstSecond || double.IsNaN(log.VoltageV[i])) continue;
            double error = 1000 * (log.VoltageV[i] - reference.Curve.VoltageV[i]);
            square += error * error;
            worst = Math.Max(worst, Math.Abs(error));
            stoichiometry = Math.Max(stoichiometry, Math.Abs(log.Stoichiometry[i] - reference.Curve["Negative electrode stoichiometry"][i]));
            temperature = Math.Max(temperature, Math.Abs(log.TemperatureK[i] - reference.Curve["Volume-averaged cell temperature [K]"][i]));
            points++;
        }

        voltageV = log.VoltageV;
        return new(Math.Sqrt(square / points), worst, stoichiometry, temperature, runner.TimeS - timeS[^1], points);
    }

    sealed class Log(double[] timeS, double[] currentA) : IRunObserver
    {
        int _at;
        double _mismatch;

        public double[] VoltageV { get; } = [.. timeS.Select(_ => double.NaN)];

        public double[] Stoichiometry { get; } = new double[timeS.Length];

        public double[] TemperatureK { get; } = new double[timeS.Length];

        public void Point(int stepNumber, double now, ElectrochemicalCell cell, ReadOnlySpan<double> state)
        {
            while (_at < timeS.Length && timeS[_at] < now - 1e-6) _at++;
            if (_at == timeS.Length || Math.Abs(timeS[_at] - now) > 1e-6) return;
            // At a step of the load there are two values; the curve's own current says which it gives.
            double mismatch = Math.Abs(state[cell.CurrentIndex] + currentA[_at]);
            if (!double.IsNaN(VoltageV[_at]) && mismatch > _mismatch) return;
            _mismatch = mismatch;
            VoltageV[_at] = cell.VoltageV(state);
            Stoichiometry[_at] = cell.MeanStoichiometry(state).Negative;
            TemperatureK[_at] = cell.TemperatureK(state);
        }
    }
}
