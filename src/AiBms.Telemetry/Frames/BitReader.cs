namespace AiBms.Telemetry.Frames;

/// <summary>Reads bits, the highest first.</summary>
ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at;

    /// <summary>True where nothing is left but the zeros that fill the last byte.</summary>
    public readonly bool IsAtEnd => (_at + 7) >> 3 == _bytes.Length && ((_at & 7) == 0 || (_bytes[^1] & (0xff >> (_at & 7))) == 0);

    /// <summary>Reads so many bits as a number.</summary>
    /// <exception cref="DataException">There are not so many.</exception>
    public ulong Take(int count)
    {
        if (_at + count > 8L * _bytes.Length) throw new DataException("A series ends in the middle of a number: send all of its bytes.");
        ulong value = 0;
        for (; count > 0; count--, _at++) value = value << 1 | (uint)(_bytes[_at >> 3] >> (7 - (_at & 7)) & 1);
        return value;
    }

    /// <summary>Reads a number of any length, seven bits a byte, the lowest first.</summary>
    /// <exception cref="DataException">It has more than ten bytes, or ends too early.</exception>
    public ulong TakeVariable()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            ulong next = Take(8);
            value |= (next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw new DataException("A series has a number of more than ten bytes: write seven bits a byte.");
    }

    public static long UnZigZag(ulong code) => (long)(code >> 1) ^ -(long)(code & 1);
}
