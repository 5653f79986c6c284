namespace AiBms.Learning.Health;

/// <summary>Features of a charge in the light of the cell's earlier charges: smoothed, against its first ones, and the last few as they were.</summary>
/// <remarks>Row k uses rows 0 … k alone; a test cuts the history short and asks for the same bits.</remarks>
public static class ChargeHistory
{
    /// <summary>Charges that the running median covers.</summary>
    public const int MedianRows = 11;

    /// <summary>Charges that "at first" means.</summary>
    public const int FirstRows = 20;

    const int Lags = 4;

    /// <summary>Names of what <see cref="Of"/> makes, in order.</summary>
    /// <param name="names">Names of the features of one charge.</param>
    /// <param name="changing">Which of them are also followed since the first charges and over the last ones.</param>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> names, int[] changing) =>
    [
        .. names.Select(name => $"this: {name}"),
        .. names.Select(name => $"median: {name}"),
        .. changing.Select(k => $"change: {names[k]}"),
        .. changing.Select(k => $"jitter: {names[k]}"),
        .. from lag in Enumerable.Range(1, Lags) from k in changing select $"jitter {lag} before: {names[k]}",
        "age: root of charges",
    ];

    /// <summary>Rows with history.</summary>
    /// <param name="chargeFeatures">Features of each charge, in order; NaN where not known.</param>
    /// <param name="changing">As for <see cref="Names"/>.</param>
    public static IReadOnlyList<double[]> Of(IReadOnlyList<double[]> chargeFeatures, int[] changing)
    {
        List<double[]> rows = [];
        for (int k = 0; k < chargeFeatures.Count; k++)
        {
            double[] now = chargeFeatures[k];
            double[] median = [.. now.Select((_, f) => Median(chargeFeatures, Math.Max(0, k - MedianRows + 1), k, f))];
            rows.Add(
            [
                .. now,
                .. median,
                .. changing.Select(f => median[f] - Median(chargeFeatures, 0, Math.Min(k, FirstRows - 1), f)),
                .. changing.Select(f => now[f] - median[f]),
                .. from lag in Enumerable.Range(1, Lags) from f in changing select chargeFeatures[Math.Max(0, k - lag)][f] - median[f],
                Math.Sqrt(k + 1),
            ]);
        }

        return rows;
    }

    static double Median(IReadOnlyList<double[]> charges, int from, int to, int feature)
    {
        double[] values = [.. Enumerable.Range(from, to - from + 1).Select(k => charges[k][feature]).Where(double.IsFinite).Order()];
        return values.Length == 0 ? double.NaN : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
