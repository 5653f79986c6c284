namespace AiBms.Telemetry.Readings;

/// <summary>A column computed from a recording and written behind its own: numbers, or words.</summary>
public sealed class AddedColumn
{
    /// <param name="label">Column label as written.</param>
    /// <param name="values">One number for each row; NaN is written as missing.</param>
    public AddedColumn(string label, double[] values) => (Label, Values, Words) = (label, values, null);

    /// <param name="label">Column label as written.</param>
    /// <param name="words">One word for each row, without commas or quotes.</param>
    public AddedColumn(string label, string[] words) => (Label, Values, Words) = (label, null, words);

    /// <summary>Column label as written.</summary>
    public string Label { get; }

    /// <summary>Numbers, one for each row; null for a column of words.</summary>
    public double[]? Values { get; }

    /// <summary>Words, one for each row; null for a column of numbers.</summary>
    public string[]? Words { get; }
}
