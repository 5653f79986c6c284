namespace AiBms.Telemetry.Frames;

/// <summary>Numbers of one kind as bytes: their middle, then each number's difference from it in as few bits as it needs.</summary>
/// <remarks>
/// Count and middle (zigzag) as variable-length integers (seven bits a byte, the lowest first, the high bit set on all but the last), one
/// byte k, then a code for each number: 0 where it is not known, else the zigzag of its difference plus one. A code c stands as c / 2^k
/// ones, a zero, and the k low bits of c; where that would be fifteen ones or more, as fifteen ones and 48 bits. Highest bit first, the
/// last byte filled with zeros. The writer takes the k that needs the fewest bits.
/// Source: R. F. Rice, "Some Practical Universal Noiseless Coding Techniques", JPL Publication 79-22 (1979).
/// </remarks>
static class DeltaCode
{
    /// <summary>Ones that say that a whole code follows; its bits; largest k.</summary>
    const int Escape = 15, WholeBits = 48, LargestK = 40;

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
        var codes = new ulong[steps.Length];
        for (int i = 0; i < codes.Length; i++) codes[i] = steps[i] == long.MinValue ? 0 : BitWriter.ZigZag(steps[i] - middle) + 1;
        (int k, long bits) = Shortest(codes);
        var writer = new BitWriter((int)(bits / 8) + 32);
        writer.PutVariable((ulong)values.Length);
        if (values.Length == 0) return writer.ToBytes();
        writer.PutVariable(BitWriter.ZigZag(middle));
        writer.Put((ulong)k, 8);
        foreach (ulong code in codes)
        {
            ulong ones = code >> k;
            if (ones >= Escape)
            {
                writer.Put((1 << Escape) - 1, Escape);
                writer.Put(code, WholeBits);
                continue;
            }

            writer.Put(((1UL << (int)ones) - 1) << 1, (int)ones + 1);
            writer.Put(code & ((1UL << k) - 1), k);
        }

        return writer.ToBytes();
    }

    public static double[] Read(ReadOnlySpan<byte> bytes, double scale)
    {
        var reader = new BitReader(bytes);
        ulong count = reader.TakeVariable();
        if (count > FieldCoder.LongestCount) throw new DataException($"A series says it has {count} numbers, at most {FieldCoder.LongestCount} are taken: send no more cells than that.");
        var values = new double[count];
        if (count > 0)
        {
            long middle = BitReader.UnZigZag(reader.TakeVariable());
            int k = (int)reader.Take(8);
            if (k > LargestK) throw new DataException($"A series says that its codes have {k} low bits, at most {LargestK} are taken: see the schema.");
            for (int i = 0; i < values.Length; i++)
            {
                ulong ones = 0;
                while (ones < Escape && reader.Take(1) == 1) ones++;
                ulong code = ones == Escape ? reader.Take(WholeBits) : (ones << k) | reader.Take(k);
                values[i] = code == 0 ? double.NaN : (middle + BitReader.UnZigZag(code - 1)) * scale;
            }
        }

        return reader.IsAtEnd ? values : throw new DataException($"A series of {count} numbers has bytes too many: write count, middle and differences, nothing else.");
    }

    static (int K, long Bits) Shortest(ulong[] codes)
    {
        (int best, long fewest) = (0, long.MaxValue);
        for (int k = 0; k <= LargestK; k++)
        {
            long bits = 0;
            foreach (ulong code in codes) bits += code >> k >= Escape ? Escape + WholeBits : (long)(code >> k) + 1 + k;
            if (bits < fewest) (best, fewest) = (k, bits);
        }

        return (best, fewest);
    }
}
