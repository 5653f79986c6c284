using System.Buffers.Binary;

namespace AiBms.Trials.Fuzz;

/// <summary>Makes bad input out of good: bytes flipped, taken out, put in, said twice, cut off, two inputs in one, numbers and lengths that parsers trip over.</summary>
sealed class Mutator(Random random)
{
    static readonly long[] s_numbers = [0, 1, -1, 127, 128, 255, 256, 32767, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1 << 20, 1 << 28];

    /// <summary>Words of the formats: heads of CBOR of all kinds, JSON and text.</summary>
    static readonly byte[][] s_words =
    [
        [0x9F], [0xBF], [0x5F], [0xFF], [0xF6], [0xF7], [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x5A, 0x7F, 0xFF, 0xFF, 0xFF], [0x81, 0x81, 0x81, 0x81], [0xFB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0], [0xC2, 0x41, 0x01],
        .. new[] { "{", "}", "[", "]", "\"", "null", "1e999", "-0", "\\u0000", "NaN", "true", "[[[[[[[[", "{\"a\":", "\r\n", " : ", "99999999999999999999", "\uFEFF", "0#", "##", "SG_ ", "BO_ ", "|64@1+", "|0@0-", "(1,0)", "&", "=", "%00", "%", "&x=1&x=2&x=3&x=4&x=5&x=6&x=7&x=8" }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    /// <summary>Changes an input once to a few times.</summary>
    /// <param name="input">What is changed; it stays as it is.</param>
    /// <param name="other">Another one, for pieces.</param>
    /// <param name="most">Most bytes of what comes out.</param>
    public byte[] Mutate(byte[] input, byte[] other, int most)
    {
        List<byte> bytes = [.. input];
        for (int k = random.Next(1, 5); k > 0; k--) Once(bytes, other);
        if (bytes.Count > most) bytes.RemoveRange(most, bytes.Count - most);
        return [.. bytes];
    }

    void Once(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1);
        switch (random.Next(10))
        {
            case 0 or 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 9)));
                break;
            case 4:
                for (int k = random.Next(1, 9); k > 0; k--) bytes.Insert(at, (byte)random.Next(256));
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 33))));
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                int from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, random.Next(1, 65))));
                break;
            case 8:
                Span<byte> number = stackalloc byte[8];
                if (random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(number, s_numbers[random.Next(s_numbers.Length)]);
                else BinaryPrimitives.WriteInt64BigEndian(number, s_numbers[random.Next(s_numbers.Length)]);
                for (int k = 0, size = 1 << random.Next(4); k < size && at + k < bytes.Count; k++) bytes[at + k] = number[k];
                break;
            default:
                bytes.InsertRange(at, s_words[random.Next(s_words.Length)]);
                break;
        }
    }
}
