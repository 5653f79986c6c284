using AiBms.Telemetry.Csv;
using AiBms.Telemetry.Mat;
using AiBms.Telemetry.Parquet;

namespace AiBms.Telemetry.Readings;

/// <summary>Opens recordings: finds out how a file is written, reads it into our units and signs, and says what it found.</summary>
public static class RecordingDoor
{
    /// <summary>Bytes looked at before deciding what a file is: enough for the longest preamble and the widest pack.</summary>
    const int WindowBytes = 1 << 18;

    /// <summary>Opens a recording; what the file cannot say must not be needed.</summary>
    /// <exception cref="DataException">The file cannot be used as it stands; the message says why and what to do.</exception>
    public static Recording Open(string path) => Open(path, new());

    /// <summary>Opens a recording.</summary>
    /// <param name="path">The file; gzip is undone wherever it is met.</param>
    /// <param name="options">What the user knows and the file does not say.</param>
    /// <exception cref="DataException">The file cannot be used as it stands; the message says why and what to do.</exception>
    public static Recording Open(string path, RecordingOptions options)
    {
        options.Validate();
        using var source = SourceFile.Open(path);
        var window = new ByteWindow(source.Contents, WindowBytes);
        try
        {
            window.Fill();
            if (FileMagic.IsParquet(window.Data))
            {
                if (!ParquetSupport.IsThere) throw new DataException($"{path} is a Parquet file, which this program is made without; make it a CSV by 'aibms convert' elsewhere.");
                return ReadTable(source, window, options, contents => new ParquetTable(contents, source.Path));
            }

            if (FileMagic.IsMatlab5(window.Data))
                return ReadTable(source, window, options, contents => new MatTable(contents, source.Path));
            FileMagic.RefuseUnreadable(window.Data, source.Path);
            return new TextSource(source, window).Read(options);
        }
        catch (InvalidDataException problem)
        {
            throw new DataException($"{path} is a gzip file that is cut short or damaged; copy it again.", problem);
        }
        catch (IOException problem)
        {
            throw new DataException($"{path} cannot be read to its end: {problem.Message}", problem);
        }
    }

    static Recording ReadTable(SourceFile source, ByteWindow window, RecordingOptions options, Func<Stream, ITable> open)
    {
        try
        {
            using Stream contents = source.Seekable(window);
            ITable table = open(contents);
            using (table as IDisposable)
                return TableReader.Read(source, table, options);
        }
        catch (Exception problem) when (problem is not DataException)
        {
            // Readers of binary formats meet damage in a hundred ways; to the user they are one.
            throw new DataException($"{source.Path} is damaged or cut short ({problem.Message.Split('\n')[0].TrimEnd('.')}); copy or export it again.", problem);
        }
    }
}
