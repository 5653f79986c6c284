using System.Text.RegularExpressions;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>One run of <c>proof/prove.sh</c> and what its summary says.</summary>
static partial class EvaRun
{
    /// <summary>Alarms, assertions that were not proved, and all that was printed.</summary>
    /// <param name="firmware">Folder of the firmware.</param>
    /// <param name="harness">Program of <c>proof/</c>.</param>
    /// <param name="mode">Readings: <c>none</c> for any whatever, <c>non-finite</c> for finite ones that may not become infinite.</param>
    /// <param name="model">Network to prove; empty for none.</param>
    /// <param name="folder">Where its tables are written.</param>
    public static (int Alarms, int Open, string Text) Of(string firmware, string harness, string mode, string model, string folder)
    {
        string[] exported = [];
        if (model.Length > 0)
        {
            var file = ModelCatalogue.Read(Path.Combine(Clone.Root, "models", model + ".json"));
            Tools.WriteExported(folder, EdgeNetSource.Symbol, EdgeNetSource.Header(file), EdgeNetSource.Definition(file));
            exported = [folder];
        }

        var (code, text, error) = Clone.Run(firmware, "timeout", ["3000", "sh", "proof/prove.sh", harness, mode, .. exported]);
        Assert.True(code == 0, text + error);
        var alarms = Alarms().Match(text);
        var assertions = Assertions().Match(text);
        Assert.True(alarms.Success && assertions.Success, text);
        return (int.Parse(alarms.Groups[1].Value), int.Parse(assertions.Groups[1].Value) + int.Parse(assertions.Groups[2].Value), text);
    }

    /// <summary>A copy of the firmware, in a folder, with one guard taken out of a file of <c>src/</c>.</summary>
    public static string Without(string folder, string file, string guard, string without)
    {
        Clone.Run(folder, "cp", "-r", Tools.Firmware, folder);
        string firmware = Path.Combine(folder, "firmware"), path = Path.Combine(firmware, "src", file), source = File.ReadAllText(path);
        Assert.Contains(guard, source, StringComparison.Ordinal);
        File.WriteAllText(path, source.Replace(guard, without, StringComparison.Ordinal));
        return firmware;
    }

    [GeneratedRegex(@"(\d+) alarms? generated")]
    private static partial Regex Alarms();

    [GeneratedRegex(@"Assertions\s+\d+ valid\s+(\d+) unknown\s+(\d+) invalid")]
    private static partial Regex Assertions();
}
