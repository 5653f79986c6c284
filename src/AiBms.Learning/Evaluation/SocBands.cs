namespace AiBms.Learning.Evaluation;

/// <summary>Errors by band of true SOC, so that a level which a recording never reaches shows as such.</summary>
public sealed class SocBands
{
    /// <summary>Five bands of a fifth each, fullest first.</summary>
    public const int Count = 5;

    readonly long[] _rows = new long[Count];
    readonly double[] _square = new double[Count];

    /// <summary>Name of a band in percent, as in <c>80–100</c>.</summary>
    public static string Name(int band) => $"{80 - 20 * band}–{100 - 20 * band}";

    /// <summary>Band of a true SOC, 0…1.</summary>
    public static int Of(double truthSoc) => Count - 1 - Math.Clamp((int)(truthSoc * Count), 0, Count - 1);

    /// <summary>RMSE of each band, 0…1; null where no row was in it.</summary>
    public IReadOnlyList<double?> RmseSoc => [.. _rows.Select((rows, band) => rows > 0 ? Math.Sqrt(_square[band] / rows) : (double?)null)];

    /// <summary>Rows and summed squared error of each band.</summary>
    public IReadOnlyList<(long Rows, double SquareSoc)> Sums => [.. _rows.Zip(_square)];

    /// <summary>Bands with sums that were read off others.</summary>
    public static SocBands Of(IReadOnlyList<(long Rows, double SquareSoc)> sums)
    {
        SocBands bands = new();
        for (int band = 0; band < Count; band++) (bands._rows[band], bands._square[band]) = sums[band];
        return bands;
    }

    /// <summary>Takes in one row.</summary>
    public void Add(double truthSoc, double errorSoc)
    {
        int band = Of(truthSoc);
        _rows[band]++;
        _square[band] += errorSoc * errorSoc;
    }

    /// <summary>All rows of several runs.</summary>
    public static SocBands Sum(IEnumerable<SocBands> parts)
    {
        SocBands sum = new();
        foreach (var part in parts)
            for (int band = 0; band < Count; band++)
                (sum._rows[band], sum._square[band]) = (sum._rows[band] + part._rows[band], sum._square[band] + part._square[band]);
        return sum;
    }
}
