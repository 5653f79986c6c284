using System.Diagnostics;
using System.Globalization;
using AiBms.Storage;
using AiBms.Storage.Postgres;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using Npgsql;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Bench;

/// <summary>Durable frames a second into each store, one writer, without network: batches of many packs committed in groups, as the server does.</summary>
static class StoreIngest
{
    const int Packs = 200, BatchFrames = 20, GroupBatches = 64, Cells = 96;
    const double WatchedS = 10;

    /// <param name="print">Takes the table.</param>
    /// <param name="address">An empty PostgreSQL database; null for the embedded store alone.</param>
    public static int Run(TextWriter print, string? address)
    {
        print.WriteLine(I($"{Packs} packs of {Cells} cells, {BatchFrames} frames a batch, {GroupBatches} batches a commit; load of the machine before: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
        print.WriteLine("| store | frames/s, durable | commit, ms: median, 99 % | share of the time for making the batches |");
        print.WriteLine("|---|---:|---:|---:|");
        string folder = Directory.CreateTempSubdirectory("aibms-store-").FullName;
        try
        {
            using (SqliteStore sqlite = new(Path.Combine(folder, "store.db"))) Row(print, "SQLite", groups => sqlite.Write(groups));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        if (address is null) return 0;
        using (PostgresStore postgres = new(address, TimeProvider.System)) Row(print, "PostgreSQL", groups => postgres.Write(groups));
        using var source = NpgsqlDataSource.Create(address);
        using (var make = source.CreateCommand("CREATE UNLOGGED TABLE ceiling (pack integer, seq bigint, time_ms bigint, body bytea)")) make.ExecuteNonQuery();
        using (var logged = source.CreateCommand("ALTER TABLE ceiling SET LOGGED")) logged.ExecuteNonQuery();
        Row(print, "bare COPY of the same bodies, no index", groups => Copy(source, groups));
        return 0;
    }

    static void Row(TextWriter print, string name, Action<RecordBatch[]> write)
    {
        long[] next = new long[Packs];
        int pack = 0;
        double madeS = 0;
        List<double> commitsMs = [];
        long frames = 0, since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since).TotalSeconds < WatchedS)
        {
            long begin = Stopwatch.GetTimestamp();
            var group = new RecordBatch[GroupBatches];
            for (int k = 0; k < group.Length; k++, pack = (pack + 1) % Packs) group[k] = Batch(pack, ref next[pack]);
            madeS += Stopwatch.GetElapsedTime(begin).TotalSeconds;
            begin = Stopwatch.GetTimestamp();
            write(group);
            commitsMs.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            frames += GroupBatches * BatchFrames;
        }

        double tookS = Stopwatch.GetElapsedTime(since).TotalSeconds;
        commitsMs.Sort();
        print.WriteLine(I($"| {name} | {frames / tookS:N0} | {commitsMs[commitsMs.Count / 2]:0.0}, {commitsMs[(int)(0.99 * (commitsMs.Count - 1))]:0.0} | {100 * madeS / tookS:0} % |"));
    }

    static RecordBatch Batch(int pack, ref long seq)
    {
        var records = new Record[BatchFrames];
        for (int k = 0; k < records.Length; k++)
        {
            seq++;
            double[] volts = new double[Cells];
            for (int cell = 0; cell < Cells; cell++) volts[cell] = 3.7 + 0.001 * ((cell * 7 + seq + pack) % 23);
            PackFrame frame = new() { ProtectionCode = 2, CurrentA = -20 - seq % 11, VoltageV = 355, Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1, HotSpotDegC = 31, HotSpotCell = 4, AmbientDegC = 20, CellVoltageV = volts, ProbeDegC = [29, 30, 30, 29, 28, 30, 31, 29] };
            records[k] = new(seq, seq, RecordKind.Frame, 1_795_000_000_000 + 1000 * seq, frame.ToBytes());
        }

        return new(I($"car-{pack}"), 1, records);
    }

    static void Copy(NpgsqlDataSource source, RecordBatch[] groups)
    {
        using var connection = source.OpenConnection();
        using var copy = connection.BeginBinaryImport("COPY ceiling FROM STDIN (FORMAT BINARY)");
        for (int n = 0; n < groups.Length; n++)
            foreach (var record in groups[n].Records)
            {
                copy.StartRow();
                copy.Write(n);
                copy.Write(record.Seq);
                copy.Write(record.TimeMs);
                copy.Write(record.Body);
            }

        copy.Complete();
    }

    static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
