using AiBms.Battery.Estimation;

namespace AiBms.Tests.Battery.Estimation;

/// <summary>What every estimator in the catalogue must keep, whatever its method.</summary>
public class SocEstimatorContract
{
    public static TheoryData<string> Methods => [.. SocEstimators.All.Keys];

    static ISocEstimator Make(string method) => SocEstimators.All[method](SyntheticDrive.Cell);

    [Theory, MemberData(nameof(Methods))]
    public void StepAllocatesNothing(string method)
    {
        var estimator = Make(method);
        (CellSample[] samples, _) = SyntheticDrive.Make(0.8, 1200);
        estimator.Start(SocStart.Told(0.8));
        foreach (var sample in samples) estimator.Step(sample);
        estimator.Start(SocStart.Unknown);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var sample in samples) estimator.Step(sample);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory, MemberData(nameof(Methods))]
    public void BadSamplesNeverThrowNorGiveNonsense(string method)
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -1e9, 1e9, 3.7, 25];
        var estimator = Make(method);
        var random = new Random(5);
        foreach (var start in (SocStart[])[SocStart.Unknown, SocStart.Told(0.5)])
        {
            estimator.Start(start);
            for (int k = 0; k < 20_000; k++)
            {
                double Pick(double usual) => random.Next(3) == 0 ? odd[random.Next(odd.Length)] : usual;
                var estimate = estimator.Step(new(Pick(k), Pick(-1), Pick(3.6), Pick(25)));
                if (double.IsNaN(estimate.Soc)) continue;
                Assert.InRange(estimate.Soc, 0, 1);
                Assert.True(estimate.SocLow <= estimate.Soc && estimate.Soc <= estimate.SocHigh);
                Assert.True(estimate.SocDeviation > 0 && double.IsFinite(estimate.SocDeviation));
            }
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public void StartForgetsEverything(string method)
    {
        (CellSample[] samples, _) = SyntheticDrive.Make(0.8, 900);
        var used = Make(method);
        used.Start(SocStart.Told(0.2));
        foreach (var sample in samples) used.Step(sample);
        var fresh = Make(method);
        used.Start(SocStart.Unknown);
        fresh.Start(SocStart.Unknown);
        foreach (var sample in samples) Assert.Equal(fresh.Step(sample), used.Step(sample));
    }
}
