using AiBms.Battery.Cells;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>Sensor errors that training adds, and that bands are calibrated with: a user's sensors are not a laboratory's.</summary>
/// <remarks>One standard deviation each: current offset 1.5 % of the 1C current, gain 1 %, voltage 4 mV, temperature 1 °C; constant through a run.</remarks>
public static class SensorErrors
{
    const double OffsetCRate = 0.015, GainFraction = 0.01, VoltageOffsetV = 0.004, TemperatureOffsetDegC = 1;

    /// <summary>Draws the errors of one run.</summary>
    public static Perturbation Draw(SeededStream random, CellType cell) => new()
    {
        Name = "training",
        CurrentOffsetA = OffsetCRate * cell.CapacityAh * random.NextNormal(),
        GainFraction = GainFraction * random.NextNormal(),
        VoltageOffsetV = VoltageOffsetV * random.NextNormal(),
        TemperatureOffsetDegC = TemperatureOffsetDegC * random.NextNormal(),
    };
}
