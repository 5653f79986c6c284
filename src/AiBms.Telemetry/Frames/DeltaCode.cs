namespace AiBms.Telemetry.Frames;

/// <summary>Numbers of one kind as bytes: their middle, then each number's difference from it.</summary>
/// <remarks>
/// First byte(s): the count as a variable-length integer, then the middle in zigzag, then for each number 0 where it is not known, else the
/// zigzag of its difference plus one. Seven bits a byte, the lowest first, the high bit set on all but the last (as in Protocol Buffers):
/// differences from −63 to 63 steps take one byte.
/// </remarks>
static class DeltaCode
{
    /// <summary>Most bytes that a number takes.</summary>
    const int Widest = 10;

    public static byte[] Write(ReadOnlySpan<double> values, double scale)
    {
        var steps = new long[values.Length];
        var known = new List<long>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            double step = Math.Round(values[i] / scale);
            // Beyond any sensor: what is not a number of steps is not known.
            steps[i] = Math.Abs(step) < 1e12 ? (long)step : long.MinValue;
            if (steps[i] != long.MinValue) known.Add(steps[i]);
        }

        known.Sort();
        long middle = known.Count == 0 ? 0 : known[known.Count / 2];
        byte[] buffer = new byte[(values.Length + 2) * Widest];
        int at = Put(buffer, 0, (ulong)values.Length);
        at = Put(buffer, at, ZigZag(middle));
        foreach (long step in steps) at = Put(buffer, at, step == long.MinValue ? 0 : ZigZag(step - middle) + 1);
        return buffer[..at];
    }

    public static double[] Read(ReadOnlySpan<byte> bytes, double scale)
    {
        int at = 0;
        ulong count = Take(bytes, ref at);
        if (count > FieldCoder.LongestCount) throw new DataException($"A series says it has {count} numbers, at most {FieldCoder.LongestCount} are taken: send no more cells than that.");
        long middle = UnZigZag(Take(bytes, ref at));
        var values = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            ulong code = Take(bytes, ref at);
            values[i] = code == 0 ? double.NaN : (middle + UnZigZag(code - 1)) * scale;
        }

        if (at != bytes.Length) throw new DataException($"A series of {count} numbers has {bytes.Length - at} bytes too many: write count, middle and differences, nothing else.");
        return values;
    }

    static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    static long UnZigZag(ulong code) => (long)(code >> 1) ^ -(long)(code & 1);

    static int Put(byte[] buffer, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7) buffer[at++] = (byte)(value | 0x80);
        buffer[at++] = (byte)value;
        return at;
    }

    static ulong Take(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= bytes.Length) throw new DataException("A series ends in the middle of a number: send all of its bytes.");
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw new DataException("A series has a number of more than ten bytes: write seven bits a byte.");
    }
}
