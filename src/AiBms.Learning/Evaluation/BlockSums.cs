namespace AiBms.Learning.Evaluation;

/// <summary>Sums over the scored rows of one stretch of a recording's time: what the block bootstrap draws.</summary>
/// <param name="Block">Number of the stretch in its recording.</param>
/// <param name="Rows">Scored rows with an interval.</param>
/// <param name="Covered">Of those, how many intervals held the truth.</param>
/// <param name="WidthSoc">Sum of interval widths, 0…1 each.</param>
/// <param name="WinklerSoc">Sum of Winkler scores.</param>
/// <param name="Band">Band of true SOC, see <see cref="SocBands"/>; of no meaning in a sum over bands.</param>
public readonly record struct BlockSums(int Block, int Rows, int Covered, double WidthSoc, double WinklerSoc, int Band = 0)
{
    /// <summary>Adds the sums of the same stretch.</summary>
    public static BlockSums operator +(BlockSums a, BlockSums b) =>
        new(a.Block, a.Rows + b.Rows, a.Covered + b.Covered, a.WidthSoc + b.WidthSoc, a.WinklerSoc + b.WinklerSoc, a.Band);
}
