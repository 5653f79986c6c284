using AiBms.Server.Access;

namespace AiBms.Tests.Server.Books;

/// <summary>Sessions of browsers in a file of the server: over when they are signed out, and after a week in any case.</summary>
public sealed class SessionBookTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");
    readonly SteppedClock _clock = new();

    string FilePath => Path.Combine(_folder.FullName, "sessions.db");

    public void Dispose() => _folder.Delete(recursive: true);

    SessionBook Open() => new(SessionBook.InFile(FilePath), _clock);

    [Fact]
    public void ASessionOutlivesARestartAndNotItsEnd()
    {
        string one, other;
        using (var sessions = Open()) (one, other) = (sessions.Begin("eve"), sessions.Begin("eve"));
        Assert.DoesNotContain(one, File.ReadAllText(FilePath, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        using var again = Open();
        Assert.True(again.IsOpen(one) && again.IsOpen(other));
        again.End(one);
        Assert.False(again.IsOpen(one));
        Assert.True(again.IsOpen(other));
        Assert.False(again.IsOpen("made up"));
    }

    [Fact]
    public void AfterAWeekASessionIsOver()
    {
        using var sessions = Open();
        string session = sessions.Begin("eve");
        _clock.Go(SessionBook.Longest.TotalSeconds - 1);
        Assert.True(sessions.IsOpen(session));
        _clock.Go(2);
        Assert.False(sessions.IsOpen(session));
    }
}
