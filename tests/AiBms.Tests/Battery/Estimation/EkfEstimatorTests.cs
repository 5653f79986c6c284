using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Estimation;

/// <summary>The filter on a truth that is its own circuit: what it must reach there is bounded by its own stated deviation.</summary>
public class EkfEstimatorTests
{
    static SocEstimate[] Run(ISocEstimator estimator, SocStart start, CellSample[] samples)
    {
        estimator.Start(start);
        return [.. samples.Select(sample => estimator.Step(sample))];
    }

    [Theory]
    [InlineData(0.95), InlineData(0.6), InlineData(0.35)]
    public void AnUnknownStartIsFoundWithinItsBand(double startSoc)
    {
        (CellSample[] samples, double[] soc) = SyntheticDrive.Make(startSoc, 1800);
        SocEstimate[] estimates = Run(new EkfEstimator<double>(SyntheticDrive.Cell), SocStart.Unknown, samples);
        for (int k = 300; k < samples.Length; k++) Assert.InRange(Math.Abs(estimates[k].Soc - soc[k]), 0, 3 * estimates[k].SocDeviation);
        Assert.InRange(estimates[^1].SocDeviation, 1e-4, 0.03);
    }

    [Theory]
    [InlineData(0.3), InlineData(-0.3), InlineData(-0.7)]
    public void AWrongClaimIsDroppedWithinTwoMinutes(double wrong)
    {
        (CellSample[] samples, double[] soc) = SyntheticDrive.Make(wrong > 0 ? 0.6 : 0.9, 600);
        SocEstimate[] estimates = Run(new EkfEstimator<double>(SyntheticDrive.Cell), SocStart.Told(soc[0] + wrong, 0.02), samples);
        for (int k = 130; k < samples.Length; k++) Assert.InRange(Math.Abs(estimates[k].Soc - soc[k]), 0, 0.05);

        // Once the others are likelier, what is found instead is not called valid before the search is over.
        int doubted = Array.FindIndex(estimates, estimate => estimate.Validity == SocValidity.Converging);
        Assert.InRange(doubted, 0, 60);
        Assert.All(estimates[doubted..119], estimate => Assert.Equal(SocValidity.Converging, estimate.Validity));
    }

    [Fact]
    public void ARightClaimIsKept()
    {
        (CellSample[] samples, double[] soc) = SyntheticDrive.Make(0.7, 1800);
        SocEstimate[] estimates = Run(new EkfEstimator<double>(SyntheticDrive.Cell), SocStart.Told(0.7, 0.01), samples);
        for (int k = 0; k < samples.Length; k++) Assert.InRange(Math.Abs(estimates[k].Soc - soc[k]), 0, 0.012);
        Assert.DoesNotContain(estimates, estimate => estimate.Validity == SocValidity.Converging);
    }

    /// <summary>Float has 24 bits: over two hours of counting at 1 Hz rounding alone may reach 7200 · 2⁻²⁵ ≈ 2e-4 of SOC.</summary>
    [Fact]
    public void FloatFollowsDouble()
    {
        (CellSample[] samples, _) = SyntheticDrive.Make(0.9, 7200);
        SocEstimate[] wide = Run(new EkfEstimator<double>(SyntheticDrive.Cell), SocStart.Unknown, samples);
        SocEstimate[] narrow = Run(new EkfEstimator<float>(SyntheticDrive.Cell), SocStart.Unknown, samples);
        for (int k = 0; k < samples.Length; k++) Assert.InRange(Math.Abs(wide[k].Soc - narrow[k].Soc), 0, 1e-3);
    }

    /// <summary>The current that is held while it is missing is wrong all the while: ten minutes without it may be off by what flowed, and the band holds that.</summary>
    [Theory]
    [InlineData(60), InlineData(600)]
    public void AMissingCurrentWidensTheBandByWhatMayHaveFlowed(int missingS)
    {
        (CellSample[] samples, double[] soc) = SyntheticDrive.Make(0.9, 3600);
        for (int k = 1800; k < 1800 + missingS; k++) samples[k] = samples[k] with { CurrentA = double.NaN };
        SocEstimate[] estimates = Run(new EkfEstimator<double>(SyntheticDrive.Cell), SocStart.Told(0.9, 0.01), samples);
        for (int k = 1800; k < samples.Length; k++) Assert.InRange(Math.Abs(estimates[k].Soc - soc[k]), 0, 3 * estimates[k].SocDeviation);
        Assert.All(estimates[1800..(1800 + missingS)], estimate => Assert.Equal(SocValidity.SensorSuspect, estimate.Validity));
        Assert.True(estimates[1799 + missingS].SocDeviation > estimates[1799].SocDeviation);
    }

