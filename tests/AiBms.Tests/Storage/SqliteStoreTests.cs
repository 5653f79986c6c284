using AiBms.Storage;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using Microsoft.Data.Sqlite;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Tests.Storage;

/// <summary>The embedded store.</summary>
public sealed class SqliteStoreTests : ReadingStoreContract, IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A store of before there were rules, minutes and estimators opens with what it holds, and takes them.</summary>
    [Fact]
    public void AnOlderFileIsBroughtUpToDate()
    {
        Record record = new(1, 1, RecordKind.Frame, 1_795_000_000_000, new PackFrame { CurrentA = 1 }.ToBytes());
        using (var store = Open()) store.Write([new("car", 1, [record])]);
        using (SqliteConnection file = new($"Data Source={Path.Combine(_folder.FullName, "store.db")};Pooling=False"))
        {
            file.Open();
            using var older = file.CreateCommand();
            older.CommandText = "DROP TABLE minutes; DROP TABLE estimators; ALTER TABLE events DROP COLUMN rule; ALTER TABLE events DROP COLUMN text; ALTER TABLE events DROP COLUMN advice; ALTER TABLE events DROP COLUMN unit; ALTER TABLE events DROP COLUMN level";
            older.ExecuteNonQuery();
        }

        using var again = Open();
        Assert.Equal([1L], again.Frames("car", 0, long.MaxValue, 10).Select(r => r.Seq));
        again.Raise("car", new("Warm", 2, "warm", "look", "°C"), [31, 30], 5);
        Assert.Equal("Warm", again.Events("car", true, 10).Single().Rule?.Name);
        again.KeepMinutes([new("car", [new(0, [1])])]);
        Assert.Single(again.Minutes("car", 0, 1));
        Assert.True(again.KeepEstimator("car", new(1, 1, 1, [1])));
    }

    protected override IReadingStore Open() => new SqliteStore(Path.Combine(_folder.FullName, "store.db"));
}
