using AiBms.Trials.Storage;

namespace AiBms.Trials.Server.Cluster;

/// <summary>A server of a cluster may fall or be exchanged while frames flow: nothing acknowledged is lost, nothing is stored twice, estimates go on.</summary>
public sealed class ClusterTrials(PostgresServer database, ITestOutputHelper output) : IClassFixture<PostgresServer>
{
    [Fact]
    public Task AServerFallsAndAllAreExchanged() => RunAsync(packs: 12, falls: 1);

    [Fact]
    [Trait("Long", "cluster")]
    public Task ServersFallAgainAndAgain() => RunAsync(packs: 60, falls: 10);

    /// <summary>A build of an earlier commit, whose folder AIBMS_BEFORE names, is exchanged by the one of this tree while frames flow; the tables get their newer steps under it.</summary>
    [Fact]
    [Trait("Long", "upgrade")]
    public Task AnOlderProgramIsExchanged()
    {
        string? build = Environment.GetEnvironmentVariable("AIBMS_BEFORE");
        Assert.SkipWhen(build is null, "skipped: AIBMS_BEFORE names no folder with an older aibms-server.dll");
        return RunAsync(packs: 12, falls: 0, build);
    }

    async Task RunAsync(int packs, int falls, string? build = null)
    {
        var stop = TestContext.Current.CancellationToken;
        await using ClusterRun run = new(database.NewDatabase(), packs, build);
        await run.StartAsync(stop);
        run.Flow();
        // The search for the start of an estimate is over after two minutes of a pack's time, twenty times as fast here.
        while (run.Packs.Any(p => p.AcknowledgedCount < 150)) await Task.Delay(50, stop);
        for (int fall = 0; fall < falls; fall++)
        {
            int which = fall % 3;
            run.Kill(which);
            var took = await run.CaughtUpAsync(stop);
            // What was measured while it was noticed that a server had fallen, too.
            took += await run.CaughtUpAsync(stop);
            // Told, not asked for: how long it takes is the machine's too. The aim is 10 s.
            output.WriteLine($"server {which} killed: caught up in {took.TotalSeconds:0.0} s; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
            await run.StartAsync(which, stop);
            await run.CaughtUpAsync(stop);
        }

        // A new program on each in turn.
        for (int which = 0; which < 3; which++)
        {
            Assert.Equal(0, await run.EndAsync(which, stop));
            run.Renew(which);
            await run.StartAsync(which, stop);
            output.WriteLine($"server {which} exchanged: caught up {(await run.CaughtUpAsync(stop)).TotalSeconds:0.0} s after its start");
        }

        await run.StopFlowAsync(stop);
        run.Compare();
        foreach (var pack in run.Packs.Take(12))
        {
            var (seq, frames, soc) = await run.EstimatesAsync(pack.Id[^1] % 3, pack.Id, stop);
            // Every frame once and in order, over falls and moves: the card is none.
            Assert.Equal((pack.AcknowledgedCount, pack.AcknowledgedCount - 1), (seq, frames));
            Assert.InRange(soc, 0.2, 0.8);
        }

        output.WriteLine($"{run.Packs.Sum(p => p.AcknowledgedCount)} frames of {packs} packs, each stored once");
    }
}
