using AiBms.Server.Access;
using AiBms.Server.Alarms;
using AiBms.Server.Audit;
using AiBms.Server.Books;
using AiBms.Server.Devices;
using AiBms.Telemetry;
using AiBms.Trials.Storage;
using Npgsql;

namespace AiBms.Trials.Server.Books;

/// <summary>Two servers on one database: what one enters the other knows, and neither breaks a rule that both know.</summary>
public sealed class SharedBooksTrials : IClassFixture<PostgresServer>, IDisposable
{
    const string Password = "long enough 1";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-books-").FullName;
    readonly NpgsqlDataSource _source;
    readonly PostgresServer _database;

    public SharedBooksTrials(PostgresServer database) => (_database, _source) = (database, SharedDatabase.Open(database));

    public void Dispose()
    {
        _source.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    UserBook Users() => new(new DatabaseBook(_source, BookServices.Users));

    DeviceBook Devices() => new(new DatabaseBook(_source, BookServices.Devices), TimeProvider.System);

    string FolderOf(int server) => Directory.CreateDirectory(Path.Combine(_folder, RunningServer.Text(server))).FullName;

    [Fact]
    public void AUserWhoIsRemovedOnOneServerIsSignedOutOnTheOther()
    {
        using UserBook one = Users(), other = Users();
        Assert.NotNull(one.MakeFirst(isAnew: false));
        Assert.Null(other.MakeFirst(isAnew: false));
        one.Set("eve", Role.Operator, Password);
        Assert.Equal("eve", other.Check("eve", Password)?.Name);
        var session = Visitor.Of(other.Find("eve")!, "trial");
        Visitors visitors = new(other, sessions: null!);
        Assert.True(visitors.IsCurrent(session));
        one.Remove("eve");
        other.Refresh();
        Assert.False(visitors.IsCurrent(session));
        Assert.Null(other.Check("eve", Password));
    }

    /// <summary>Signed in on one server, somebody is on the other; signed out on it, they are nowhere.</summary>
    [Fact]
    public void ASessionIsEveryServers()
    {
        using SessionBook one = new(new DatabaseBook(_source, BookServices.Sessions), TimeProvider.System), other = new(new DatabaseBook(_source, BookServices.Sessions), TimeProvider.System);
        string session = one.Begin("eve");
        Assert.True(other.IsOpen(session));
        other.End(session);
        one.Refresh();
        Assert.False(one.IsOpen(session));
        Assert.False(other.IsOpen(session));
        using var ask = _source.CreateCommand("SELECT string_agg(sessions::text, '') FROM sessions");
        Assert.DoesNotContain(session, ask.ExecuteScalar()?.ToString() ?? "", StringComparison.Ordinal);
    }

    /// <summary>Three servers, and many at once: ten wrong passwords of a name, and no more, are looked at in a minute.</summary>
    [Fact]
    public async Task WrongPasswordsAreCountedOverAllServers()
    {
        WrongTries[] servers = [.. Enumerable.Range(0, 3).Select(_ => new WrongTries(TimeProvider.System, new SharedTries(_source)))];
        int lookedAt = 0;
        User? Wrong()
        {
            Interlocked.Increment(ref lookedAt);
            return null;
        }

        // Where the minute ends meanwhile the count begins anew: then it is done again.
        for (bool isWhole = false; !isWhole;)
        {
            (long minute, lookedAt) = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60, 0);
            await Task.WhenAll(Enumerable.Range(0, 90).Select(k => Task.Run(() => servers[k % 3].CheckAsync($"10.0.0.{k}", "red", Wrong))));
            Assert.Equal((null, false), await servers[1].CheckAsync("10.0.1.1", "RED", () => new User("red", Role.Viewer, "", "")));
            isWhole = minute == TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60;
        }

        // Each server looks at one at a time: as many as there are servers may be on their way when the tenth is counted.
        Assert.InRange(lookedAt, WrongTries.MostAMinute, WrongTries.MostAMinute + servers.Length - 1);
        Assert.NotNull((await servers[2].CheckAsync("10.0.2.1", "blue", () => new User("blue", Role.Viewer, "", ""))).User);
    }