    [Fact]
    public void AGapWidensTheBandAndSaysSo()
    {
        (CellSample[] samples, _) = SyntheticDrive.Make(0.8, 1200);
        var estimator = new EkfEstimator<double>(SyntheticDrive.Cell);
        SocEstimate[] before = Run(estimator, SocStart.Told(0.8, 0.01), samples);
        var after = estimator.Step(new(1200 + 4 * 3600, double.NaN, double.NaN, 25));
        Assert.True(after.SocDeviation > 5 * before[^1].SocDeviation);
        var seen = estimator.Step(samples[^1] with { TimeS = 1201 + 4 * 3600 });
        Assert.Equal(SocValidity.AfterGap, seen.Validity);
    }

    /// <summary>Whoever drives on while nothing is recorded: the curve is flatter where the record goes on, and the current's sensor is not to blame.</summary>
    [Theory]
    [InlineData(0.75, 0.4)]
    [InlineData(0.9, 0.45)]
    [InlineData(0.4, 0.85)]
    public void ChargeThatFlowedInAGapIsFoundAnew(double beforeSoc, double afterSoc)
    {
        const double gapS = 15 * 3600;
        var cell = new CellCatalogue(Repo.At("cells")).Find("lg_hg2");
        (CellSample[] first, _) = SyntheticDrive.Make(beforeSoc, 1800, cell: cell);
        (CellSample[] then, double[] soc) = SyntheticDrive.Make(afterSoc, 3600, cell: cell);
        var estimator = new EkfEstimator<double>(cell);
        Run(estimator, SocStart.Told(beforeSoc, 0.01), first);
        SocEstimate[] estimates = [.. then.Select(s => estimator.Step(s with { TimeS = s.TimeS + first[^1].TimeS + gapS }))];
        for (int k = 300; k < then.Length; k++) Assert.InRange(Math.Abs(estimates[k].Soc - soc[k]), 0, Math.Max(0.015, 3 * estimates[k].SocDeviation));
        Assert.InRange(Math.Abs(estimates[^1].CurrentOffsetA), 0, 0.01 * cell.CapacityAh);
    }

    [Fact]
    public void AMissingVoltageIsCountedOver()
    {
        (CellSample[] samples, double[] soc) = SyntheticDrive.Make(0.8, 1200);
        for (int k = 600; k < 700; k++) samples[k] = samples[k] with { VoltageV = double.NaN };
        SocEstimate[] estimates = Run(new EkfEstimator<double>(SyntheticDrive.Cell), SocStart.Told(0.8, 0.01), samples);
        Assert.Equal(SocValidity.SensorSuspect, estimates[650].Validity);
        Assert.InRange(Math.Abs(estimates[699].Soc - soc[699]), 0, 0.012);
        Assert.Equal(SocValidity.Valid, estimates[900].Validity);
    }

    [Fact]
    public void ACurrentOffsetIsFoundInSignAndSize()
    {
        // Half an ampere-hour of false charge an hour on 2 Ah: the voltage contradicts it ever more loudly.
        (CellSample[] samples, double[] soc) = SyntheticDrive.Make(0.9, 7200);
        CellSample[] spoilt = [.. samples.Select(s => s with { CurrentA = s.CurrentA + 0.1 })];
        SocEstimate[] estimates = Run(new EkfEstimator<double>(SyntheticDrive.Cell), SocStart.Unknown, spoilt);
        Assert.InRange(estimates[^1].CurrentOffsetA, 0.03, 0.15);
        Assert.InRange(Math.Abs(estimates[^1].Soc - soc[^1]), 0, 0.04);
    }

    [Fact]
    public void ARestIsReportedWithItsLength()
    {
        (CellSample[] samples, _) = SyntheticDrive.Make(0.8, 5400);
        var estimator = new EkfEstimator<double>(SyntheticDrive.Cell);
        Run(estimator, SocStart.Told(0.8, 0.01), samples);
        Assert.NotNull(estimator.LastRest);
        Assert.InRange(estimator.LastRest!.Value.LengthS, 800, 1000);
        Assert.InRange(Math.Abs(estimator.LastRest.Value.SocCorrection), 0, 0.01);
    }
}
