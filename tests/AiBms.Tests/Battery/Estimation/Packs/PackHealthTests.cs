using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Numerics;

namespace AiBms.Tests.Battery.Estimation.Packs;

public class PackHealthTests
{
    /// <summary>Rest, use, rest; leaks and sizes as told.</summary>
    static PackState Run(TruePack pack, double useA, int useS, int restS = 4000, Action<int, PackReading>? spoil = null)
    {
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        int k = 0;
        void Go(int steps, Func<int, double> currentA)
        {
            for (int n = 0; n < steps; n++, k++)
            {
                var reading = pack.Step(currentA(k));
                spoil?.Invoke(k, reading);
                estimator.Update(reading, state);
            }
        }

        Go(600, TruePack.DriveA);
        Go(restS, _ => 0);
        Go(useS, n => useA * (1 + 0.5 * Math.Sin(0.05 * n)));
        Go(restS, _ => 0);
        return state;
    }

    [Fact]
    public void ALineThroughExactPointsIsFound()
    {
        (double slope, double deviation) = TotalLeastSquares.Fit([0.5, -0.4, 0.6], [1.25, -1.0, 1.5], [0.01, 0.01, 0.01], [0.01, 0.01, 0.01]);
        Assert.Equal(2.5, slope, 1e-12);

        // Information Σ x² / (σy² + Q²σx²), with x² summing to 0.77.
        Assert.Equal(Math.Sqrt((1e-4 + 6.25 * 1e-4) / 0.77), deviation, 1e-9);
    }

    /// <summary>Errors of equal size in both coordinates: orthogonal regression, slope = tan of the main axis' angle.</summary>
    [Fact]
    public void EqualErrorsAreOrthogonalRegression()
    {
        double[] x = [1, 2, 3], y = [1.2, 1.9, 3.2], one = [1, 1, 1];
        double xx = 14, yy = 1.44 + 3.61 + 10.24, xy = 1.2 + 3.8 + 9.6;
        Assert.Equal(Math.Tan(0.5 * Math.Atan2(2 * xy, xx - yy)), TotalLeastSquares.Fit(x, y, one, one).Slope, 1e-6);
    }

    [Fact]
    public void CapacityOfEveryCellIsFoundBetweenTwoRests()
    {
        double size(int i) => 0.9 + 0.02 * i;
        var state = Run(new(5, _ => 0.9, size), -1, 4000);
        Assert.Equal((CapacityReason.None, 1), (state.Health.Reason, state.Health.TakenCount));
        for (int i = 0; i < 5; i++) Assert.Equal(size(i), state.Health.Soh[i], 3 * state.Health.SohDeviation[i]);
        for (int i = 0; i < 5; i++) Assert.Equal(size(i), state.Health.Soh[i], 0.01);
        Assert.Equal(0, state.Health.UnknownFraction);
    }

    [Theory]
    [InlineData(-0.3, 2000, 4000, CapacityReason.SmallSwing)]
    [InlineData(-1.0, 4000, 200, CapacityReason.NoRest)]
    public void WithoutAWindowItIsUnknownAndSaysWhy(double useA, int useS, int restS, CapacityReason reason)
    {
        var state = Run(new(4, _ => 0.9), useA, useS, restS);
        Assert.Equal(reason, state.Health.Reason);
        Assert.All(state.Health.Soh, soh => Assert.True(double.IsNaN(soh)));
        Assert.Equal(1, state.Health.UnknownFraction);
    }

