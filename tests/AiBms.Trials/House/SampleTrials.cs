namespace AiBms.Trials.House;

/// <summary>Every sample runs and prints what the text beside it says.</summary>
public class SampleTrials
{
    public static TheoryData<string> Samples() => [.. Directory.GetFiles(Path.Combine(Clone.Root, "samples"), "*.cs").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void PrintsWhatItsTextSays(string sample)
    {
        var (code, output, error) = Clone.Run(Path.Combine(Clone.Root, "samples"), "dotnet", "run", sample);
        Assert.True(code == 0, output + error);
        string expected = Path.Combine(Clone.Root, "samples", Path.ChangeExtension(sample, ".txt"));
        if (Environment.GetEnvironmentVariable("AIBMS_REWRITE") == "1") File.WriteAllText(expected, output);
        else Assert.Equal(File.ReadAllText(expected), output);
    }
}
