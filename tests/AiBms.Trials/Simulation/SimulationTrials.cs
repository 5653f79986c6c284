using System.Globalization;
using AiBms.Trials.House;

namespace AiBms.Trials.Simulation;

/// <summary>Worlds by the thousand: whatever fails, what was acknowledged is stored, and in the end everything is, once.</summary>
public sealed class SimulationTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory("/dev/shm/aibms-sim-" + Path.GetRandomFileName()).FullName : Directory.CreateTempSubdirectory("aibms-sim-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NoSeedLosesWhatWasAcknowledged() => Assert.Empty(Run(1, 100, SimBug.None));

    /// <summary>Seeds 1 to 10,000, or those that AIBMS_SEEDS names (FROM-TO).</summary>
    [Fact]
    [Trait("Long", "simulation")]
    public void NoSeedOfTenThousandLosesWhatWasAcknowledged()
    {
        var (from, to) = Seeds.Told(1, 10_000);
        // In pieces, so that what was done is known however long the machine takes.
        for (int first = from; first <= to; first += 500) Assert.Empty(Run(first, Math.Min(500, to - first + 1), SimBug.None));
    }

    /// <summary>Any seed happens again as it happened.</summary>
    [Fact]
    public void ASeedRepeats()
    {
        for (int seed = 1; seed <= 5; seed++) Assert.Equal(Once(seed, SimBug.None).TraceHash, Once(seed, SimBug.None).TraceHash);
        Assert.NotEqual(Once(1, SimBug.None).TraceHash, Once(2, SimBug.None).TraceHash);
    }

    /// <summary>Mistakes that were put in are found, each within some tens of seeds.</summary>
    [Theory]
    [InlineData(nameof(SimBug.AcknowledgesBeforeCommit))]
    [InlineData(nameof(SimBug.SkipsSync))]
    [InlineData(nameof(SimBug.AgentSkipsSync))]
    [InlineData(nameof(SimBug.MixesAnswers))]
    public void APlantedBugIsFound(string bug)
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            if (Run(seed, 1, Enum.Parse<SimBug>(bug)) is not [var found]) continue;
            output.WriteLine($"{bug}: {found}");
            return;
        }

        Assert.Fail($"{bug} was not found in a hundred seeds");
    }

    List<string> Run(int first, int count, SimBug bug)
    {
        List<string> wrong = [];
        long events = 0, records = 0;
        for (int seed = first; seed < first + count && wrong.Count < 5; seed++)
        {
            string? found;
            try
            {
                var world = Once(seed, bug);
                found = world.Found;
                (events, records) = (events + world.EventCount, records + world.StoredCount);
            }
            catch (Exception problem) when (bug != SimBug.None)
            {
                found = problem.Message;
            }

            if (found is not null) wrong.Add($"seed {seed}: {found}");
        }

        if (bug == SimBug.None) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} seeds from {first}: {events:N0} events, {records:N0} records, {wrong.Count} seeds that went wrong"));
        return wrong;
    }

    SimWorld Once(int seed, SimBug bug)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "world")).FullName;
        foreach (string old in Directory.GetFiles(folder)) File.Delete(old);
        SimWorld world = new(seed, folder, bug);
        world.Play();
        return world;
    }
}
