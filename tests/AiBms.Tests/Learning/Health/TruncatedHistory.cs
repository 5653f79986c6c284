namespace AiBms.Tests.Learning.Health;

/// <summary>The guard against features that know what comes after them: made from a whole history and from one that is cut or changed later, they must be the same bits.</summary>
static class TruncatedHistory
{
    /// <summary>First row in which a feature differs in a bit or is another in number; null where none does.</summary>
    /// <param name="whole">Rows made from all of it.</param>
    /// <param name="other">Rows made with another future.</param>
    /// <param name="rows">How many rows lie before the change; both must have as many.</param>
    public static int? FirstDifference(IReadOnlyList<double[]> whole, IReadOnlyList<double[]> other, int rows)
    {
        Assert.InRange(rows, 1, Math.Min(whole.Count, other.Count));
        for (int row = 0; row < rows; row++)
            if (!whole[row].Select(BitConverter.DoubleToInt64Bits).SequenceEqual(other[row].Select(BitConverter.DoubleToInt64Bits))) return row;
        return null;
    }
}
