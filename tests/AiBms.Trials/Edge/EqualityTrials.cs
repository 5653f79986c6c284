using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>The C99 runtime, compiled here, gives the bits of the C# code for readings of every kind: a drive, gaps, and random bit patterns.</summary>
public sealed class EqualityTrials(ITestOutputHelper output) : IDisposable
{
    const int Rows = 400_000;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-edge-").FullName;

    public static TheoryData<string> Cells => ["lg_hg2", "lg_m50", "k2_lfp", "sample_nmc", "samsung_30q"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cells))]
    public void EveryBitAgreesAtEveryOptimisation(string name)
    {
        Tools.Need("gcc", "gcc");
        CellType type = new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(name);
        EdgeCell cell = new(type);
        File.WriteAllText(Path.Combine(_folder, EdgeCellSource.Symbol + ".h"), EdgeCellSource.Header(cell, name));
        File.WriteAllText(Path.Combine(_folder, EdgeCellSource.Symbol + ".c"), EdgeCellSource.Definition(cell, name));
        var rows = Readings(cell);
        string data = Path.Combine(_folder, "rows.bin");
        File.WriteAllBytes(data, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(rows).ToArray());
        string expected = Hash(cell, rows);
        foreach (string compiler in new[] { "gcc", "clang" }.Where(Tools.Has))
            foreach (string level in (string[])["-O0", "-O3"])
            {
                string firmware = Path.Combine(Clone.Root, "firmware"), program = Path.Combine(_folder, "replay");
                string[] sources = [.. Tools.Sources, Path.Combine(firmware, "conformance", "replay.c"), Path.Combine(_folder, EdgeCellSource.Symbol + ".c")];
                var built = Clone.Run(_folder, compiler, ["-std=c99", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off", "-fno-math-errno", level,
                    "-I" + Path.Combine(firmware, "include"), "-I" + _folder, .. sources, "-o", program, "-lm"]); // sqrtf, which IEEE 754 fixes, is a call at -O0
                Assert.True(built.Code == 0, built.Error);
                Assert.Equal(expected, Clone.Run(_folder, program, data).Output.Trim());
                output.WriteLine($"{name} {compiler} {level}: {expected}");
            }
    }

    static string Hash(EdgeCell cell, float[] rows)
    {
        EdgeCellEstimator estimator = new(cell);
        ulong hash = 14695981039346656037;
        void Add(uint word)
        {
            for (int k = 0; k < 4; k++) hash = (hash ^ ((word >> (8 * k)) & 0xFF)) * 1099511628211;
        }

        for (int k = 0; k < rows.Length; k += 4)
        {
            var answer = estimator.Step(rows[k], rows[k + 1], rows[k + 2], rows[k + 3]);
            Assert.InRange(answer.Soc, 0, 1);
            Assert.InRange(answer.SocDeviation, 0, 1.5f);
            foreach (float value in (float[])[answer.Soc, answer.SocDeviation, answer.ModelVoltageV, answer.ResidualVoltageV, answer.OffsetA, answer.CoreDegC, answer.ExcessFraction])
                Add(BitConverter.SingleToUInt32Bits(value));
            Add((uint)answer.Validity);
        }

        return $"{rows.Length / 4} {hash:x16}";
    }

    /// <summary>Three quarters a plausible drive with gaps and dropouts, then bits of every kind: NaN, infinities, denormals, huge numbers.</summary>
    static float[] Readings(EdgeCell cell)
    {
        Random random = new(7);
        var rows = new float[Rows * 4];
        float current = 0;
        for (int k = 0; k < Rows; k++)
        {
            bool isWild = k > Rows * 3 / 4 && random.Next(4) > 0;
            current = 0.9f * current + cell.CapacityAh * 0.4f * ((float)random.NextDouble() - 0.55f);
            float Pick(float usual) => isWild && random.Next(3) == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : random.Next(5000) == 0 ? float.NaN : usual;
            float middle = 0.5f * (cell.OcvV.Span[10] + cell.OcvV.Span[90]);
            rows[4 * k] = Pick(random.Next(2000) == 0 ? 600 : 1);
            rows[4 * k + 1] = Pick(current);
            rows[4 * k + 2] = Pick(middle + 0.3f * MathF.Sin(k * 1e-3f) + 0.02f * current / cell.CapacityAh);
            rows[4 * k + 3] = Pick(20 + 40 * MathF.Sin(k * 1e-4f));
        }

        return rows;
    }
}
