namespace AiBms.Trials;

public class DataFolderTrials
{
    [Fact]
    public void TheDataFolderHasItsReadme()
    {
        string? folder = Environment.GetEnvironmentVariable("AIBMS_DATA");
        Assert.SkipWhen(folder is null, "skipped: no data folder");
        Assert.True(File.Exists(Path.Combine(folder!, "README.md")));
    }
}
