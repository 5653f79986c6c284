using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using DuckDB.NET.Data;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server;

/// <summary>What goes out as Parquet is all that came in, read by DuckDB.</summary>
public sealed class ParquetTrials : IDisposable
{
    /// <summary>More than one group of rows.</summary>
    const int Frames = 25_000, BatchFrames = 2500;

    const long StartMs = 1_790_000_000_000;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-parquet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task DuckDbHasEveryFrameAndCell()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(Path.Combine(_folder, "server"), stop);
        await using (MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(60) }, "car-1", _ => { }))
        {
            Record card = new(1, 1, RecordKind.Card, StartMs, new PackCard { Name = "car", SeriesCount = 2, Probes = ["P"] }.ToBytes());
            Assert.True(SendOutcome.Durable == await link.SendAsync(new("car-1", 1, [card]), stop), link.LastProblem);
            for (int first = 2; first <= Frames; first += BatchFrames)
            {
                RecordBatch batch = new("car-1", 1, [.. Enumerable.Range(first, BatchFrames).Select(n => new Record(n, n, RecordKind.Frame, StartMs + 1000L * n, new PackFrame { CurrentA = n % 100, CellVoltageV = [3.7, 3.5 + 0.001 * (n % 7)], ProbeDegC = [25] }.ToBytes()))]);
                Assert.True(SendOutcome.Durable == await link.SendAsync(batch, stop), link.LastProblem);
            }
        }

        using var client = server.Client(TimeSpan.FromMinutes(2));
        string path = Path.Combine(_folder, "car-1.parquet");
        await File.WriteAllBytesAsync(path, await client.GetByteArrayAsync("api/v1/packs/car-1/history?format=parquet&from=0&signals=currentA,soc", stop), stop);
        await using DuckDBConnection connection = new("DataSource=:memory:");
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*), sum(currentA), min(time_ms), max(V_2), min(V_1), max(T_1), count(*) FILTER (isnan(soc)) FROM '{path}'";
        await using var row = await command.ExecuteReaderAsync(stop);
        Assert.True(await row.ReadAsync(stop));
        Assert.Equal((long)Frames, row.GetInt64(0));
        Assert.Equal(Enumerable.Range(2, Frames).Sum(n => n % 100), row.GetDouble(1), 0.5);
        Assert.Equal(StartMs + 2000, row.GetInt64(2));
        Assert.Equal((3.506, 3.7, 25.0), (Math.Round(row.GetDouble(3), 3), Math.Round(row.GetDouble(4), 3), row.GetDouble(5)));
        Assert.Equal((long)Frames, row.GetInt64(6));
    }
}
