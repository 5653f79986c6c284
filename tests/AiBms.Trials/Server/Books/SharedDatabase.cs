using AiBms.Storage.Postgres;
using AiBms.Trials.Storage;
using Npgsql;

namespace AiBms.Trials.Server.Books;

/// <summary>A new database with the store's tables.</summary>
static class SharedDatabase
{
    public static NpgsqlDataSource Open(PostgresServer server)
    {
        string address = server.NewDatabase();
        using (new PostgresStore(address, TimeProvider.System))
        {
            // It makes the tables.
        }

        return PostgresStore.Connect(address);
    }
}
