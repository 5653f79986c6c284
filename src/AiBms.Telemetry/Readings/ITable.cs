namespace AiBms.Telemetry.Readings;

/// <summary>A file that holds whole columns: Parquet, MATLAB.</summary>
interface ITable
{
    /// <summary>parquet or mat.</summary>
    string Container { get; }

    /// <summary>Column names in file order.</summary>
    string[] Names { get; }

    /// <summary>How many rows.</summary>
    int RowCount { get; }

    /// <summary>A column as numbers, read in the form that its binding states; NaN where missing or no number.</summary>
    double[] Numbers(ColumnBinding binding);

    /// <summary>A column as words; empty where missing.</summary>
    string[] Words(int column);
}