    /// <summary>Two admins, and each server removes another of them at the same moment: one of them stays.</summary>
    [Fact]
    public async Task TheLastAdminStaysHoweverManyServersThereAre()
    {
        for (int round = 0; round < 20; round++)
        {
            using UserBook one = Users(), other = Users();
            one.Set("ann", Role.Admin, Password);
            one.Set("ben", Role.Admin, Password);
            foreach (var rest in one.All.Where(u => u.Name is not ("ann" or "ben"))) one.Remove(rest.Name);
            other.Refresh();
            using Barrier start = new(2);
            Task<bool>[] both = [Task.Run(() => Removes(one, "ann", start)), Task.Run(() => Removes(other, "ben", start))];
            Assert.Single(await Task.WhenAll(both), done => done);
            using var after = Users();
            Assert.Single(after.All);
        }

        static bool Removes(UserBook book, string name, Barrier start)
        {
            start.SignalAndWait();
            try
            {
                return book.Remove(name);
            }
            catch (DataException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void ACertificateThatIsTakenBackOnOneServerEndsItsLineOnTheOther()
    {
        using DeviceBook one = Devices(), other = Devices();
        one.Add(new("AB", "car-1", TimeProvider.System.GetUtcNow().AddDays(1), null, ""));
        one.Assign("car-1", "red");
        other.Refresh();
        Assert.Null(other.Find("AB")!.RevokedAt);
        Assert.Equal("red", other.FleetOf("car-1"));
        List<string> told = [];
        other.OnRevoked = device => told.Add(device.Serial);
        Assert.True(one.Revoke("AB", "anna"));
        other.Refresh();
        other.Refresh();
        Assert.Equal(["AB"], told);
        Assert.Equal("anna", other.Find("AB")!.RevokedBy);
        Assert.False(other.Revoke("AB", "ben"));
    }

    [Fact]
    public async Task ATokenEnrolsOnceOnWhicheverServer()
    {
        using DeviceBook one = Devices(), other = Devices();
        for (int round = 0; round < 20; round++)
        {
            string token = one.MakeToken("car-1", "red", TimeSpan.FromHours(1));
            using Barrier start = new(2);
            Task<bool>[] both = [Task.Run(() => Uses(one, token, start)), Task.Run(() => Uses(other, token, start))];
            Assert.Single(await Task.WhenAll(both), done => done);
        }

        static bool Uses(DeviceBook book, string token, Barrier start)
        {
            start.SignalAndWait();
            try
            {
                return book.UseToken(token).Length > 0;
            }
            catch (DataException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void RulesAreTheSameOnEachServer()
    {
        AlarmBook one = new(new DatabaseText(_source, BookServices.Rules)), other = new(new DatabaseText(_source, BookServices.Rules));
        one.Set(new() { Name = "Warm", Signal = "hotSpotDegC", Threshold = 45 });
        other.Set(new() { Name = "Cold", Signal = "hotSpotDegC", Threshold = -10, IsAbove = false });
        one.Refresh();
        Assert.Equal(other.Rules, one.Rules);
        Assert.Contains(one.Rules, r => r.Name == "Warm");
        Assert.Contains(one.Rules, r => r.Name == "Cold");
    }

    /// <summary>Four writers at once: one chain, every entry in it, and a change of any shows.</summary>
    [Fact]
    public async Task SeveralServersWriteOneAuditLog()
    {
        const int writers = 4, entries = 50;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(n => Task.Run(() =>
        {
            using AuditLog log = new(new AuditTable(_source, FolderOf(n)), TimeProvider.System);
            for (int k = 0; k < entries; k++)
            {
                if (k % 2 == 0) log.Add($"server-{n}", "did", RunningServer.Text(k));
                else log.Refused($"server-{n}", "thing", RunningServer.Text(k), "not allowed");
            }
        })));
        var whole = AuditTable.Read(_source);
        Assert.Equal((writers * entries, ""), ((int)whole.Count, whole.Problem));
        using (AuditLog log = new(new AuditTable(_source, FolderOf(0)), TimeProvider.System))
        {
            Assert.Equal($"{whole.Count}:{whole.Hash}", log.Head);
            // Of each writer all are there, in its own order.
            foreach (var own in log.Last(1000).Reverse().GroupBy(e => e.Who)) Assert.Equal(Enumerable.Range(0, entries).Select(RunningServer.Text), own.Select(e => e.About));
        }

        foreach (string change in (string[])[
            "UPDATE audit SET entry = replace(entry, 'server-2', 'server-1') WHERE number = (SELECT min(number) FROM audit WHERE entry LIKE '%server-2%')", "DELETE FROM audit WHERE number = 20", "DELETE FROM audit WHERE number = 200",
            "UPDATE audit SET number = -1 WHERE number = 5"])
        {
            using var connection = _source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            using (NpgsqlCommand command = new(change, connection)) Assert.Equal(1, command.ExecuteNonQuery());
            using NpgsqlCommand asked = new("SELECT hash || ' ' || entry FROM audit ORDER BY number", connection);
            using var rows = asked.ExecuteReader();
            List<string> lines = [];
            while (rows.Read()) lines.Add(rows.GetString(0));
            var found = AuditChain.Of(lines, "it");
            // The end may be cut off without a break: for that there are heads that were noted.
            Assert.True(found.Problem.Length > 0 || found.Count < whole.Count, change);
        }
    }

    /// <summary>Who can write the table can cut its end off so that all hashes fit: each server's own note shows it at the next start. Another server's entries after it are no alarm.</summary>
    [Fact]
    public void ATableWhoseEndWasCutOffIsSaidAtTheStart()
    {
        using (AuditLog one = new(new AuditTable(_source, FolderOf(0)), TimeProvider.System), other = new(new AuditTable(_source, FolderOf(1)), TimeProvider.System))
            for (int k = 0; k < 6; k++) (k < 4 ? one : other).Add("trial", "did", RunningServer.Text(k));
        new AuditTable(_source, FolderOf(0)).Dispose();
        using (var cut = _source.CreateCommand("DELETE FROM audit WHERE number = 6")) Assert.Equal(1, cut.ExecuteNonQuery());
        new AuditTable(_source, FolderOf(0)).Dispose();
        string why = Assert.Throws<DataException>(() => new AuditTable(_source, FolderOf(1))).Message;
        Assert.Contains("it had 6 entries, now 5. The end was cut off.", why, StringComparison.Ordinal);
        Assert.Contains($"move {Path.Combine(FolderOf(1), AuditTable.HeadName)} away", why, StringComparison.Ordinal);
        using (var cut = _source.CreateCommand("DELETE FROM audit WHERE number >= 3")) Assert.Equal(3, cut.ExecuteNonQuery());
        Assert.Contains("it had 4 entries, now 2.", Assert.Throws<DataException>(() => new AuditTable(_source, FolderOf(0))).Message, StringComparison.Ordinal);
    }

    /// <summary>While the database is away nothing is left out: entries wait in the server's folder, over its fall too.</summary>
    [Fact]
    public void EntriesWaitWhileTheDatabaseIsAway()
    {
        var log = new AuditTable(_source, FolderOf(0));
        log.Add(Entry("before"));
        _database.Kill();
        log.Add(Entry("while it was away"));
        log.AddSoon(Entry("soon"));
        Assert.True(File.Exists(Path.Combine(FolderOf(0), AuditTable.WaitingName)));
        _database.Start();
        NpgsqlConnection.ClearAllPools();
        // The first server fell: its folder is opened anew.
        using AuditTable again = new(_source, FolderOf(0));
        again.Add(Entry("after"));
        Assert.Equal(["after", "soon", "while it was away", "before"], again.Last(10).Select(e => e.What));
        Assert.Equal("", AuditTable.Read(_source).Problem);
        Assert.False(File.Exists(Path.Combine(FolderOf(0), AuditTable.WaitingName)));

        static AuditEntry Entry(string what) => new(0, TimeProvider.System.GetUtcNow(), "trial", what, "", "");
    }

    /// <summary>A server that had its books in its folder, and is given a PostgreSQL store.</summary>
    [Fact]
    public void WhatLayInTheFolderIsTakenOver()
    {
        string folder = FolderOf(0);
        using (UserBook users = new(UserBook.InFile(Path.Combine(folder, FolderBooks.UserFile)))) users.Set("ann", Role.Admin, Password);
        using (DeviceBook devices = new(DeviceBook.InFile(Path.Combine(folder, FolderBooks.DeviceFile)), TimeProvider.System))
        {
            devices.Add(new("AB", "car-1", TimeProvider.System.GetUtcNow().AddDays(1), null, ""));
            devices.Add(new("CD", "car-2", TimeProvider.System.GetUtcNow().AddDays(1), null, ""));
            devices.Revoke("CD", "ann");
            devices.Assign("car-1", "red");
        }

        new AlarmBook(new FileText(Path.Combine(folder, FolderBooks.RuleFile))).Remove("No data");
        string head;
        using (AuditLog log = new(new AuditFile(folder, TimeProvider.System), TimeProvider.System))
        {
            log.Add("ann", "signed in", "");
            head = log.Head;
        }

        SharedBooks books = new(_source, folder);
        Assert.Empty(Directory.GetFiles(folder, "*.db"));
        using (UserBook users = new(books.Users)) Assert.Equal(Role.Admin, users.Check("ann", Password)!.Role);
        using (DeviceBook devices = new(books.Devices, TimeProvider.System))
        {
            Assert.Equal((2, "red", "ann"), (devices.All.Count, devices.FleetOf("car-1"), devices.Find("CD")!.RevokedBy));
            Assert.NotNull(devices.Find("CD")!.RevokedAt);
        }

        Assert.DoesNotContain(new AlarmBook(books.Rules).Rules, r => r.Name == "No data");
        Assert.Contains(books.Audit.Last(10), e => e.Detail == head);
        // A second server with books of its own: the database's count, and its files stay.
        using (UserBook users = new(UserBook.InFile(Path.Combine(FolderOf(1), FolderBooks.UserFile)))) users.Set("mallory", Role.Admin, Password);
        SharedBooks second = new(_source, FolderOf(1));
        Assert.True(File.Exists(Path.Combine(FolderOf(1), FolderBooks.UserFile)));
        using UserBook both = new(second.Users);
        Assert.Equal(["ann"], both.All.Select(u => u.Name));
        Assert.Equal("", AuditTable.Read(_source).Problem);
    }
}
