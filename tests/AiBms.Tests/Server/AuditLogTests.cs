using AiBms.Server.Audit;
using AiBms.Telemetry;

namespace AiBms.Tests.Server;

public sealed class AuditLogTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-audit-").FullName;
    readonly SteppedClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    AuditLog Open() => new(new AuditFile(_folder, _clock), _clock);

    string Log => Path.Combine(_folder, AuditFile.FileName);

    [Fact]
    public void EveryChangedByteIsFound()
    {
        using (AuditLog log = Open())
            for (int k = 0; k < 4; k++) log.Add("anna", "order sent", "car-1", "mode Eco");
        byte[] bytes = File.ReadAllBytes(Log);
        Assert.Contains("4 entries", AuditVerify.Look(_folder, null), StringComparison.Ordinal);
        for (int at = 0; at < bytes.Length - 1; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            File.WriteAllBytes(Log, changed);
            Assert.Throws<TamperedException>(() => AuditVerify.Look(_folder, null));
        }
    }

    /// <summary>A loss of power in the middle of a line: the server goes on, and says so.</summary>
    [Fact]
    public void ATornLastLineIsDroppedAndNoted()
    {
        using (AuditLog log = Open())
        {
            log.Add("anna", "signed in", "");
            log.Add("anna", "order sent", "car-1");
        }

        byte[] bytes = File.ReadAllBytes(Log);
        File.WriteAllBytes(Log, bytes[..^7]);
        using (AuditLog again = Open()) Assert.StartsWith("2:", again.Head, StringComparison.Ordinal);
        Assert.Contains("cut off in the middle", File.ReadAllText(Log), StringComparison.Ordinal);
    }

    [Fact]
    public void AServerDoesNotGoOnWithALogThatWasChanged()
    {
        using (AuditLog log = Open()) log.Add("anna", "signed in", "");
        File.WriteAllText(Log, File.ReadAllText(Log).Replace("anna", "hans", StringComparison.Ordinal));
        Assert.Contains("was tampered with", Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever floods the server with refusals fills neither disk nor log.</summary>
    [Fact]
    public void AFloodOfRefusalsIsCounted()
    {
        using AuditLog log = Open();
        for (int k = 0; k < 1000; k++) log.Refused("10.0.0.9", "certificate", "", "none");
        Assert.StartsWith("60:", log.Head, StringComparison.Ordinal);
        _clock.Go(60);
        log.Refused("10.0.0.9", "certificate", "", "none");
        Assert.Contains("940 more were refused", File.ReadAllText(Log), StringComparison.Ordinal);
    }
}
