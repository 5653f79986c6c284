using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Learning.Datasets;

/// <summary>Sources are made up here, in the form of a Digatron export as its header rows have it.</summary>
public sealed class DatasetIntakeTests : IDisposable
{
    static readonly PublicDataset Lg = PublicDatasets.Find("lg-18650hg2");
    readonly string _folder = Directory.CreateTempSubdirectory("aibms intake ").FullName;

    string Data => Path.Combine(_folder, "data");

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    [InlineData("folder")]
    public void RawDigatronExportsBecomeOneHertz(string form)
    {
        string source = Pack(form, [.. Cycles(9), ("Top/25degC/549_C20DisCh.csv", Digatron(2)), ("Top/25degC/551_HPPC.mat", "other")]);
        var report = DatasetIntake.Add(Lg, source, Data, new Progress<long>());
        Assert.Equal(10, report.TakenCount);
        Assert.Equal(["Top/25degC/551_HPPC.mat"], report.Ignored);
        var recording = RecordingDoor.Open(Path.Combine(Data, "lg-18650hg2/1hz/25degC/551_Mixed1.csv.gz"));
        Assert.Equal([0, 1, 2], recording.TimeS);
        Assert.Equal([-1.45, -2.45, -3.45], recording.CurrentA.Select(a => Math.Round(a, 9))); // means of −1.0 … −1.9, −2.0 … −2.9, −3.0 … −3.9
        Assert.True(File.Exists(Path.Combine(Data, "lg-18650hg2/c20_and_capacity/25degC/549_C20DisCh.csv.gz")));
        Assert.Equal(["lg-18650hg2"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName));
    }

