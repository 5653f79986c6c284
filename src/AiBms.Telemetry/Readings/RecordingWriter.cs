using AiBms.Telemetry.Bdf;
using AiBms.Telemetry.Parquet;

namespace AiBms.Telemetry.Readings;

/// <summary>Writes recordings in the form that a file's name asks for.</summary>
public static class RecordingWriter
{
    /// <summary>Whether the name ends as one of the forms: .csv, .csv.gz, .bdf.gz, .parquet.</summary>
    public static bool Knows(string path) => IsParquet(path) || IsGzip(path) || EndsWith(path, ".csv");

    /// <summary>Writes a recording as BDF text, compressed BDF text or BDF in Parquet, by the ending of the name.</summary>
    /// <param name="recording">What to write.</param>
    /// <param name="path">Where. An existing file is replaced once the new one is whole: until then it stands, and what is being written is <c>path.part</c>.</param>
    /// <param name="added">Columns to write behind the recording's own.</param>
    /// <exception cref="DataException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The name ends in none of the known forms.</exception>
    public static void Write(Recording recording, string path, params IReadOnlyList<AddedColumn> added)
    {
        if (!Knows(path))
            throw new ArgumentException($"{path} does not end in .csv, .csv.gz, .bdf.gz or .parquet.", nameof(path));
        string part = path + ".part";
        try
        {
            if (IsParquet(path))
                BdfParquetWriter.Write(recording, part, added);
            else
                BdfCsvWriter.Write(recording, part, IsGzip(path), added);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} cannot be written: {problem.Message}", problem);
        }
    }

    static bool IsParquet(string path) => EndsWith(path, ".parquet");

    static bool IsGzip(string path) => EndsWith(path, ".csv.gz") || EndsWith(path, ".bdf.gz");

    static bool EndsWith(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
