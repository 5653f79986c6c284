using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Agent.Replay;

/// <summary>A record of a pack with known faults: sixteen NMC cells that are driven, rested and charged over most of their range.</summary>
static class MadeRecord
{
    public const int Cells = 16, Rows = 6000;
    public const double CapacityAh = 60, StepS = 10;

    /// <summary>OCV with a flat and a steep part, V.</summary>
    public static double Ocv(double soc) => 3.3 + 0.55 * soc + 0.25 * soc * soc * soc + 0.05 * Math.Tanh((soc - 0.55) * 12);

    /// <summary>Makes the record.</summary>
    /// <param name="charge">Difference of SOC of each cell.</param>
    /// <param name="inverseCapacity">Mean capacity over own, less 1.</param>
    /// <param name="resistanceOhm">Difference of resistance, Ω.</param>
    /// <param name="fixedV">Error of the tap, V.</param>
    /// <param name="spoil">Changes the cells' voltages afterwards.</param>
    public static Recording Of(double[] charge, double[] inverseCapacity, double[] resistanceOhm, double[] fixedV, Action<double[][]>? spoil = null)
    {
        var random = new Random(3);
        double[] time = new double[Rows], current = new double[Rows], soc = new double[Rows];
        double[][] cells = [.. Enumerable.Range(0, Cells).Select(_ => new double[Rows])];
        double z = 0.9;
        for (int k = 0; k < Rows; k++)
        {
            time[k] = StepS * k;
            bool isCharging = k / 1500 % 2 == 1, rests = k % 300 > 220;
            current[k] = rests || k < 5 ? 0 : isCharging ? 12 : -20 + 15 * Math.Sin(0.7 * k);
            if (isCharging ? z > 0.92 : z < 0.2) current[k] = 0;
            z += current[k] * StepS / 3600 / CapacityAh;
            soc[k] = z;
            for (int i = 0; i < Cells; i++)
            {
                double own = z + charge[i] + inverseCapacity[i] * (z - 0.6);
                cells[i][k] = Ocv(own) + current[k] * (0.002 + resistanceOhm[i]) + fixedV[i] + 0.0005 * (random.NextDouble() - 0.5);
            }
        }

        spoil?.Invoke(cells);
        return new()
        {
            Name = "made.csv",
            TimeS = time,
            CurrentA = current,
            VoltageV = [.. Enumerable.Range(0, Rows).Select(k => cells.Sum(c => c[k] is > 2.5 and < 4.4 ? c[k] : 3.7))],
            TemperatureDegC = [.. time.Select(_ => 25.0)],
            ReferenceSoc = soc,
            Flags = new RowFlags[Rows],
            Extras = [.. cells.Select((c, i) => new ExtraColumn($"V_{i + 1}", "V", c)), .. Enumerable.Range(0, 4).Select(k => new ExtraColumn($"T_{k + 1}", "degC", [.. time.Select(_ => 25.0 + k)]))],
            Findings = new() { SamplePeriodS = StepS },
        };
    }

    /// <summary>Zero for every cell but one.</summary>
    public static double[] At(int cell, double value)
    {
        double[] values = new double[Cells];
        if (cell >= 0) values[cell] = value;
        return values;
    }

    /// <summary>Zero for every cell.</summary>
    public static double[] None => new double[Cells];
}
