using System.Runtime.InteropServices;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Shipped networks in C99 give the bits that the C# ones give, whatever the compiler does.</summary>
public sealed class NetEqualityTrials(ITestOutputHelper output) : IDisposable
{
    const int Rows = 20_000;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-net-").FullName;

    public static TheoryData<string> Models => ["soc_ridge_lg_hg2", "soc_mlp_lg_hg2", "soc_gru_lg_hg2", "soc_tcn_lg_hg2"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryBitAgrees(string name)
    {
        Tools.Need("gcc", "gcc");
        var file = ModelCatalogue.Read(Path.Combine(Clone.Root, "models", name + ".json"));
        Tools.WriteExported(_folder, EdgeNetSource.Symbol, EdgeNetSource.Header(file), EdgeNetSource.Definition(file));
        Agree(name, "infer", [EdgeNetSource.Symbol], Hash(file, Path.Combine(_folder, "rows.bin"), Rows));
    }

    /// <summary>From current, voltage and temperature: features, network and answer.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void EveryBitFromReadingsAgrees(string name)
    {
        Tools.Need("gcc", "gcc");
        string expected = HashFromReadings(name, _folder, 40_000);
        Agree(name, "netsoc", [EdgeCellSource.Symbol, EdgeNetSource.Symbol], expected);
    }

    /// <summary>Writes cell, network and readings into a folder; gives what C# answers.</summary>
    internal static string HashFromReadings(string name, string folder, int rows)
    {
        var file = ModelCatalogue.Read(Path.Combine(Clone.Root, "models", name + ".json"));
        EdgeCell cell = new(new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(file.Cells[0]));
        Tools.WriteExported(folder, EdgeNetSource.Symbol, EdgeNetSource.Header(file), EdgeNetSource.Definition(file));
        Tools.WriteExported(folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, file.Cells[0]), EdgeCellSource.Definition(cell, file.Cells[0]));
        float[] readings = SocRows.Readings(cell, rows, seed: 31);
        File.WriteAllBytes(Path.Combine(folder, "rows.bin"), MemoryMarshal.AsBytes<float>(readings));
        return NetRows.Hash(cell, file, readings);
    }

    void Agree(string name, string source, string[] symbols, string expected)
    {
        string data = Path.Combine(_folder, "rows.bin");
        foreach ((string compiler, string level) in (ReadOnlySpan<(string, string)>)[("gcc", "-O0"), ("gcc", "-O3"), ("clang", "-O2")])
        {
            if (!Tools.Has(compiler)) continue;
            string program = HostProgram.Build(_folder, compiler, level, source, symbols);
            Assert.Equal(expected, Clone.Run(_folder, program, data).Output.Trim());
            output.WriteLine($"{name} {source} {compiler} {level}: {expected}");
        }
    }

    /// <summary>Inputs that wander as scaled readings do, then far beyond what training saw.</summary>
    internal static string Hash(ModelFile file, string path, int rows)
    {
        Network network = new(file.Layers);
        network.Start();
        Random random = new(5);
        float[] inputs = new float[network.InputCount];
        ulong hash = 14695981039346656037;
        using BinaryWriter writer = new(File.Create(path));
        for (int row = 0; row < rows; row++)
        {
            float width = row < rows / 2 ? 0.2f : 20;
            for (int k = 0; k < inputs.Length; k++) inputs[k] = 0.95f * inputs[k] + width * ((float)random.NextDouble() - 0.5f);
            foreach (float value in inputs) writer.Write(value);
            foreach (float value in network.Step(inputs))
            {
                uint word = float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(value);
                for (int k = 0; k < 4; k++) hash = (hash ^ ((word >> (8 * k)) & 0xFF)) * 1099511628211;
            }
        }

        return $"{rows} {hash:x16}";
    }
}
