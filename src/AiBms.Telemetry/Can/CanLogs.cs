namespace AiBms.Telemetry.Can;

/// <summary>Opens recorded buses by what is in them.</summary>
public static class CanLogs
{
    /// <summary>Opens a candump or BLF file.</summary>
    /// <exception cref="DataException">It is neither, or cannot be read.</exception>
    public static ICanSource Open(string path)
    {
        try
        {
            Span<byte> first = stackalloc byte[4];
            int length;
            using (var file = File.OpenRead(path)) length = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            return length == first.Length && first.SequenceEqual("LOGG"u8) ? new BlfReader(path) : new CandumpReader(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The CAN log {path} cannot be read ({problem.Message.TrimEnd('.')}): name another.", problem);
        }
    }
}
