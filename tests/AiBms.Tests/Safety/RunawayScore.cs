namespace AiBms.Tests.Safety;

/// <summary>Scores the warning on simulated traces.</summary>
static class RunawayScore
{
    /// <summary>Seconds from the warning to the plain temperature limit at the probe and to the cell's 200 °C; negative where it came later.</summary>
    public static (double GainedOnLimitS, double GainedOnCellS, bool Warned) Run(int seed, bool gasFitted)
    {
        var random = new Random(seed);
        var trace = new RunawayTrace(random);
        var rig = new SafetyRig(TestPacks.Module12, 3.9f) { Close = true, StepMs = 100 };
        Array.Fill(rig.ProbeDegC, 30);
        int cell = random.Next(12), probe = random.Next(4);
        double warnS = double.NaN, limitS = double.NaN, cellS = double.NaN;
        for (int i = 0; i < 36_000 && (double.IsNaN(cellS) || double.IsNaN(limitS) || double.IsNaN(warnS)); i++)
        {
            trace.Step(0.1, shorted: i > 600);
            double noiseK = 0.2 * (random.NextDouble() - 0.5);
            for (int c = 0; c < 12; c++) rig.CellV[c] = 3.9f + 0.002f * (random.NextSingle() - 0.5f);
            rig.CellV[cell] = (float)trace.Voltage + 0.001f * random.NextSingle();
            for (int p = 0; p < 4; p++) rig.ProbeDegC[p] = 30 + (float)(p == probe ? trace.ProbeDegC - 30 + noiseK : noiseK);
            if (gasFitted) (rig.Gas, rig.Pressure) = ((float)(trace.GasPpm + 5 * random.NextDouble()), (float)trace.PressureKPa);
            rig.Step();
            double timeS = 0.1 * i;
            if (double.IsNaN(warnS) && rig.Output.Runaway.Active) warnS = timeS;
            if (double.IsNaN(limitS) && trace.ProbeDegC > 60) limitS = timeS;
            if (double.IsNaN(cellS) && trace.CellDegC > 200) cellS = timeS;
        }

        return (limitS - warnS, cellS - warnS, !double.IsNaN(warnS));
    }
}
