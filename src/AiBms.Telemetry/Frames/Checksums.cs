using System.Numerics;

namespace AiBms.Telemetry.Frames;

/// <summary>CRC-32C (Castagnoli), as iSCSI (RFC 3720) has it.</summary>
static class Checksums
{
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(~0u, bytes);

    public static uint Of(long first, long second, long third, long fourth, ReadOnlySpan<byte> bytes)
    {
        uint crc = BitOperations.Crc32C(BitOperations.Crc32C(~0u, (ulong)first), (ulong)second);
        return ~Add(BitOperations.Crc32C(BitOperations.Crc32C(crc, (ulong)third), (ulong)fourth), bytes);
    }

    /// <summary>Of a number (its eight bytes, the least first) and two spans behind it.</summary>
    public static uint Of(long number, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Add(Add(BitOperations.Crc32C(~0u, (ulong)number), first), second);

    static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte next in bytes) crc = BitOperations.Crc32C(crc, next);
        return crc;
    }
}
