using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Numerics;

namespace AiBms.Learning.Boards.Packs;

/// <summary>A simulated pack with its estimator, step by step.</summary>
sealed class TwinRun
{
    const double PumpDuty = 0.5, LongStepS = 2;

    readonly SeededStream _random;
    readonly double _ambientDegC, _chiller;
    double _driveA;
    int _held;

    public TwinRun(string home, string pack, int seed, double startSoc, double ambientDegC, double spread, bool mismatched, PackEstimatorOptions options, double chiller = 0, double maxStepS = 10, params string[] faults)
    {
        var twin = TwinHome.Load(home, pack);
        twin = twin with
        {
            Seed = seed,
            StartSoc = startSoc,
            MaxStepS = maxStepS,
            StartDegC = ambientDegC,
            Spread = new() { CapacityFraction = spread, StartSoc = spread, ResistanceFraction = 0.05 },
            Mismatch = mismatched ? new() : null,
            Faults = [.. faults.Select(fault => FaultText.Parse(fault, twin.Layout))],
        };
        (Twin, Estimator, State, Reading, _ambientDegC) = (new(twin), new(twin.Layout, twin.Cell, options), new(twin.Layout), new(twin.Layout), ambientDegC);
        _random = SeededStream.For((ulong)seed, "drive");
        Twin.Connect();
        _chiller = chiller;
        Cell = twin.Cell;
        Pump(PumpDuty);
        CapacityAh = Estimator.Group.CapacityAh;
        (LowV, HighV) = (twin.Cell.Ratings!.MinVoltageV, twin.Cell.Ratings.MaxVoltageV);
    }

    /// <summary>Power and energy are not worked out: what is asked is something else.</summary>
    public static PackEstimatorOptions CellsOnly { get; } = new() { Power = new() { EveryS = 1e12 }, Energy = new() { EveryS = 1e12 } };

    public PackTwin Twin { get; }

    public PackEstimator Estimator { get; }

    public PackState State { get; }

    public PackReading Reading { get; }

    public CellType Cell { get; }

    public double CapacityAh { get; }

    public double LowV { get; }

    public double HighV { get; }

    public int Cells => Twin.Layout.SeriesCount;

    /// <summary>Contactors closed, nothing limited, the pump at a duty.</summary>
    public void Pump(double duty) => Twin.Write(new(Twin.Layout) { PlusClosed = true, MinusClosed = true, ChargeLimitA = 1e9, DischargeLimitA = 1e9, PumpDutyFraction = duty, ChillerFraction = _chiller });

    public void Step(double currentA, double stepS = 1, bool estimates = true)
    {
        Twin.Step(TwinLoad.Current(currentA, _ambientDegC) with { MinCellV = LowV, MaxCellV = HighV }, stepS);
        if (!estimates) return;
        Twin.TryRead(Reading);
        Estimator.Update(Reading, State);
    }

    /// <summary>A step of driving: mostly out, sometimes hard, sometimes back in, each current held some seconds.</summary>
    public void Drive(double stepS = 1, double scale = 1, bool estimates = true)
    {
        if (_held++ % 15 == 0)
        {
            double hard = _random.NextFraction() < 0.1 ? -0.8 : 0, back = _random.NextFraction() < 0.1 ? 0.5 : 0;
            _driveA = scale * CapacityAh * (-0.3 + 0.6 * (_random.NextFraction() - 0.5) + hard + back);
        }

        Step(_driveA, stepS, estimates);
    }

    public void DriveDownTo(double soc)
    {
        for (int k = 0; k < 40_000 && Twin.Truth.MeanSoc > soc; k++) Drive(LongStepS);
    }

    public void Rest(int seconds)
    {
        for (double t = 0; t < seconds; t += LongStepS) Step(0, LongStepS);
    }

    /// <summary>Charges at half the 1C current until the current at the highest voltage has fallen to a twentieth.</summary>
    public void ChargeFull()
    {
        for (int k = 0; k < 20_000; k++)
        {
            Step(0.5 * CapacityAh, LongStepS);
            if (k > 300 && Twin.Truth.PackCurrentA < 0.05 * CapacityAh) return;
        }
    }
}
