using System.Data;
using System.Globalization;
using Npgsql;
using Orleans.Runtime;

namespace AiBms.Server.Cluster;

/// <summary>Which servers a cluster has, in the tables of the store: every change is one transaction and raises the version that it was made from by one.</summary>
sealed class PostgresMembership(NpgsqlDataSource source) : IMembershipTable
{
    const string Name = "aibms", Columns = "address, status, silo, host, started, alive, suspectors, suspected, etag";

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        if (!tryInitTableVersion) return;
        await using var command = Command("INSERT INTO clusters VALUES ($1, 0) ON CONFLICT DO NOTHING");
        await command.ExecuteNonQueryAsync();
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await using var command = Command("DELETE FROM silos WHERE cluster = $1");
        await command.ExecuteNonQueryAsync();
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        await using var command = Command("DELETE FROM silos WHERE cluster = $1 AND status = $2 AND alive < $3", (short)SiloStatus.Dead, beforeDate.UtcDateTime);
        await command.ExecuteNonQueryAsync();
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync("AND address = $2", key.ToParsableString());

    public Task<MembershipTableData> ReadAll() => ReadAsync("");

    // One statement sees one moment: version and rows belong together.
    async Task<MembershipTableData> ReadAsync(string which, params object[] values)
    {
        await using var command = Command($"SELECT version, {Columns} FROM clusters LEFT JOIN silos ON cluster = name {which} WHERE name = $1", values);
        await using var rows = await command.ExecuteReaderAsync();
        List<Tuple<MembershipEntry, string>> members = [];
        int version = 0;
        while (await rows.ReadAsync())
        {
            version = rows.GetInt32(0);
            if (!rows.IsDBNull(1)) members.Add(new(Entry(rows), Text(rows.GetInt64(9))));
        }

        return new(members, new TableVersion(version, Text(version)));
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        ChangeAsync(tableVersion, $"INSERT INTO silos (cluster, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING", [.. Values(entry), (long)tableVersion.Version]);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(
        tableVersion, "UPDATE silos SET status = $3, silo = $4, host = $5, started = $6, alive = $7, suspectors = $8, suspected = $9, etag = $10 WHERE cluster = $1 AND address = $2 AND etag = $11",
        [.. Values(entry), (long)tableVersion.Version, long.Parse(etag, CultureInfo.InvariantCulture)]);

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        await using var command = Command("UPDATE silos SET alive = $3 WHERE cluster = $1 AND address = $2", entry.SiloAddress.ToParsableString(), Utc(entry.IAmAliveTime));
        await command.ExecuteNonQueryAsync();
    }

    /// <returns>False where somebody else changed the table first: then nothing was changed.</returns>
    async Task<bool> ChangeAsync(TableVersion version, string text, object[] values)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        foreach (var (what, with) in (ReadOnlySpan<(string, object[])>)[("UPDATE clusters SET version = $2 WHERE name = $1 AND version = $2 - 1", [version.Version]), (text, values)])
        {
            using var command = With(new NpgsqlCommand(what, connection), with);
            if (command.ExecuteNonQuery() != 1) return false;
        }

        await transaction.CommitAsync();
        return true;
    }

    NpgsqlCommand Command(string text, params object[] values) => With(source.CreateCommand(text), values);

    static NpgsqlCommand With(NpgsqlCommand command, object[] values)
    {
        command.Parameters.AddWithValue(Name);
        foreach (object value in values) command.Parameters.AddWithValue(value);
        return command;
    }

    static object[] Values(MembershipEntry entry)
    {
        var suspects = entry.SuspectTimes ?? [];
        return
        [
            entry.SiloAddress.ToParsableString(), (short)entry.Status, entry.SiloName ?? "", entry.HostName ?? "", Utc(entry.StartTime), Utc(entry.IAmAliveTime),
            suspects.Select(s => s.Item1.ToParsableString()).ToArray(), suspects.Select(s => Utc(s.Item2)).ToArray(),
        ];
    }

    static MembershipEntry Entry(NpgsqlDataReader rows)
    {
        string[] suspectors = rows.GetFieldValue<string[]>(7);
        var suspected = rows.GetFieldValue<DateTime[]>(8);
        return new()
        {
            SiloAddress = SiloAddress.FromParsableString(rows.GetString(1)),
            Status = (SiloStatus)rows.GetInt16(2),
            SiloName = rows.GetString(3),
            HostName = rows.GetString(4),
            StartTime = rows.GetDateTime(5),
            IAmAliveTime = rows.GetDateTime(6),
            SuspectTimes = [.. suspectors.Select((s, k) => Tuple.Create(SiloAddress.FromParsableString(s), suspected[k]))],
        };
    }

    static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
