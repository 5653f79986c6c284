using System.Runtime.InteropServices;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>The filter in C99, compiled here, gives the bits of the C# code for readings of every kind: a drive, gaps, and random bit patterns.</summary>
public sealed class EqualityTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-edge-").FullName;

    public static TheoryData<string> Cells => ["lg_hg2", "lg_m50", "k2_lfp", "sample_nmc", "samsung_30q"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cells))]
    public void EveryBitAgreesAtEveryOptimisation(string name)
    {
        Tools.Need("gcc", "gcc");
        string expected = Write(Export(name), 200_000, seed: 7);
        AgreeHere(name, ["-O0", "-O3"], expected);
    }

    /// <summary>Ten million steps over the five cells, through two compilers at every level and the three targets: one hash each.</summary>
    [Theory]
    [Trait("Long", "ten-million")]
    [MemberData(nameof(Cells))]
    public void EveryBitOfTwoMillionStepsOfEachCellAgrees(string name)
    {
        Tools.Need("gcc", "gcc");
        var cell = Export(name);
        for (int seed = 100; seed < 104; seed++)
        {
            string expected = Write(cell, 500_000, seed);
            AgreeHere(name, ["-O0", "-O1", "-O2", "-O3"], expected);
            foreach (var image in TargetImage.Obstacle is null ? TargetImage.All : [])
            {
                Assert.Equal(expected, image.Run(_folder, "replay.c", EdgeCellSource.Symbol));
                output.WriteLine($"{name} {image.Map} {image.Processor}: {expected}");
            }
        }
    }

    // Writes readings, and gives what C# answers to them.
    string Write(EdgeCell cell, int count, int seed)
    {
        var rows = SocRows.Readings(cell, count, seed);
        File.WriteAllBytes(Path.Combine(_folder, "rows.bin"), MemoryMarshal.AsBytes<float>(rows));
        return SocRows.Hash(cell, rows);
    }

    void AgreeHere(string name, string[] levels, string expected)
    {
        foreach (string compiler in new[] { "gcc", "clang" }.Where(Tools.Has))
            foreach (string level in levels)
            {
                string program = HostProgram.Build(_folder, compiler, level, "replay", EdgeCellSource.Symbol);
                Assert.Equal(expected, Clone.Run(_folder, program, Path.Combine(_folder, "rows.bin")).Output.Trim());
                output.WriteLine($"{name} {compiler} {level}: {expected}");
            }
    }

    EdgeCell Export(string name)
    {
        EdgeCell cell = new(new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(name));
        Tools.WriteExported(_folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, name), EdgeCellSource.Definition(cell, name));
        return cell;
    }
}
