using System.Diagnostics;
using System.Globalization;
using AiBms.Trials.Server;
using Npgsql;

namespace AiBms.Trials.Storage;

/// <summary>A PostgreSQL server of its own on loopback, from Debian's package; gone when disposed.</summary>
public sealed class PostgresServer : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-postgres-").FullName;
    readonly string? _programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "postgres"))).Max(StringComparer.Ordinal) : null;

    readonly int _port = RunningServer.FreePort();
    Process? _process;
    int _count;

    public PostgresServer()
    {
        if (Obstacle is not null) return;
        if (IsRoot) Run("chown", "postgres", _folder);
        Run([.. AsUser, Path.Combine(_programs!, "initdb"), "-D", Data, "-A", "trust", "-U", "postgres"]);
        Start();
    }

    /// <summary>Why there is none here, or null.</summary>
    public string? Obstacle => _programs is null ? "skipped: no PostgreSQL server (Debian's package postgresql)" : null;

    string Data => Path.Combine(_folder, "data");

    static bool IsRoot => Environment.UserName == "root";

    // It refuses to run as root.
    static string[] AsUser => IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    /// <summary>An empty database.</summary>
    /// <param name="owner">The role whose it is, and who the address is for; made where it is not there.</param>
    /// <param name="disk">An empty folder for its files; null for where the server's own are.</param>
    public string NewDatabase(string owner = "postgres", string? disk = null)
    {
        Assert.SkipWhen(Obstacle is not null, Obstacle ?? "");
        string name = string.Create(CultureInfo.InvariantCulture, $"trial{Interlocked.Increment(ref _count)}");
        using var source = NpgsqlDataSource.Create(Address("postgres"));
        string[] place = [];
        if (disk is not null)
        {
            if (IsRoot) Run("chown", "postgres", disk);
            Run("chmod", "0711", Path.GetDirectoryName(disk)!);
            place = [$"CREATE TABLESPACE {name} LOCATION '{disk}'"];
        }

        foreach (string line in (string[])[.. place, $"DO $$ BEGIN CREATE ROLE {owner} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$", $"CREATE DATABASE {name} OWNER {owner}{(disk is null ? "" : " TABLESPACE " + name)}"])
        {
            using var command = source.CreateCommand(line);
            command.ExecuteNonQuery();
        }

        return Address(name, owner);
    }

    /// <summary>Runs one of PostgreSQL's own programs on a database of this server.</summary>
    /// <param name="program">pg_dump, pg_restore.</param>
    /// <param name="address">The database; the program runs as postgres, whoever the address is for.</param>
    /// <param name="more">What else it is told.</param>
    public void Tool(string program, string address, params string[] more)
    {
        NpgsqlConnectionStringBuilder told = new(address);
        Run([Path.Combine(_programs!, program), "-h", told.Host!, "-p", RunningServer.Text(told.Port), "-U", "postgres", "-d", told.Database!, .. more]);
    }

    /// <summary>kill −9 of the server with all its children, as a power cut would end them.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Sends a signal to the server and to all its children.</summary>
    public void Signal(string name)
    {
        string self = _process!.Id.ToString(CultureInfo.InvariantCulture);
        Run(["kill", "-" + name, self, .. File.ReadAllText($"/proc/{self}/task/{self}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>Starts it and waits until it takes connections.</summary>
    public void Start()
    {
        string[] line = [.. AsUser, Path.Combine(_programs!, "postgres"), "-D", Data, "-k", _folder, "-p", RunningServer.Text(_port), "-c", "listen_addresses=127.0.0.1"];
        _process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = _folder })!;
        // What it says is read and let go: a full pipe would stop it.
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var source = NpgsqlDataSource.Create(Address("postgres"));
                using var connection = source.OpenConnection();
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(5))
            {
                Thread.Sleep(100);
            }
        }
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    string Address(string database, string user = "postgres") => $"Host=127.0.0.1;Port={RunningServer.Text(_port)};Database={database};Username={user};Timeout=30";

    static void Run(params string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said + error.Result);
    }
}
