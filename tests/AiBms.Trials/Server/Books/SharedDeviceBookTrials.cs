using AiBms.Server.Books;
using AiBms.Server.Devices;
using AiBms.Tests.Server.Books;
using AiBms.Trials.Storage;
using Npgsql;

namespace AiBms.Trials.Server.Books;

/// <summary>Devices in the store's database.</summary>
public sealed class SharedDeviceBookTrials(PostgresServer database) : DeviceBookContract, IClassFixture<PostgresServer>, IDisposable
{
    NpgsqlDataSource? _source;

    public void Dispose() => _source?.Dispose();

    private protected override DeviceBook Open() => new(new DatabaseBook(_source ??= SharedDatabase.Open(database), BookServices.Devices), Clock);
}
