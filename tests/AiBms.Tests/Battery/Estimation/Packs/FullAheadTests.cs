using AiBms.Battery.Estimation.Packs;

namespace AiBms.Tests.Battery.Estimation.Packs;

/// <summary>The time until full against a charge that is carried out: constant current, then the voltage of the highest cell held, to C/20.</summary>
public class FullAheadTests
{
    const double HighestV = 4.2, EndA = 0.1;

    /// <summary>Within 6 %: the last cell is full a little before the charge ends by its current, and pairs need minutes to settle.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 1.5)]
    public void ItIsWhatTheChargeTakes(double currentA, double resistance)
    {
        var pack = new TruePack(4, i => 0.5 + 0.01 * i, resistance: i => i == 3 ? resistance : 1);
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        for (int k = 0; k < 1800; k++) estimator.Update(pack.Step(k < 1500 ? TruePack.DriveA(k) : 0), state);
        Assert.True(double.IsNaN(state.FullInS), "nothing is charged yet");
        double askedA = currentA, saidS = double.NaN, begunS = double.NaN;
        int last = 0;
        for (; last < 20_000 && askedA > EndA; last++)
        {
            var reading = pack.Step(askedA);
            estimator.Update(reading, state);
            if (double.IsNaN(saidS) && last > 300 && double.IsFinite(state.FullInS)) (saidS, begunS) = (state.FullInS, last);
            // A charger that holds the highest cell: what is above the limit goes back by a share of the current.
            askedA = Math.Min(currentA, askedA * Math.Exp(20 * (HighestV - reading.CellVoltageV.Max())));
        }

        Assert.InRange(saidS, 0.94 * (last - begunS), 1.06 * (last - begunS));
    }
}
