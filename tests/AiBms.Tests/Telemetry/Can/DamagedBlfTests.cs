using AiBms.Telemetry;
using AiBms.Telemetry.Can;

namespace AiBms.Tests.Telemetry.Can;

/// <summary>Inputs that fuzzing found.</summary>
public sealed class DamagedBlfTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    /// <summary>A packed stream that asks for a dictionary (FDICT, RFC 1950, 2.2): no BLF has one.</summary>
    [Fact]
    public void AContainerThatAsksForADictionaryIsRefused()
    {
        byte[] packed = [0x78, 0x20, 1, 2, 3, 4, 5, 6], body = [2, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0, .. packed];
        File.WriteAllBytes(_path, [.. "LOGG"u8, 8, 0, 0, 0, .. "LOBJ"u8, 16, 0, 1, 0, (byte)(16 + body.Length), 0, 0, 0, 10, 0, 0, 0, .. body]);
        using BlfReader reader = new(_path);
        Assert.Contains("cannot be unpacked", Assert.Throws<DataException>(() => reader.TryRead(out _)).Message, StringComparison.Ordinal);
    }

    /// <summary>A length that is only announced makes no room: the log is read as one that was cut off.</summary>
    [Fact]
    public void AnAnnouncedLengthCostsNothing()
    {
        File.WriteAllBytes(_path, [.. "LOGG"u8, 8, 0, 0, 0, .. "LOBJ"u8, 16, 0, 1, 0, 0, 0, 0, 4, 10, 0, 0, 0, 1, 2, 3]);
        using BlfReader reader = new(_path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(reader.TryRead(out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }
}
