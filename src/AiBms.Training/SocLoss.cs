using static TorchSharp.torch;

namespace AiBms.Training;

/// <summary>Half the squared error over the variance claimed plus its logarithm, weighed by the deviation.</summary>
/// <remarks>Source: Seitzer et al., "On the pitfalls of heteroscedastic uncertainty estimation", ICLR 2022, arXiv 2203.09168, β = 1/2.</remarks>
static class SocLoss
{
    /// <summary>The loss of a batch, and its squared errors.</summary>
    /// <param name="given">Batch × time × 2: scaled value, logarithm of its deviation.</param>
    /// <param name="wanted">Batch × time.</param>
    /// <param name="counts">1 where a sample counts.</param>
    /// <param name="logShift">Added to the logarithm, so that it is of the scaled value.</param>
    public static (Tensor Loss, Tensor Square) Of(Tensor given, Tensor wanted, Tensor counts, double logShift)
    {
        var log = (given.select(2, 1) + logShift).clamp(-5, 3);
        var square = (given.select(2, 0) - wanted).square();
        var trust = log.detach().exp();
        return ((counts * trust * (0.5 * square * (-2 * log).exp() + log)).sum() / (counts.sum() + 1), square);
    }
}
