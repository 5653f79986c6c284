namespace AiBms.Trials.House;

/// <summary>Every notebook runs without measured data and writes its picture. Five builds: about a minute of one core, a few where others work too.</summary>
[Trait("Long", "notebooks")]
public class NotebookTrials
{
    public static TheoryData<string> Notebooks() => [.. Directory.GetFiles(Path.Combine(Clone.Root, "notebooks"), "*.cs").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void WritesThePictureThatItIsNamedAfter(string notebook)
    {
        string folder = Directory.CreateTempSubdirectory("aibms-notebook-").FullName;
        try
        {
            // Release: what the trials were built from is there already, and only the notebook itself is compiled.
            var (code, output, error) = Clone.Run(Path.Combine(Clone.Root, "notebooks"), "dotnet", "run", "-c", "Release", notebook, "--", folder);
            Assert.True(code == 0, output + error);
            string picture = Path.Combine(folder, Path.GetFileNameWithoutExtension(notebook)[3..] + ".png");
            Assert.True(File.Exists(picture), output);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(picture)[..4]);
            Assert.True(new FileInfo(picture).Length > 5000, "the picture is empty");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
