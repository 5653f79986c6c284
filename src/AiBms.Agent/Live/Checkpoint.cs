using System.Runtime.InteropServices;

namespace AiBms.Agent.Live;

/// <summary>What outlives a restart, as numbers: mean SOC, its deviation, then the lifetime counters.</summary>
static class Checkpoint
{
    /// <summary>Numbers before the counters.</summary>
    public const int Head = 2;

    public static byte[] Write(double soc, double socDeviation, double[] lifetime) => MemoryMarshal.AsBytes<double>([soc, socDeviation, .. lifetime]).ToArray();

    /// <summary>Empty where the bytes are no such numbers.</summary>
    public static double[] Read(byte[] bytes) => bytes.Length % sizeof(double) == 0 ? MemoryMarshal.Cast<byte, double>(bytes).ToArray() : [];
}