    /// <summary>A rest that ends early is carried on to its end: the capacity is found, and is less sure than after a long one.</summary>
    [Fact]
    public void AShortRestIsCarriedOnAndSaysSo()
    {
        static double size(int i) => 0.9 + 0.02 * i;
        PackState of(int restS)
        {
            var pack = new TruePack(5, _ => 0.9, size);
            var estimator = new PackEstimator(pack.Layout, pack.Cell);
            var state = new PackState(pack.Layout);
            foreach ((int steps, double currentA) in (ReadOnlySpan<(int, double)>)[(600, -1), (restS, 0), (4000, -1), (restS, 0), (100, -1)])
                for (int n = 0; n < steps; n++) estimator.Update(pack.Step(currentA), state);
            return state;
        }

        var (brief, rested) = (of(900), of(4000));
        Assert.Equal((1, 1), (brief.Health.TakenCount, rested.Health.TakenCount));
        for (int i = 0; i < 5; i++) Assert.Equal(size(i), brief.Health.Soh[i], 3 * brief.Health.SohDeviation[i]);
        for (int i = 0; i < 5; i++) Assert.Equal(size(i), brief.Health.Soh[i], 0.02);

        // Looked at after 300 and 600 s: √(1800/600) times the error of a whole rest, and next to nothing else.
        Assert.InRange(brief.Health.SohDeviation[2] / rested.Health.SohDeviation[2], 1.3, Math.Sqrt(3) + 0.01);
        Assert.Equal(600, brief.Health.Windows[0].RestS, 15.0);
    }

    /// <summary>A rest that is too near is one window that goes on, not many that were rejected: what was taken stays to be seen.</summary>
    [Fact]
    public void AWindowThatGoesOnIsOne()
    {
        var pack = new TruePack(4, _ => 0.95);
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        void Go(int steps, double currentA)
        {
            for (int n = 0; n < steps; n++) estimator.Update(pack.Step(currentA), state);
        }

        Go(4000, 0);
        Go(4000, -1);
        Go(4000, 0);
        for (int k = 0; k < 5; k++)
        {
            Go(400, -0.5);
            Go(2000, 0);
        }

        Assert.Equal((1, 1), (state.Health.TakenCount, state.Health.RejectedCount));
        Assert.Equal([CapacityReason.None, CapacityReason.SmallSwing], state.Health.Windows.ToArray().Select(window => window.Reason));
        Assert.Equal(CapacityReason.None, state.Health.Reason);
    }

    /// <summary>What the maker's system says stands beside, and changes nothing.</summary>
    [Fact]
    public void TheMakersOwnHealthIsShownAndNotUsed()
    {
        var told = Run(new(4, _ => 0.9), -1, 4000, spoil: (_, reading) => reading[PackSignal.VendorSohFraction] = 0.5);
        var untold = Run(new(4, _ => 0.9), -1, 4000);
        Assert.Equal((0.5, double.NaN), (told.Health.VendorSoh, untold.Health.VendorSoh));
        Assert.Equal(untold.Health.Soh, told.Health.Soh);
    }

    [Fact]
    public void AWindowWithMissingCurrentIsRejected()
    {
        var state = Run(new(4, _ => 0.9), -1, 4000, spoil: (k, reading) =>
        {
            if (k is > 5000 and < 5400) reading[PackSignal.CurrentA] = double.NaN;
        });
        Assert.Equal(CapacityReason.CurrentMissing, state.Health.Reason);
        Assert.Equal((0, 1), (state.Health.TakenCount, state.Health.RejectedCount));
        Assert.Equal(CapacityReason.CurrentMissing, state.Health.Windows[0].Reason);
    }

    /// <summary>A pack that was used while nobody looked has no capacity of nothing: the window over the gap is not taken. One that slept has.</summary>
    [Theory]
    [InlineData(-1.0, CapacityReason.CurrentMissing)]
    [InlineData(0.0, CapacityReason.None)]
    public void AGapCountsAsSleepUnlessThePackWakesUpElsewhere(double unseenA, CapacityReason reason)
    {
        var pack = new TruePack(4, _ => 0.9);
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        void Go(int steps, double currentA, bool isSeen = true)
        {
            for (int n = 0; n < steps; n++)
            {
                var reading = pack.Step(currentA);
                if (isSeen) estimator.Update(reading, state);
            }
        }

        Go(4000, 0);
        Go(1000, -1);
        Go(3000, unseenA, isSeen: false);
        Go(3000, unseenA == 0 ? -1 : 0);
        Go(4000, 0);
        Assert.Equal(reason, state.Health.Reason);
        if (reason == CapacityReason.None) Assert.All(state.Health.Soh, soh => Assert.Equal(1, soh, 0.05));
        else Assert.All(state.CapacityAh, ah => Assert.Equal(pack.Cell.CapacityAh, ah, 0.1 * pack.Cell.CapacityAh));
    }

