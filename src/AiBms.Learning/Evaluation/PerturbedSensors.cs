using AiBms.Battery.Estimation;
using AiBms.Numerics;

namespace AiBms.Learning.Evaluation;

/// <summary>Sensors that misbehave in a stated way from the first sample they see on.</summary>
public sealed class PerturbedSensors(Perturbation perturbation, SeededStream stream)
{
    const double StickFromS = 600, StickToS = 900, BurstEveryS = 600, BurstS = 30;

    double _stuckCurrentA = double.NaN, _stuckVoltageV = double.NaN;

    /// <summary>What the sensors report when this is true.</summary>
    public CellSample Read(in CellSample truth)
    {
        var (timeS, currentA, voltageV, temperatureDegC) = truth;
        currentA = currentA * (1 + perturbation.GainFraction) + perturbation.CurrentOffsetA;
        voltageV += perturbation.VoltageOffsetV;
        temperatureDegC += perturbation.TemperatureOffsetDegC;
        if (perturbation.CurrentNoiseA > 0) currentA += perturbation.CurrentNoiseA * stream.NextNormal();
        if (perturbation.VoltageNoiseV > 0) voltageV += perturbation.VoltageNoiseV * stream.NextNormal();

        if (timeS is >= StickFromS and < StickToS)
        {
            if (perturbation.CurrentSticks) currentA = double.IsNaN(_stuckCurrentA) ? _stuckCurrentA = currentA : _stuckCurrentA;
            if (perturbation.VoltageSticks) voltageV = double.IsNaN(_stuckVoltageV) ? _stuckVoltageV = voltageV : _stuckVoltageV;
        }

        if (perturbation.DropoutFraction > 0)
        {
            bool burst = timeS % BurstEveryS >= BurstEveryS - BurstS;
            if (stream.NextFraction() < perturbation.DropoutFraction || burst) return new(timeS, double.NaN, double.NaN, double.NaN);
        }

        return new(timeS, currentA, voltageV, temperatureDegC);
    }
}
