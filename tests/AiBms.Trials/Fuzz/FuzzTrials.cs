using System.Globalization;
using AiBms.Telemetry;
using AiBms.Trials.House;

namespace AiBms.Trials.Fuzz;

/// <summary>Bad input by the million: no crash, memory flat, each refused with a reason.</summary>
public sealed class FuzzTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void BadInputIsRefusedWithAReason() => Run(30_000, 1);

    /// <summary>Pieces 1 to 20 of half a million, or those that AIBMS_SEEDS names (FROM-TO).</summary>
    [Fact]
    [Trait("Long", "fuzz")]
    public void TenMillionBadInputsAreRefusedWithAReason()
    {
        var (from, to) = Seeds.Told(1, 20);
        // In pieces, so that what was done is known however long the machine takes.
        for (int piece = from; piece <= to; piece++) Run(510_000, 99 + piece);
    }

    /// <summary>The machine finds what it looks for: a parser that crashes on one value, one that says no without a word, and one that believes a length.</summary>
    [Fact]
    public void PlantedFaultsAreFound()
    {
        FuzzTarget[] bad =
        [
            new("index", 1, [[1, 2, 3]], b => _ = b.Length > 2 && b[0] == 0xFF ? b[b[1]] : 0),
            new("silent", 1, [[1, 2, 3]], b => throw new DataException("no")),
            new("greedy", 1, [[0, 0, 0, 1]], b => GC.KeepAlive(b.Length > 3 ? (object)new byte[Math.Abs(BitConverter.ToInt32(b) & 0x3FFFFFFF)] : b)),
        ];
        foreach (var target in bad)
        {
            FuzzRun run = new([target], 3);
            run.Run(20_000);
            Assert.NotEmpty(run.Faults);
        }
    }

    void Run(long inputs, int seed)
    {
        FuzzRun run = new(FuzzTargets.All(Clone.Root, _folder), seed);
        run.Run(inputs);
        output.WriteLine("| parser | inputs | taken | refused with a reason | most allocated for one, KiB |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        foreach (string line in run.Lines) output.WriteLine(line);
        output.WriteLine("live memory after each tenth, KiB: " + string.Join(", ", run.LiveBytes.Select(b => (b >> 10).ToString("N0", CultureInfo.InvariantCulture))));
        Assert.True(run.Faults.Count == 0, string.Join('\n', run.Faults));
        Assert.Empty(run.NeverTaken);
        // Good inputs are among them: a run in which all are refused looks at nothing but the first byte.
        Assert.InRange(run.LiveBytes[^1] - run.LiveBytes[1], -(8 << 20), 8 << 20);
    }
}
