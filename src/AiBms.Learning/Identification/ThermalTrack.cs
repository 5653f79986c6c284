using AiBms.Battery.Thermal;

namespace AiBms.Learning.Identification;

/// <summary>A recording as the thermal model sees it: heat in steps of a few seconds, surroundings, measured case temperature.</summary>
sealed class ThermalTrack
{
    /// <summary>Heat is averaged over this long, s: a case answers in minutes.</summary>
    const double StepS = 5;

    readonly double _startDegC;
    readonly List<(double StepS, double HeatW, double AmbientDegC, double CaseDegC)> _steps = [];

    public ThermalTrack(FitRun run, double[] heatW)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(heatW.Length, run.Count);
        _startDegC = run.TemperatureDegC[0];
        double spanS = 0, energyJ = 0;
        for (int k = 1; k < run.Count; k++)
        {
            double stepS = run.TimeS[k] - run.TimeS[k - 1];
            spanS += stepS;
            energyJ += heatW[k] * stepS;
            if (spanS < StepS && k + 1 < run.Count) continue;
            double moved = run.AmbientDegC is { } ambient ? ambient[k] - ambient[0] : 0;
            if (spanS > 0) _steps.Add((spanS, energyJ / spanS, run.ToldAmbientDegC ?? _startDegC + moved, run.TemperatureDegC[k]));
            (spanS, energyJ) = (0, 0);
        }

        DurationS = run.TimeS[^1] - run.TimeS[0];
    }

    public double DurationS { get; }

    /// <summary>Mean over time of the squared error of the simulated case temperature, K².</summary>
    public double MeanSquareK2(CoreCaseModel model)
    {
        double coreDegC = _startDegC, caseDegC = _startDegC, sum = 0;
        foreach (var step in _steps)
        {
            model.Step(ref coreDegC, ref caseDegC, step.HeatW, step.AmbientDegC, step.StepS);
            sum += (caseDegC - step.CaseDegC) * (caseDegC - step.CaseDegC) * step.StepS;
        }

        return DurationS > 0 ? sum / DurationS : 0;
    }
}
