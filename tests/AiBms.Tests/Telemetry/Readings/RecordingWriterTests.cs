using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Telemetry.Readings;

/// <summary>A file stands until the one that replaces it is whole.</summary>
public class RecordingWriterTests
{
    static readonly Recording s_recording = TextFile.Open("Test Time / s,Voltage / V,Current / A\n0,3.7,-1\n1,3.6,-2\n2,3.5,-3\n");

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.bdf.gz")]
    [InlineData("x.bdf.parquet")]
    public void TheOldFileIsReplacedAndNothingIsLeftBeside(string name)
    {
        using var place = new TextFile(name, "what was there");
        RecordingWriter.Write(s_recording, place.Path);
        Assert.Equal([name], Directory.GetFiles(place.Folder).Select(Path.GetFileName));
        Assert.Equal(s_recording.VoltageV, RecordingDoor.Open(place.Path).VoltageV);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.bdf.parquet")]
    public void TheOldFileOutlivesAWriteThatFails(string name)
    {
        using var place = new TextFile(name, "what was there");

        // A folder where the unfinished file would be: the write fails as on a full disk.
        Directory.CreateDirectory(place.Path + ".part");
        Assert.Throws<DataException>(() => RecordingWriter.Write(s_recording, place.Path));
        Assert.Equal("what was there", File.ReadAllText(place.Path));
    }
}
