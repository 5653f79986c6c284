using AiBms.Battery.Estimation;
using AiBms.Tests.Battery.Cells;

namespace AiBms.Tests.Learning.Evaluation;

/// <summary>Sample k uses nothing after k: every estimator of the catalogue, run on a history cut short, gives the same bits up to the cut.</summary>
public class CausalityTests
{
    public static TheoryData<string> Methods => [.. SocEstimators.All.Keys];

    [Theory]
    [MemberData(nameof(Methods))]
    public void ATruncatedHistoryGivesTheSameBits(string method) =>
        Assert.Null(FirstDifference(_ => SocEstimators.All[method](SyntheticCells.TwoPairs())));

    [Fact]
    public void AnEstimatorThatLooksAheadIsCaught()
    {
        // Smooths over the sample that follows: harmless to the eye, and a leak.
        ISocEstimator Leaking(CellSample[] history)
        {
            int k = -1;
            return new MadeUp.Estimator(sample =>
            {
                k++;
                double soc = (sample.VoltageV + history[Math.Min(k + 1, history.Length - 1)].VoltageV) / 8;
                return new(soc, 0.1, soc, soc, SocValidity.Valid, double.NaN, double.NaN, double.NaN);
            });
        }

        Assert.Equal(CutAt - 1, FirstDifference(Leaking));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void StartForgetsEverything(string method)
    {
        var samples = Samples();
        var used = SocEstimators.All[method](SyntheticCells.TwoPairs());
        Run(used, samples);
        var fresh = Run(SocEstimators.All[method](SyntheticCells.TwoPairs()), samples);
        Assert.Equal(string.Join('\n', fresh.Select(Bits)), string.Join('\n', Run(used, samples).Select(Bits)));
    }

    const int CutAt = 700;

    /// <summary>First row before the cut at which an estimator made for the short history differs from one made for the whole; null for none.</summary>
    static int? FirstDifference(Func<CellSample[], ISocEstimator> make)
    {
        var whole = Samples();
        var cut = whole[..CutAt];
        var full = Run(make(whole), whole);
        var truncated = Run(make(cut), cut);
        for (int k = 0; k < CutAt; k++)
            if (Bits(full[k]) != Bits(truncated[k])) return k;
        return null;
    }

    static CellSample[] Samples()
    {
        Random random = new(42);
        return [.. Enumerable.Range(0, 1000).Select(k => new CellSample(k, k % 200 < 50 ? 0 : -2 * random.NextDouble(), 4.0 - 0.0005 * k + 0.01 * random.NextDouble(), 25 - 0.01 * k))];
    }

    static SocEstimate[] Run(ISocEstimator estimator, CellSample[] samples)
    {
        estimator.Start(SocStart.Told(0.6, 0.2));
        return [.. samples.Select(sample => estimator.Step(sample))];
    }

    static string Bits(SocEstimate estimate) => string.Join(' ', ((double[])
        [estimate.Soc, estimate.SocDeviation, estimate.SocLow, estimate.SocHigh, estimate.ModelVoltageV, estimate.ResidualV, estimate.CurrentOffsetA])
        .Select(BitConverter.DoubleToInt64Bits)) + estimate.Validity;
}
