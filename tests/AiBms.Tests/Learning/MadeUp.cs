using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Learning.Datasets;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Learning;

/// <summary>Recordings and estimators made up for tests. The temperature column carries the true SOC in percent, which an estimator may read.</summary>
static class MadeUp
{
    public static CellType Cell { get; } = new() { Id = "made_up", CapacityAh = 2, Source = new("made up", "none", "none") };

    /// <summary>1 Hz, 2 Ah; from full, discharged at 1 A in the first half of every minute and at 0.5 A in the second.</summary>
    public static LabelledRecording Drive(int rows = 6000, string name = "drive.csv", int seed = 0)
    {
        double[] timeS = new double[rows], currentA = new double[rows], voltageV = new double[rows], temperatureDegC = new double[rows], chargeAh = new double[rows], soc = new double[rows];
        Random random = new(seed);
        for (int k = 0; k < rows; k++)
        {
            timeS[k] = k;
            currentA[k] = (k % 60 < 30 ? -1 : -0.5) * (1 + 0.1 * random.NextDouble());
            chargeAh[k] = k == 0 ? 0 : chargeAh[k - 1] + currentA[k] / 3600;
            soc[k] = 1 + chargeAh[k] / 2;
            voltageV[k] = 3 + 1.2 * soc[k];
            temperatureDegC[k] = 100 * soc[k];
        }

        Recording recording = new()
        {
            Name = name,
            TimeS = timeS,
            CurrentA = currentA,
            VoltageV = voltageV,
            TemperatureDegC = temperatureDegC,
            ChargeAh = chargeAh,
            Flags = new RowFlags[rows],
        };
        return new() { Recording = recording, Soc = soc, ReferenceAh = 2, ReferenceFraction = 0.01 };
    }

    /// <summary>Does what it is told with each sample, and remembers what it saw.</summary>
    public sealed class Estimator(Func<CellSample, SocEstimate> answer) : ISocEstimator
    {
        public List<CellSample> Seen { get; } = [];

        public SocStart Told { get; private set; }

        public void Start(SocStart start)
        {
            Told = start;
            Seen.Clear();
        }

        public SocEstimate Step(in CellSample sample)
        {
            Seen.Add(sample);
            return answer(sample);
        }
    }

    /// <summary>An estimator that is off by a function of time, with a band of a given half width around its estimate.</summary>
    public static Estimator OffBy(Func<double, double> errorSoc, double halfWidthSoc = 0.05) => new(sample =>
    {
        double soc = sample.TemperatureDegC / 100 + errorSoc(sample.TimeS);
        return new(soc, halfWidthSoc / Interval.NinetyPercent, soc - halfWidthSoc, soc + halfWidthSoc, SocValidity.Valid, double.NaN, double.NaN, double.NaN);
    });
}
