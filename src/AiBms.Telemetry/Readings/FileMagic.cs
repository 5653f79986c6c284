namespace AiBms.Telemetry.Readings;

/// <summary>Tells what a file is by its first bytes.</summary>
static class FileMagic
{
    /// <summary>Throws with a sentence when the contents are empty or no format that the door reads.</summary>
    /// <param name="head">The first bytes, decompressed.</param>
    /// <param name="path">For the sentence.</param>
    /// <exception cref="DataException">The contents are empty or binary.</exception>
    public static void RefuseUnreadable(ReadOnlySpan<byte> head, string path)
    {
        if (head.IsEmpty)
            throw new DataException($"{path} is a gzip file with nothing in it.");
        if (KnownBinary(head) is { } kind)
            throw new DataException($"{path} is {kind}, not a recording; export the measured table as CSV, Parquet or MATLAB v5 and open that.");
        if (!IsUtf16(head) && LooksBinary(head))
            throw new DataException($"{path} is binary data of an unknown kind; export the measured table as CSV, Parquet or MATLAB v5 and open that.");
    }

    /// <summary>Whether the text begins with a mark of UTF-16, little or big endian.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    /// <summary>Whether the contents are a Parquet file.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    /// <summary>Whether the contents are a MATLAB file of version 5 to 7.</summary>
    public static bool IsMatlab5(ReadOnlySpan<byte> head) => head.StartsWith("MATLAB 5.0"u8);

    static string? KnownBinary(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8))
            return "a zip archive or an Excel workbook";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']) || head.StartsWith("MATLAB 7.3"u8))
            return "an HDF5 file (MATLAB v7.3 is one: save with -v7)";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return "an old Office file (.xls)";
        if (head.StartsWith("%PDF"u8))
            return "a PDF";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "a picture";
        if (head.StartsWith("BIO-LOGIC MODULAR FILE"u8))
            return "a BioLogic .mpr file (export it as .mpt text in EC-Lab)";
        return head.StartsWith("SQLite format 3"u8) ? "an SQLite database" : null;
    }

    static bool LooksBinary(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> sample = head[..Math.Min(head.Length, 8192)];
        int odd = 0, zeros = 0;
        foreach (byte value in sample)
        {
            zeros += value == 0 ? 1 : 0;
            if (value < 32 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 12))
                odd++;
        }

        // Some cyclers leave a lone zero byte in their preamble.
        return odd * 50 > sample.Length || zeros * 500 > sample.Length;
    }
}