    [Fact]
    public void WhatIsAlreadyLaidOutIsTakenAsItIs()
    {
        string first = Pack("folder", [.. Cycles(9), ("Top/25degC/549_C20DisCh.csv", Digatron(2))]);
        DatasetIntake.Add(Lg, first, Data, new Progress<long>());
        var report = DatasetIntake.Add(Lg, Path.Combine(Data, "lg-18650hg2"), Path.Combine(_folder, "second"), new Progress<long>());
        Assert.Equal(10, report.TakenCount);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Data, "lg-18650hg2/1hz/25degC/551_Mixed1.csv.gz")), File.ReadAllBytes(Path.Combine(_folder, "second/lg-18650hg2/1hz/25degC/551_Mixed1.csv.gz")));
    }

    [Fact]
    public void TooFewFilesAreRefused() => Refused("zip", [.. Cycles(8), ("25degC/549_C20DisCh.csv", Digatron(2))], "it has 8 of at least 9 files");

    [Fact]
    public void AMissingFileOfASmallSetIsNamed()
    {
        string source = Pack("folder", [("rate_test.csv", "timeVec,currVec,volVec\n"), ("ocv_25degC.csv", "soc,ocv_v\n")]);
        var problem = Assert.Throws<DataException>(() => DatasetIntake.Add(PublicDatasets.Find("lg-m50"), source, Data, new Progress<long>()));
        Assert.Contains("0 of at least 1 files like pulse.csv", problem.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void AWrongColumnIsRefused() => Refused("zip", [.. Cycles(9), ("25degC/549_C20DisCh.csv", "a,b,c\n1,2,3\n")], "549_C20DisCh.csv.gz has no column Prog Time");

    [Fact]
    public void AFileThatIsNoRecordingIsRefused() =>
        Refused("zip", [.. Cycles(9), ("25degC/552_LA92.csv", "this is not a recording\n")], "25degC/552_LA92.csv cannot be taken in");

    [Fact]
    public void TwoFilesForOnePlaceAreRefused() => Refused("zip", [.. Cycles(9), ("again/25degC/551_Mixed1.csv", Digatron(3))], "two files for 1hz/25degC/551_Mixed1.csv.gz");

    [Theory]
    [InlineData("../25degC/551_UDDS.csv")]
    [InlineData("/25degC/551_UDDS.csv")]
    [InlineData("a/../../25degC/551_UDDS.csv")]
    [InlineData("..\\25degC\\551_UDDS.csv")]
    public void AnEntryThatPointsOutsideIsRefused(string name) => Refused("zip", [.. Cycles(9), (name, Digatron(2))], "would land outside");

    [Fact]
    public void ALinkIsRefused()
    {
        string path = Path.Combine(_folder, "links.tar");
        using (var tar = new TarWriter(File.Create(path)))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "25degC/551_UDDS.csv") { LinkName = "/etc/passwd" });
        Assert.Contains("holds the link", Assert.Throws<DataException>(() => DatasetIntake.Add(Lg, path, Data, new Progress<long>())).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("not an archive at all, but some text that is long enough to be looked at")]
    [InlineData("PK but not a zip")]
    [InlineData("\u001f\u008b")]
    public void ADamagedArchiveIsRefused(string content)
    {
        string path = Path.Combine(_folder, "archive");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
        Assert.Throws<DataException>(() => DatasetIntake.Add(Lg, path, Data, new Progress<long>()));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void ASetThatIsThereIsNotTouched()
    {
        Directory.CreateDirectory(Path.Combine(Data, Lg.Name));
        string source = Pack("zip", [.. Cycles(9)]);
        Assert.Contains("there already", Assert.Throws<DataException>(() => DatasetIntake.Add(Lg, source, Data, new Progress<long>())).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Data, Lg.Name)));
    }

    [Fact]
    public void EverySetSaysWhatItIs() => Assert.All(PublicDatasets.All, set =>
    {
        Assert.NotEmpty(set.Layout);
        Assert.Contains(set.Layout, files => files.AtLeast > 0);
        Assert.All((string[])[set.What, set.Licence, set.Citation], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Matches("^[a-z0-9-]+$", set.Name);
    });

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Refused(string form, (string Path, string Text)[] files, string because)
    {
        var problem = Assert.Throws<DataException>(() => DatasetIntake.Add(Lg, Pack(form, files), Data, new Progress<long>()));
        Assert.Contains(because, problem.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data)); // nothing half-done
    }

    static IEnumerable<(string Path, string Text)> Cycles(int count) => Enumerable.Range(1, count).Select(k => ($"Top/25degC/551_Mixed{k}.csv", Digatron(3)));

    /// <summary>Ten rows a second, current −1.0, −1.1 … A.</summary>
    static string Digatron(int seconds)
    {
        var text = new StringBuilder("\n\nMeasurement ID,551\nBattery Name,made up\n\n \n")
            .Append("Time Stamp,Step,Status,Prog Time,Step Time,Cycle,Cycle Level,Procedure,Voltage,Current,Temperature,Capacity,WhAccu,Cnt,\n")
            .Append(",,,,,,,,[V],[A],[C],[Ah],[Wh],[Cnt],\n");
        for (int k = 0; k < 10 * seconds; k++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"10/28/2018 1:48:{k / 10:00} AM,28,DCH,02:39:{56 + k / 10}.{k % 10}00,00:01:{k / 10:00}.{k % 10}00,0,0,made_up,4.10000,{-1 - k / 10.0:0.00000},24.00000,{-0.001 * k:0.00000},0.0,1.0,\n");
        return text.ToString();
    }

    string Pack(string form, (string Path, string Text)[] files)
    {
        string path = Path.Combine(_folder, "source." + form);
        if (form == "zip")
        {
            using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        else if (form == "folder")
        {
            foreach (var (name, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(path, name))!);
                File.WriteAllText(Path.Combine(path, name), text);
            }
        }
        else
        {
            using var file = File.Create(path);
            using Stream packed = form == "tar.gz" ? new GZipStream(file, CompressionLevel.Fastest) : file;
            using var tar = new TarWriter(packed);
            foreach (var (name, text) in files) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return path;
    }
}
