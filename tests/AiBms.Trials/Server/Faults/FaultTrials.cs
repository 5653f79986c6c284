using System.Globalization;
using AiBms.Trials.House;
using AiBms.Trials.Storage;

namespace AiBms.Trials.Server.Faults;

/// <summary>Whatever is killed, stopped or cut off, in whatever order: nothing acknowledged is lost, nothing is stored twice.</summary>
public sealed class FaultTrials(PostgresServer database, ITestOutputHelper output) : IClassFixture<PostgresServer>
{
    const int FaultsOfSeed = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public Task FiveFaultsLoseNothing(int seed) => RunAsync(seed, 5);

    /// <summary>Two planted mistakes: a server that acknowledges before it commits, and one whose syncs do nothing.</summary>
    [Fact]
    public async Task AnAcknowledgementThatComesTooEarlyIsFound()
    {
        Assert.SkipWhen(database.Obstacle is not null, database.Obstacle ?? "");
        using FaultRun run = new(database, seed: 2, FaultWorld.Database, isPlanted: true);
        await run.RunEarlyAnswerAsync(TestContext.Current.CancellationToken);
        output.WriteLine(Assert.ThrowsAny<Xunit.Sdk.XunitException>(run.Compare).Message);
    }

    [Fact]
    public async Task ASkippedSyncIsFound()
    {
        Assert.SkipWhen(database.Obstacle is not null, database.Obstacle ?? "");
        using FaultRun run = new(database, seed: 2, FaultWorld.Embedded);
        await run.RunSkippedSyncAsync(TestContext.Current.CancellationToken);
        output.WriteLine(Assert.ThrowsAny<Xunit.Sdk.XunitException>(run.Compare).Message);
    }

    /// <summary>Seeds 1 to 100, or those that AIBMS_SEEDS names (FROM-TO); those that have passed stand in a file and are not run again.</summary>
    [Fact]
    [Trait("Long", "faults")]
    public async Task AThousandFaultsLoseNothing()
    {
        var (from, to) = Seeds.Told(1, 100);
        string file = Path.Combine(Clone.Root, "artifacts", "faults.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        HashSet<string> passed = File.Exists(file) ? [.. File.ReadLines(file).Select(l => l.Split(' ')[0])] : [];
        for (int seed = from; seed <= to; seed++)
        {
            string name = seed.ToString(CultureInfo.InvariantCulture);
            if (passed.Contains(name)) continue;
            long acknowledged = await RunAsync(seed, FaultsOfSeed);
            await File.AppendAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"{name} passed: {FaultsOfSeed} faults, {acknowledged} records acknowledged; {Clone.Commit}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}\n"), TestContext.Current.CancellationToken);
        }
    }

    async Task<long> RunAsync(int seed, int faults)
    {
        Assert.SkipWhen(database.Obstacle is not null, database.Obstacle ?? "");
        using FaultRun run = new(database, seed, (FaultWorld)(seed % 4));
        try
        {
            long acknowledged = await run.RunAsync(faults, TestContext.Current.CancellationToken);
            output.WriteLine($"seed {seed} ({(FaultWorld)(seed % 4)}): {acknowledged} records acknowledged, all stored, each once");
            return acknowledged;
        }
        finally
        {
            output.WriteLine($"seed {seed}: {string.Join(", ", run.Faults)}");
        }
    }
}
