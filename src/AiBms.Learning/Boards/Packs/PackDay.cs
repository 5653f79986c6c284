using AiBms.Battery.Simulation.Twin;
using AiBms.Numerics;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Days of a car: a drive in the morning, one in the evening, a slow charge at night, rest otherwise.</summary>
sealed class PackDay(TwinRun run, int seed)
{
    readonly SeededStream _random = SeededStream.For((ulong)seed, "days");
    double _driveA;
    int _held;
    bool _isCharging;

    public void Step(double stepS)
    {
        double hour = run.Twin.Truth.TimeS / 3600 % 24, currentA = 0;
        if (hour is >= 20 and < 20.1) _isCharging = true;
        if (run.Twin.Truth.MeanSoc > 0.85) _isCharging = false;
        if (hour is (>= 7 and < 8) or (>= 18 and < 19)) currentA = DriveA();
        else if (_isCharging) currentA = 0.1 * run.CapacityAh;
        if (run.Twin.Truth.MeanSoc < 0.1) currentA = Math.Max(0, currentA);
        double ambientDegC = 25 + 5 * Math.Sin(run.Twin.Truth.TimeS / 86400 * Math.Tau);
        run.Twin.Step(TwinLoad.Current(currentA, ambientDegC) with { MinCellV = run.LowV, MaxCellV = run.HighV }, stepS);
        run.Twin.TryRead(run.Reading);
        run.Estimator.Update(run.Reading, run.State);
    }

    double DriveA()
    {
        if (_held++ % 3 == 0) _driveA = run.CapacityAh * (-0.35 + 0.8 * (_random.NextFraction() - 0.5));
        return _driveA;
    }
}
