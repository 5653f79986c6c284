using System.Runtime.InteropServices;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Learning.Datasets;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Recorded drives through the filter in C#, in C on this machine and on the three targets: one hash.</summary>
public sealed class RecordedEqualityTrials(ITestOutputHelper output) : IDisposable
{
    /// <summary>Between two recordings nobody looked for an hour.</summary>
    const float AwayS = 3600;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-recorded-").FullName;

    public static TheoryData<string> Sets => [LgHg2.Id, Panasonic18650Pf.Id];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Sets))]
    public void EveryBitOfRecordedDrivesAgrees(string id)
    {
        Tools.Need("gcc", "gcc");
        Assert.SkipWhen(Environment.GetEnvironmentVariable(DataFolder.Variable) is not { Length: > 0 }, "skipped: no data folder");
        string data = DataFolder.Locate();
        var set = id == LgHg2.Id ? LgHg2.Describe(data) : Panasonic18650Pf.Describe(data);
        EdgeCell cell = new(new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(set.CellId));
        Tools.WriteExported(_folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, id), EdgeCellSource.Definition(cell, id));
        float[] rows = [.. set.In(SplitPart.Test).SelectMany(file => Rows(set.Load(data, file)))];
        File.WriteAllBytes(Path.Combine(_folder, "rows.bin"), MemoryMarshal.AsBytes<float>(rows));
        string expected = SocRows.Hash(cell, rows);
        foreach ((string compiler, string level) in (ReadOnlySpan<(string, string)>)[("gcc", "-O0"), ("gcc", "-O3"), ("clang", "-O3")])
        {
            if (!Tools.Has(compiler)) continue;
            string program = HostProgram.Build(_folder, compiler, level, "replay", EdgeCellSource.Symbol);
            Assert.Equal(expected, Clone.Run(_folder, program, Path.Combine(_folder, "rows.bin")).Output.Trim());
        }

        foreach (var image in TargetImage.Obstacle is null ? TargetImage.All : []) Assert.Equal(expected, image.Run(_folder, "replay.c", EdgeCellSource.Symbol));
        output.WriteLine($"{id}: {expected}");
    }

    static IEnumerable<float> Rows(LabelledRecording labelled)
    {
        var recording = labelled.Recording;
        double lastS = recording.TimeS[0] - AwayS;
        for (int k = 0; k < recording.RowCount; k++)
        {
            foreach (double value in (double[])[recording.TimeS[k] - lastS, recording.CurrentA[k], recording.VoltageV[k], recording.TemperatureDegC[k]]) yield return (float)value;
            lastS = recording.TimeS[k];
        }
    }
}
