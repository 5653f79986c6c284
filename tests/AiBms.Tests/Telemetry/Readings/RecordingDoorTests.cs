using System.IO.Compression;
using System.Text;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Telemetry.Readings;

public class RecordingDoorTests
{
    [Fact]
    public void AnUnknownTableSaysWhatItHolds() => Assert.Contains(
        "(it holds x, y, tt)", Assert.Throws<DataException>(() => DialectCatalogue.Recognise(new("a.mat", (string[])["x", "y", "tt"]), "a.mat")).Message, StringComparison.Ordinal);

    const string Own = """
        time_s,voltage_v,current_a,temperature_c,capacity_ah
        10,3.70,0,25,1
        11,3.65,-1,25.1,0.9997
        12,3.64,-1,25.2,0.9994
        13,3.69,0,25.2,0.9994

        """;

    [Fact]
    public void OurOwnDialectOpens()
    {
        Recording recording = TextFile.Open(Own);
        Assert.Equal([0, 1, 2, 3], recording.TimeS);
        Assert.Equal([3.70, 3.65, 3.64, 3.69], recording.VoltageV);
        Assert.Equal([0, -1, -1, 0], recording.CurrentA);
        Assert.Equal([25, 25.1, 25.2, 25.2], recording.TemperatureDegC);
        Assert.Equal(-0.0006, recording.ChargeAh![3], 1e-12);
        Assert.All(recording.Flags, flag => Assert.Equal(RowFlags.None, flag));
        Assert.Equal(("aibms", 1.0, 3.0), (recording.Findings.Dialect, recording.Findings.SamplePeriodS, recording.Findings.DurationS));
    }

    [Fact]
    public void GzipIsUndoneWhateverTheName()
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Own));
        using var file = new TextFile("r.dat", memory.ToArray());
        Assert.Equal(4, RecordingDoor.Open(file.Path).RowCount);
    }

    [Fact]
    public void ATruncatedGzipIsRefusedWhereverItIsCut()
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => i == 0 ? "time_s,voltage_v,current_a\n" : $"{i},{3.7 + i % 7 * 0.01},{i % 5}\n"))));
        byte[] whole = memory.ToArray();
        for (int length = 1; length < whole.Length; length += length < 20 || length > whole.Length - 20 ? 1 : 61)
        {
            using var file = new TextFile("r.csv.gz", whole[..length]);
            Assert.Throws<DataException>(() => RecordingDoor.Open(file.Path));
        }
    }

    [Fact]
    public void RowsThatCannotBeUsedStayInPlaceAndAreCounted()
    {
        Recording recording = TextFile.Open("""
            time_s,voltage_v,current_a,temperature_c
            0,3.7,0,25
            1,,0,25
            2,3.7
            3,3.7,abc,25
            3,3.7,0,25
            1,3.7,0,25

            # a comment
            6,0,0,25
            7,3.7,0,25
            """);
        Assert.Equal(
            [RowFlags.None, RowFlags.MissingValue, RowFlags.Malformed, RowFlags.MissingValue, RowFlags.DuplicateTime, RowFlags.TimeBackwards, RowFlags.ImpossibleValue, RowFlags.None],
            recording.Flags.Select(flag => flag == (RowFlags.Malformed | RowFlags.MissingValue) ? RowFlags.Malformed : flag));
        FileFinding missing = recording.Findings.Items.Single(item => item.Kind == "missing-value");
        Assert.Equal((2, 3, 5), (missing.Count, missing.FirstLines[0], missing.FirstLines[1]));
        FileFinding impossible = recording.Findings.Items.Single(item => item.Kind == "impossible-value");
        Assert.Equal([10], impossible.FirstLines);
        Assert.True(recording.Findings.HasProblems);
    }

    [Fact]
    public void AContradictedSignIsRefusedAndAnOptionSettlesIt()
    {
        // The same cell as above with the current turned round: the voltage falls when the current rises.
        var rows = new StringBuilder("time_s,voltage_v,current_a\n");
        for (int i = 0; i < 60; i++)
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},{3.7 - 0.05 * (i / 2 % 2) - 0.001 * i},{i / 2 % 2}\n");
        Assert.Contains("--current-sign", TextFile.Refusal(rows.ToString()), StringComparison.Ordinal);
        Recording recording = TextFile.Open(rows.ToString(), new() { CurrentSign = CurrentSign.Discharge });
        Assert.Equal(-1, recording.CurrentA[2]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("hello world\n", "no dialect")]
    [InlineData("time_s,voltage_v,current_a\n", "no row")]
    [InlineData("PK\u0003\u0004aaaa", "zip archive")]
    public void WhatIsNoRecordingGetsOneSentence(string text, string part)
    {
        string message = TextFile.Refusal(text);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void FoldersAndMissingFilesGetOneSentence()
    {
        Assert.Contains("folder", Assert.Throws<DataException>(() => RecordingDoor.Open(Path.GetTempPath())).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<DataException>(() => RecordingDoor.Open("/no/such/file.csv")).Message, StringComparison.Ordinal);
    }
}
