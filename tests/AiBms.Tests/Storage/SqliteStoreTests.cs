using AiBms.Storage;
using AiBms.Storage.Sqlite;

namespace AiBms.Tests.Storage;

/// <summary>The embedded store.</summary>
public sealed class SqliteStoreTests : ReadingStoreContract, IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override IReadingStore Open() => new SqliteStore(Path.Combine(_folder.FullName, "store.db"));
}
