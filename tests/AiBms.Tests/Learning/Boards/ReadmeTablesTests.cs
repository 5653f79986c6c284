using AiBms.Learning.Boards;
using AiBms.Telemetry;

namespace AiBms.Tests.Learning.Boards;

/// <summary>The README's tables come from results, between their marks, and nothing else of the page changes.</summary>
public sealed class ReadmeTablesTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-readme").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TablesStandBetweenTheMarksAndMakingThemAgainChangesNothing()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "rul"));
        File.WriteAllText(Path.Combine(_folder, "rul", "rul.json"), """{"protocols":[{"aims":[{"aim":"life RMSE","limit":85,"value":84.04,"hit":true},{"aim":"life MAPE","limit":0.09,"value":0.1295,"hit":false}]}]}""");
        string page = $"before\n{ReadmeTables.Begin}\nold\n{ReadmeTables.End}\nafter\n", made = ReadmeTables.Into(page, _folder);
        Assert.StartsWith($"before\n{ReadmeTables.Begin}\n\n**Cycle life**", made, StringComparison.Ordinal);
        Assert.EndsWith($"\n\n{ReadmeTables.End}\nafter\n", made, StringComparison.Ordinal);
        Assert.Contains("1 of 2 aims met", made, StringComparison.Ordinal);
        Assert.Contains("| life RMSE | 84.0 | ≤ 85.0 | met |", made, StringComparison.Ordinal);
        Assert.Contains("| life MAPE | 12.95 % | ≤ 9.00 % | **missed** |", made, StringComparison.Ordinal);
        Assert.DoesNotContain("old", made, StringComparison.Ordinal);
        Assert.Equal(made, ReadmeTables.Into(made, _folder));
    }

    [Fact]
    public void APageWithoutMarksIsRefused() => Assert.Throws<DataException>(() => ReadmeTables.Into("no marks", _folder));
}
