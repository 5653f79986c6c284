using System.Numerics;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics;

namespace AiBms.Learning.Physics;

/// <summary>
/// The answer of the single particle model to a small sine against the linear impedance of Randles with Warburg's element for a sphere:
/// Z = R₀ + Σ (RT/(F·j₀) + |U′|·R/(F·D·c_max)/(q·coth q − 1))/(a·L·A), q = R·√(iω/D).
/// </summary>
/// <remarks>Source: Randles, Discuss. Faraday Soc. 1 (1947) 11, doi:10.1039/df9470100011; sphere: Jacobsen and West, Electrochim. Acta 40 (1995) 255, doi:10.1016/0013-4686(94)E0192-3.</remarks>
static class SmallSine
{
    /// <summary>Of the capacity an hour: the answer is linear to 1e-5.</summary>
    const double AmplitudeRate = 0.004;

    const double ContactOhm = 2e-3;

    const int KnotsAPeriod = 200, Periods = 6;

    /// <summary>|Z − Z exact| of |Z exact| at 50 % SOC. Chords in place of the sine cost (2π/200)²/12 = 8e-5 of it; what is left of the start is fitted as a parabola.</summary>
    public static double RelativeError(ParameterSet cellSet, double periodS)
    {
        var set = cellSet with { ContactResistanceOhm = ContactOhm };
        double amplitudeA = AmplitudeRate * set.CapacityAh, omega = 2 * Math.PI / periodS;
        (double x, double y) = new ElectrodeBalance(set).Stoichiometries(0.5);
        var log = new Log(periodS * (Periods - 2));
        var runner = new ExperimentRunner(CellFactory.Create(ModelKind.Spm, set, Resolution.Fine, false)) { PeriodS = periodS / KnotsAPeriod, Observer = log };
        runner.Rest(x, y);
        double[] times = [.. Enumerable.Range(0, Periods * KnotsAPeriod + 1).Select(k => k * periodS / KnotsAPeriod)];
        runner.Run(new ExperimentStep { Text = "sine", Mode = StepMode.Drive, DriveTimesS = times, DriveA = [.. times.Select(t => amplitudeA * Math.Sin(omega * t))] }, 1);
        var exact = set.ContactResistanceOhm + ElectrodeOhm(set, set.Negative, x, omega) + ElectrodeOhm(set, set.Positive, y, omega);
        return (log.Fundamental(omega) / amplitudeA - exact).Magnitude / exact.Magnitude;
    }

    static Complex ElectrodeOhm(ParameterSet set, ElectrodeParameters electrode, double stoichiometry, double omega)
    {
        double temperatureK = set.AmbientTemperatureK, areaM2 = set.ElectrodeAreaM2 * electrode.SurfacePerM * electrode.ThicknessM;
        double exchange = electrode.ExchangeCurrent.At(1, stoichiometry, out _) * electrode.ExchangeCurrent.Temperature.Factor(temperatureK);
        electrode.PotentialV(stoichiometry, temperatureK, 0.5, out double slopeV);
        double diffusivity = electrode.DiffusivityM2PerS.At(stoichiometry, temperatureK), radius = electrode.ParticleRadiusM;
        var q = radius * Complex.Sqrt(Complex.ImaginaryOne * omega / diffusivity);
        var sphere = radius / (Constants.FaradayCPerMol * diffusivity * electrode.MaximumConcentrationMolPerM3) / (q / Complex.Tanh(q) - 1);
        return (Constants.GasJPerMolK * temperatureK / (Constants.FaradayCPerMol * exchange) + Math.Abs(slopeV) * sphere) / areaM2;
    }

    sealed class Log(double fromS) : IRunObserver
    {
        readonly List<(double TimeS, double VoltageV)> _points = [];

        public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
        {
            if (timeS > fromS) _points.Add((timeS, cell.VoltageV(state)));
        }

        /// <summary>Least squares with sine, cosine and a parabola: the amplitude of V = Im(Z·I·e^{iωt}).</summary>
        public Complex Fundamental(double omega)
        {
            double middle = _points.Average(p => p.TimeS), span = _points[^1].TimeS - _points[0].TimeS;
            const int terms = 5;
            double[] normal = new double[terms * terms], right = new double[terms];
            foreach (var (timeS, voltageV) in _points)
            {
                double along = (timeS - middle) / span;
                ReadOnlySpan<double> row = [Math.Sin(omega * timeS), Math.Cos(omega * timeS), 1, along, along * along];
                for (int i = 0; i < terms; i++)
                {
                    for (int j = 0; j < terms; j++) normal[i * terms + j] += row[i] * row[j];
                    right[i] += row[i] * (voltageV - _points[0].VoltageV);
                }
            }

            if (!Dense.Cholesky(normal, terms)) throw new InvalidOperationException("a sine was sampled too rarely to be told from its drift");
            Dense.CholeskySolve(normal, terms, right);
            return new(right[0], right[1]);
        }
    }
}
