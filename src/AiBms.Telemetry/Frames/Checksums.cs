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

    static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte next in bytes) crc = BitOperations.Crc32C(crc, next);
        return crc;
    }
}
