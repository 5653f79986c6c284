namespace AiBms.Telemetry.Frames;

/// <summary>Writes bits, the highest first.</summary>
/// <param name="room">Bytes that will do.</param>
struct BitWriter(int room)
{
    readonly byte[] _bytes = new byte[room];
    int _at;

    /// <summary>Writes the low bits of a number.</summary>
    public void Put(ulong value, int count)
    {
        for (int k = count - 1; k >= 0; k--, _at++)
            if ((value >> k & 1) == 1) _bytes[_at >> 3] |= (byte)(0x80 >> (_at & 7));
    }

    /// <summary>Writes a number of any length, seven bits a byte, the lowest first.</summary>
    public void PutVariable(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Put(value & 0x7f | 0x80, 8);
        Put(value, 8);
    }

    /// <summary>Small numbers of either sign as small numbers without.</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public readonly byte[] ToBytes() => _bytes[..((_at + 7) >> 3)];
}
