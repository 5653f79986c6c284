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

    string Note => Path.Combine(_folder, AuditFile.HeadName);

    void Fill(int entries, string who = "anna")
    {
        using AuditLog log = Open();
        for (int k = 0; k < entries; k++) log.Add(who, "order sent", "car-1");
    }

    /// <summary>The note as it was after so many entries.</summary>
    void NoteOf(int entries) => File.WriteAllText(Note, $"{entries}:{(entries == 0 ? AuditChain.Start : File.ReadAllLines(Log)[entries - 1][..64])}\n");

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
        // The note is written once the line is durable: a line that is torn has none yet.
        NoteOf(1);
        using (AuditLog again = Open()) Assert.StartsWith("2:", again.Head, StringComparison.Ordinal);
        Assert.Contains("cut off in the middle", File.ReadAllText(Log), StringComparison.Ordinal);
    }

    /// <summary>Whole lines or a part of the last one: what the server's own note knows of is there, or the server does not go on.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 7)]
    [InlineData(0, 1)]
    public void ACutOffEndIsSaidAtTheStart(int lines, int bytes)
    {
        Fill(3);
        string[] all = File.ReadAllLines(Log);
        string left = string.Concat(all[..^lines].Select(l => l + "\n"));
        File.WriteAllText(Log, left[..^bytes]);
        string why = Assert.Throws<DataException>(Open).Message;
        Assert.Contains($"it had 3 entries, now {(bytes > 0 ? 2 : 3 - lines)}. The end was cut off. Look at it ('audit verify'), keep a copy, and move {Log} and", why, StringComparison.Ordinal);
        Assert.Contains("The end was cut off", Assert.Throws<TamperedException>(() => AuditVerify.Look(_folder, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALogThatWasTakenAwayIsSaidAtTheStart()
    {
        Fill(3);
        File.Delete(Log);
        Assert.Contains("it had 3 entries, now 0.", Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
        // As the sentence says: with the note away too a new log begins.
        File.Delete(Note);
        using AuditLog anew = Open();
        Assert.StartsWith("0:", anew.Head, StringComparison.Ordinal);
    }

    /// <summary>With hashes that fit, as many lines as before, and more: they do not lead to what was noted.</summary>
    [Fact]
    public void ALogThatWasWrittenAnewIsSaidAtTheStart()
    {
        Fill(3);
        string note = File.ReadAllText(Note);
        File.Delete(Log);
        File.Delete(Note);
        Fill(5, "hans");
        File.WriteAllText(Note, note);
        Assert.Contains("entry 3 is not the one of the server's own note", Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
    }

    /// <summary>A fall between a line and its note, or of the power before notes were on the disk: the log is ahead of its note, and nothing is wrong.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(0)]
    public void ANoteThatIsBehindIsNoAlarm(int noted)
    {
        Fill(3);
        NoteOf(noted);
        Assert.StartsWith("3 entries", AuditVerify.Look(_folder, null), StringComparison.Ordinal);
        using AuditLog again = Open();
        Assert.StartsWith("3:", again.Head, StringComparison.Ordinal);
    }

    /// <summary>Before the first note a fall may come, later there is one: that it is gone stands in the log, and is said.</summary>
    [Theory]
    [InlineData(1, null, false)]
    [InlineData(2, null, true)]
    [InlineData(2, "", true)]
    public void ANoteThatIsGoneIsWrittenDown(int entries, string? note, bool isSaid)
    {
        Fill(entries);
        File.Delete(Note);
        if (note is not null) File.WriteAllText(Note, note);
        Assert.Equal(isSaid, AuditVerify.Look(_folder, null).Contains("note " + Note + " is not there or is no head", StringComparison.Ordinal));
        using (AuditLog again = Open()) Assert.Equal(isSaid, again.Last(1)[0].What == "note missing");
        if (isSaid) Assert.StartsWith($"{entries + 1}:", File.ReadAllText(Note), StringComparison.Ordinal);
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

    /// <summary>Whoever goes on trying is written down once a minute, and not at all where a thousand addresses do.</summary>
    [Fact]
    public void TriesBeyondTheLimitAreWrittenOnceAMinute()
    {
        using AuditLog log = Open();
        for (int minute = 0; minute < 3; minute++, _clock.Go(60))
            for (int k = 0; k < 500; k++) log.Limited(k % 2 == 0 ? "10.0.0.9" : "10.0.0.8", "sign-in", "eve", "not looked at");
        Assert.StartsWith("6:", log.Head, StringComparison.Ordinal);
        for (int k = 0; k < 1000; k++) log.Limited($"10.0.1.{k}", "sign-in", "eve", "not looked at");
        Assert.StartsWith("66:", log.Head, StringComparison.Ordinal);
    }
}
