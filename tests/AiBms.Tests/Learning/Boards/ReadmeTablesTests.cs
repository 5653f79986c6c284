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
    public void TemperatureIsTakenFromThePageOfAllSetsOrFromThoseOfSingleSets()
    {
        void Save(string folder, string set, double value)
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
            string number = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            File.WriteAllText(Path.Combine(_folder, folder, "temp.json"), $$"""{"aims":[{"aim":"{{set}} 60 s, load known: skill","limit":0.3,"value":{{number}},"hit":true},{"aim":"{{set}} 60 s, load known: worst file","limit":0.3,"value":0.1,"hit":false}]}""");
        }

        string page = $"{ReadmeTables.Begin}\n{ReadmeTables.End}\n";
        Save("temp-b", "b", 0.625);
        Save("temp-a", "a", 0.5);
        string made = ReadmeTables.Into(page, _folder);
        Assert.Contains("**Temperature ahead** (all of it: [a](results/temp-a/README.md), [b](results/temp-b/README.md)): 2 of 4 aims met; 2 of them are of the worst file and stand on the pages alone, 0 met.", made, StringComparison.Ordinal);
        Assert.Contains("| a 60 s, load known: skill | 0.50 | ≥ 0.30 | met |", made, StringComparison.Ordinal);
        Assert.DoesNotContain("load known: worst file", made, StringComparison.Ordinal);

        Save("temp", "c", 0.75);
        made = ReadmeTables.Into(page, _folder);
        Assert.Contains("([all of it](results/temp/README.md)): 1 of 2 aims met; 1 of them are of the worst file and stand on the pages alone, 0 met.", made, StringComparison.Ordinal);
        Assert.DoesNotContain("| a 60 s", made, StringComparison.Ordinal);
    }

    [Fact]
    public void ATableOfHealthMadeAloneTakesThePlaceOfTheSameInThePageOfAll()
    {
        void Save(string folder, params (string Aim, string Value)[] aims)
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
            string all = string.Join(',', aims.Select(aim => $$"""{"aim":"{{aim.Aim}}","limit":0.02,"value":{{aim.Value}},"hit":{{(aim.Value == "0.01" ? "true" : "false")}}}"""));
            File.WriteAllText(Path.Combine(_folder, folder, "soh.json"), $$"""{"protocols":[{"aims":[{{all}}]}]}""");
        }

        Save("soh", ("x RMSE", "0.03"), ("y RMSE", "0.04"));
        Save("soh-y", ("y RMSE", "0.01"));
        string made = ReadmeTables.Into($"{ReadmeTables.Begin}\n{ReadmeTables.End}\n", _folder);
        Assert.Contains("(all of it: [soh](results/soh/README.md), [y](results/soh-y/README.md)): 1 of 2 aims met.", made, StringComparison.Ordinal);
        Assert.Contains("| x RMSE | 0.03 | ≤ 0.02 | **missed** |\n| y RMSE | 0.01 | ≤ 0.02 | met |", made, StringComparison.Ordinal);
        Assert.DoesNotContain("0.04", made, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereAnotherMethodIsLowerThanTheShippedOneAndWhatIsNotBlindStandBelow()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "soc"));
        string Row(string group, string method, double rmse) => FormattableString.Invariant($$"""{"group":"{{group}}","method":"{{method}}","condition":"none","rmse":{{rmse}}}""");
        File.WriteAllText(Path.Combine(_folder, "soc", "soc.json"), $$"""{"sets":[{"set":"s","groups":[{{Row("0", "ekf", 0.02)}},{{Row("0", "gru-measures", 0.01)}},{{Row("10", "tcn", 0.0042)}},{{Row("10", "gru-measures", 0.006149999)}}]}]}""");
        File.WriteAllText(Path.Combine(_folder, "soc", "notes.md"), "- `not blind`: The band.\n");
        string made = ReadmeTables.Into($"{ReadmeTables.Begin}\n{ReadmeTables.End}\n", _folder);
        Assert.Contains("| 10 | – | 0.61 |", made, StringComparison.Ordinal);
        Assert.Contains("The lowest here is another at 10 °C (tcn 0.42 against 0.61).", made, StringComparison.Ordinal);
        Assert.Contains("Not blind: The band.", made, StringComparison.Ordinal);
    }

    [Fact]
    public void EachHeldMethodSaysHowManyAimsItMeetsAndARowAboveItsAimIsMarked()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "soc"));
        string Row(string group, string method) => $$"""{"group":"{{group}}","method":"{{method}}","condition":"none","rmse":0.0136}""";
        string Verdict(string key, string method, bool hit, bool byFilter) => $$"""{"aim":"{{key}}","method":"{{method}}","hit":{{(hit ? "true" : "false")}},"byFilter":{{(byFilter ? "true" : "false")}}}""";
        File.WriteAllText(Path.Combine(_folder, "soc", "soc.json"), $$"""
            {"sets":[{"set":"s","groups":[{{Row("0", "ekf")}},{{Row("0", "gru-measures")}},{{Row("10", "gru-measures")}},{{Row("Trise", "gru-measures")}}],
            "aims":[{{Verdict("gru-measures s 0 RMSE", "gru-measures", true, false)}},{{Verdict("gru-measures s 10 RMSE", "gru-measures", false, false)}},{{Verdict("gru-measures s Trise RMSE / aim at the measured temperature", "gru-measures", false, false)}},
            {{Verdict("gru-measures s 0 unseen / seen", "gru-measures", true, true)}},{{Verdict("s 0 RMSE", "ekf", false, false)}}]}]}
            """);
        string made = ReadmeTables.Into($"{ReadmeTables.Begin}\n{ReadmeTables.End}\n", _folder);
        Assert.Contains("`gru-measures` 2 of 4 aims met, 1 of them by the filter in its place; `ekf` 0 of 1 aims met.", made, StringComparison.Ordinal);
        Assert.Contains("| 0 | 1.36 **missed** | 1.36 |", made, StringComparison.Ordinal);
        Assert.Contains("| 10 | – | 1.36 **missed** |", made, StringComparison.Ordinal);
        Assert.Contains("| Trise | – | 1.36 **missed** |", made, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAimThatOnlyTheValueMeetsIsReadableAsSuch()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "temp"));
        string Aim(string name, string value, string low, bool hit) => $$"""{"aim":"{{name}}","limit":0.2,"value":{{value}},"valueLow":{{low}},"hit":{{(hit ? "true" : "false")}}}""";
        File.WriteAllText(Path.Combine(_folder, "temp", "temp.json"), $$"""{"aims":[{{Aim("a: skill", "0.202", "0.15", true)}},{{Aim("b: skill", "0.3", "0.25", true)}},{{Aim("c: skill", "0.1", "0.05", false)}},{{Aim("a: worst file", "null", "null", false)}}]}""");
        string made = ReadmeTables.Into($"{ReadmeTables.Begin}\n{ReadmeTables.End}\n", _folder);
        Assert.Contains("| a: skill | 0.20 | ≥ 0.20 | met by value, interval from 0.15 |", made, StringComparison.Ordinal);
        Assert.Contains("| b: skill | 0.30 | ≥ 0.20 | met |", made, StringComparison.Ordinal);
        Assert.Contains("| c: skill | 0.10 | ≥ 0.20 | **missed** |", made, StringComparison.Ordinal);
        Assert.Contains("2 of 4 aims met; 1 of them are of the worst file and stand on the pages alone, 0 met, 1 with nothing to measure.", made, StringComparison.Ordinal);
    }

    [Fact]
    public void APageWithoutMarksIsRefused() => Assert.Throws<DataException>(() => ReadmeTables.Into("no marks", _folder));
}
