using AiBms.Server.Access;
using AiBms.Server.Books;
using AiBms.Storage.Postgres;
using AiBms.Tests.Server.Books;
using AiBms.Trials.Storage;
using Npgsql;

namespace AiBms.Trials.Server.Books;

/// <summary>Users in the store's database.</summary>
public sealed class SharedUserBookTrials(PostgresServer database) : UserBookContract, IClassFixture<PostgresServer>, IDisposable
{
    NpgsqlDataSource? _source;

    public void Dispose() => _source?.Dispose();

    private protected override UserBook Open() => new(new DatabaseBook(_source ??= SharedDatabase.Open(database), BookServices.Users));

    private protected override string Kept()
    {
        using var command = _source!.CreateCommand("SELECT string_agg(users::text, ' ') FROM users");
        return (string)command.ExecuteScalar()!;
    }
}
