using System.Numerics;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>
/// The answer to a small sine against the linear impedance of Randles with Warburg's element for a sphere:
/// Z = R₀ + Σ (RT/(F·j₀) + |U′|·R/(F·D·c_max)/(q·coth q − 1))/(a·L·A), q = R·√(iω/D).
/// </summary>
/// <remarks>Source: Randles, Discuss. Faraday Soc. 1 (1947) 11, doi:10.1039/df9470100011; sphere: Jacobsen and West, Electrochim. Acta 40 (1995) 255, doi:10.1016/0013-4686(94)E0192-3.</remarks>
public class ImpedanceTests
{
    const double AmplitudeA = 0.02;

    const int KnotsAPeriod = 200, Periods = 6;

    [Theory]
    [InlineData("chen2020", 20)]
    [InlineData("chen2020", 400)]
    [InlineData("marquis2019", 100)]
    public void ASmallSineSeesTheLinearImpedance(string id, double periodS)
    {
        var set = PhysicsSets.Of(id) with { ContactResistanceOhm = 2e-3 };
        double amplitudeA = AmplitudeA * set.CapacityAh / 5, omega = 2 * Math.PI / periodS;
        (double x, double y) = new ElectrodeBalance(set).Stoichiometries(0.5);
        var log = new Log(periodS * (Periods - 2));
        var runner = new ExperimentRunner(CellFactory.Create(ModelKind.Spm, set, Resolution.Fine, false)) { PeriodS = periodS / KnotsAPeriod, Observer = log };
        runner.Rest(x, y);
        double[] times = [.. Enumerable.Range(0, Periods * KnotsAPeriod + 1).Select(k => k * periodS / KnotsAPeriod)];
        runner.Run(new ExperimentStep { Text = "sine", Mode = StepMode.Drive, DriveTimesS = times, DriveA = [.. times.Select(t => amplitudeA * Math.Sin(omega * t))] }, 1);

        var expected = set.ContactResistanceOhm + Electrode(set, set.Negative, x, omega) + Electrode(set, set.Positive, y, omega);
        var measured = log.Fundamental(omega) / amplitudeA;
        // Chords in place of the sine cost (2π/200)²/12 = 8e-5; what is left of the start is fitted as a parabola.
        Assert.True((measured - expected).Magnitude < 2e-3 * expected.Magnitude, $"{measured} Ω, not {expected} Ω");
    }

    static Complex Electrode(ParameterSet set, ElectrodeParameters electrode, double stoichiometry, double omega)
    {
        double temperatureK = set.AmbientTemperatureK, area = set.ElectrodeAreaM2 * electrode.SurfacePerM * electrode.ThicknessM;
        double exchange = electrode.ExchangeCurrent.At(1, stoichiometry, out _) * electrode.ExchangeCurrent.Temperature.Factor(temperatureK);
        electrode.PotentialV(stoichiometry, temperatureK, 0.5, out double slopeV);
        double diffusivity = electrode.DiffusivityM2PerS.At(stoichiometry, temperatureK), radius = electrode.ParticleRadiusM;
        var q = radius * Complex.Sqrt(Complex.ImaginaryOne * omega / diffusivity);
        var sphere = radius / (96485.33212 * diffusivity * electrode.MaximumConcentrationMolPerM3) / (q / Complex.Tanh(q) - 1);
        return (8.314462618 * temperatureK / (96485.33212 * exchange) + Math.Abs(slopeV) * sphere) / area;
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
            double[][] rows = [.. _points.Select(p => new[] { Math.Sin(omega * p.TimeS), Math.Cos(omega * p.TimeS), 1, (p.TimeS - middle) / span, Math.Pow((p.TimeS - middle) / span, 2) })];
            const int n = 5;
            double[,] normal = new double[n, n + 1];
            for (int r = 0; r < rows.Length; r++)
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++) normal[i, j] += rows[r][i] * rows[r][j];
                    normal[i, n] += rows[r][i] * (_points[r].VoltageV - _points[0].VoltageV);
                }

            for (int i = 0; i < n; i++)
                for (int r = 0; r < n; r++)
                {
                    if (r == i) continue;
                    double factor = normal[r, i] / normal[i, i];
                    for (int j = i; j <= n; j++) normal[r, j] -= factor * normal[i, j];
                }

            return new(normal[0, n] / normal[0, 0], normal[1, n] / normal[1, 1]);
        }
    }
}
