using AiBms.Server.Access;
using AiBms.Server.Alarms;
using AiBms.Server.Audit;
using AiBms.Server.Devices;
using AiBms.Storage;
using AiBms.Storage.Postgres;

namespace AiBms.Server.Books;

/// <summary>Users, devices, rules and the audit log: in the server's folder, or with a PostgreSQL store in its database, where every server on it sees them.</summary>
static class BookServices
{
    /// <summary>Names of the books in the database.</summary>
    public const string Users = "users", Devices = "devices", Rules = "rules", Sessions = "sessions";

    public static void AddBooks(this IServiceCollection services, ServerOptions options)
    {
        string folder = options.Folder;
        if (options.StoreAddress is { } address)
        {
            services.AddSingleton(s => Opened(s.GetRequiredService<IReadingStore>(), address));
            services.AddSingleton(s => new SharedBooks(s.GetRequiredService<Npgsql.NpgsqlDataSource>(), folder));
            services.AddSingleton(s => new UserBook(s.GetRequiredService<SharedBooks>().Users));
            services.AddSingleton(s => new SessionBook(new DatabaseBook(s.GetRequiredService<Npgsql.NpgsqlDataSource>(), Sessions), s.GetRequiredService<TimeProvider>())).AddSingleton<SharedTries>();
            services.AddSingleton(s => new DeviceBook(s.GetRequiredService<SharedBooks>().Devices, s.GetRequiredService<TimeProvider>()));
            services.AddSingleton(s => new AlarmBook(s.GetRequiredService<SharedBooks>().Rules));
            services.AddSingleton(s => s.GetRequiredService<SharedBooks>().Audit);
            services.AddSingleton(s => new AuditLog(s.GetRequiredService<AuditTable>(), s.GetRequiredService<TimeProvider>()));
            services.AddHostedService<BookKeeper>();
        }
        else
        {
            services.AddSingleton(_ => new UserBook(UserBook.InFile(Path.Combine(folder, FolderBooks.UserFile))));
            services.AddSingleton(s => new SessionBook(SessionBook.InFile(Path.Combine(folder, "sessions.db")), s.GetRequiredService<TimeProvider>()));
            services.AddSingleton(s => new DeviceBook(DeviceBook.InFile(Path.Combine(folder, FolderBooks.DeviceFile)), s.GetRequiredService<TimeProvider>()));
            services.AddSingleton(_ => new AlarmBook(new FileText(Path.Combine(folder, FolderBooks.RuleFile))));
            services.AddSingleton(s => new AuditLog(new AuditFile(folder, s.GetRequiredService<TimeProvider>()), s.GetRequiredService<TimeProvider>()));
        }
    }

    /// <summary>The store has made the tables.</summary>
    static Npgsql.NpgsqlDataSource Opened(IReadingStore store, string address)
    {
        ArgumentNullException.ThrowIfNull(store);
        return PostgresStore.Connect(address);
    }
}
