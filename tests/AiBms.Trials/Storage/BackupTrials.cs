using System.Net.Http.Json;
using System.Text.Json;
using AiBms.Storage;
using AiBms.Storage.Postgres;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Server;
using Microsoft.Data.Sqlite;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Storage;

/// <summary>docs/guide/operations.md: a backup is taken while the server runs, and restored somewhere else.</summary>
public sealed class BackupTrials(PostgresServer database) : IClassFixture<PostgresServer>, IDisposable
{
    const int Records = 300;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-backup-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Frames, users and the audit log with its head.</summary>
    [Fact]
    public async Task ADumpOfTheDatabaseIsAWholeFleet()
    {
        string address = database.NewDatabase(), restored = database.NewDatabase(), dump = Path.Combine(_folder, "aibms.dump"), head;
        using (var server = await RunningServer.StartAsync(Stop, "serve", "--folder", Path.Combine(_folder, "one"), "--store", address))
        {
            using var admin = server.Client();
            (await admin.PutAsJsonAsync("/api/v1/users/eve", new { role = "Admin", secret = "long enough 1" }, Stop)).EnsureSuccessStatusCode();
            await SendAsync(server);
            head = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit/head", Stop)).GetProperty("head").GetString()!;
            database.Tool("pg_dump", address, "-Fc", "-f", dump);
            // What comes later is not in it.
            (await admin.DeleteAsync("/api/v1/users/eve", Stop)).EnsureSuccessStatusCode();
        }

        database.Tool("pg_restore", restored, dump);
        using var again = await RunningServer.StartAsync(Stop, "serve", "--folder", Path.Combine(_folder, "other"), "--store", restored);
        Assert.Equal("", again.Secret);
        using HttpClient eve = new() { BaseAddress = new(again.Address) };
        eve.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("eve:long enough 1"u8));
        Assert.Equal("eve", (await eve.GetFromJsonAsync<JsonElement>("/api/v1/me", Stop)).GetProperty("name").GetString());
        using (PostgresStore store = new(restored, TimeProvider.System)) Whole(store);
        var (code, error) = await RunningServer.RunAsync(Stop, "audit", "verify", "--folder", _folder, "--store", restored, "--head", head);
        Assert.True(code == 0, error);
    }

    /// <summary>The server's role owns the database and nothing else; dump and restore are done by postgres. The restored server goes on, in weeks that had no table yet too.</summary>
    [Fact]
    public async Task WhatAnotherRoleRestoredIsTheServersOwn()
    {
        const string role = "aibms";
        string address = database.NewDatabase(role), restored = database.NewDatabase(role), dump = Path.Combine(_folder, "aibms.dump"), secret;
        Assert.Contains("Username=" + role, restored, StringComparison.Ordinal);
        using (var server = await RunningServer.StartAsync(Stop, "serve", "--folder", Path.Combine(_folder, "one"), "--store", address))
        {
            secret = server.Secret;
            await SendAsync(server);
        }

        database.Tool("pg_dump", address, "-Fc", "-f", dump);
        database.Tool("pg_restore", restored, dump);
        using var again = await RunningServer.StartAsync(Stop, "serve", "--folder", Path.Combine(_folder, "other"), "--store", restored);
        using HttpClient admin = new() { BaseAddress = new(again.Address) };
        admin.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("admin:" + secret)));
        (await admin.PutAsJsonAsync("/api/v1/users/eve", new { role = "Viewer", secret = "long enough 1" }, Stop)).EnsureSuccessStatusCode();
        await using (MqttLink link = new(new() { Host = "127.0.0.1", Port = again.MqttPort, Patience = TimeSpan.FromSeconds(30) }, "car", _ => { }))
            Assert.Equal(SendOutcome.Durable, await link.SendAsync(new("car", 1, [new(Records + 1, Records + 1, RecordKind.Frame, 1_795_000_000_000 + 30L * 86_400_000, new PackFrame { CurrentA = 1 }.ToBytes())]), Stop));
        using PostgresStore store = new(restored, TimeProvider.System);
        Assert.Equal(Records + 1, store.Frames("car", 0, long.MaxValue, int.MaxValue).Count);
    }

    [Fact]
    public async Task ACopyOfTheEmbeddedStoreIsWhole()
    {
        string served = Path.Combine(_folder, "served"), copy = Path.Combine(_folder, "copy.db");
        using (var server = await RunningServer.StartAsync(served, Stop))
        {
            await SendAsync(server);
            // What the command .backup of SQLite's program does.
            using SqliteConnection from = new($"Data Source={Path.Combine(served, "store.db")};Mode=ReadOnly;Pooling=False"), to = new($"Data Source={copy};Pooling=False");
            from.Open();
            to.Open();
            from.BackupDatabase(to);
        }

        using SqliteStore store = new(copy);
        Whole(store);
    }

    static void Whole(IReadingStore store) => Assert.Equal(Enumerable.Range(1, Records).Select(n => (long)n), store.Frames("car", 0, long.MaxValue, int.MaxValue).Select(r => r.Seq));

    static async Task SendAsync(RunningServer server)
    {
        await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(30) }, "car", _ => { });
        Assert.Equal(SendOutcome.Durable, await link.SendAsync(new("car", 1, [.. Enumerable.Range(1, Records).Select(n => new Record(n, n, RecordKind.Frame, 1_795_000_000_000 + 1000L * n, new PackFrame { CurrentA = n }.ToBytes()))]), Stop));
    }
}