    [Fact]
    public void ASwappedModuleIsUnknownAgain()
    {
        var pack = new TruePack(4, _ => 0.9);
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = Run(pack, -1, 4000);
        estimator.ModuleSwapped("M1", state);
        Assert.Equal(1, state.Health.UnknownFraction);
        Assert.Contains("M1", Assert.Throws<KeyNotFoundException>(() => estimator.ModuleSwapped("M9", state)).Message, StringComparison.Ordinal);
    }

    /// <summary>With another serial number a module's cells begin anew after a restart; with the same, or where none was told, all goes on.</summary>
    [Theory]
    [InlineData("A17", "A17", true), InlineData("A17", "B02", false), InlineData(null, "B02", true), InlineData("A17", null, true)]
    public void AnotherSerialNumberForgetsWhatWasLearntOfTheModule(string? before, string? after, bool goesOn)
    {
        var pack = new TruePack(4, _ => 0.9);
        PackLayout with(string? serial) => pack.Layout with { Modules = [pack.Layout.Modules[0] with { Serial = serial }] };
        var estimator = new PackEstimator(with(before), pack.Cell);
        var state = new PackState(pack.Layout);
        foreach ((int steps, double currentA) in (ReadOnlySpan<(int, double)>)[(4000, 0), (4000, -1), (4000, 0)])
            for (int n = 0; n < steps; n++) estimator.Update(pack.Step(currentA), state);
        Assert.All(state.Health.Soh, soh => Assert.True(double.IsFinite(soh)));
        var later = new PackState(pack.Layout);
        Assert.True(new PackEstimator(with(after), pack.Cell).Resume(estimator.Save(state)!, 0, later));
        Assert.All(later.Health.Soh, soh => Assert.Equal(goesOn, double.IsFinite(soh)));
    }

    /// <summary>A cell that was swapped alone begins anew alone; another BMS forgets its sensors and nothing of the cells.</summary>
    [Theory]
    [InlineData("c2", "b1", new[] { true, false, true, true }, true)]
    [InlineData("c9", "b1", new[] { true, false, true, true }, true)]
    [InlineData("c1", "b2", new[] { true, true, true, true }, false)]
    public void AnotherCellOrBmsForgetsItsOwn(string cellAfter, string bmsAfter, bool[] isKnown, bool keepsOffset)
    {
        var pack = new TruePack(4, _ => 0.9);
        PackLayout with(string cell, string bms) => pack.Layout with { BmsSerial = bms, Modules = [pack.Layout.Modules[0] with { CellSerials = ["a", cell, "d", "e"] }] };
        var estimator = new PackEstimator(with("c1", "b1"), pack.Cell);
        var state = new PackState(pack.Layout);
        foreach ((int steps, double currentA) in (ReadOnlySpan<(int, double)>)[(4000, 0), (4000, -1), (4000, 0)])
            for (int n = 0; n < steps; n++)
            {
                var reading = pack.Step(currentA);
                reading[PackSignal.CurrentA] += 0.02;
                estimator.Update(reading, state);
            }

        Assert.InRange(state.CurrentOffsetA, 0.01, 0.03);
        var later = new PackState(pack.Layout);
        var resumed = new PackEstimator(with(cellAfter, bmsAfter), pack.Cell);
        Assert.True(resumed.Resume(estimator.Save(state)!, 0, later));
        Assert.Equal(isKnown, later.Health.Soh.Select(double.IsFinite));
        var next = pack.Step(0);
        next[PackSignal.CurrentA] += 0.02;
        resumed.Update(next, later);
        Assert.Equal(keepsOffset, later.CurrentOffsetA > 0.01);
    }
}
