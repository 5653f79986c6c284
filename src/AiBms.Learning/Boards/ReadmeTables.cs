using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards;

/// <summary>The tables of scores in the README, made from what the boards wrote. They stand between two marks and are not edited by hand.</summary>
public static class ReadmeTables
{
    /// <summary>First line of the block.</summary>
    public const string Begin = "<!-- scores: made by ./aibms board all -->";

    /// <summary>Last line of the block.</summary>
    public const string End = "<!-- scores end -->";

    /// <summary>SOC methods that stand in the README: counting, the filter, and the learned rungs beside it.</summary>
    static readonly string[] s_methods = ["count", "ekf", "gru", "gru-correct", "gru-measures"];

    /// <summary>Puts fresh tables into a README.</summary>
    /// <param name="readme">Its text.</param>
    /// <param name="results">Folder of the boards' results: soc/soc.json and so on; a board that is not there is left out.</param>
    /// <exception cref="DataException">The README has no marks.</exception>
    public static string Into(string readme, string results)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal), end = readme.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new DataException($"The README has no lines '{Begin}' and '{End}' that its tables could stand between.");
        return readme[..(begin + Begin.Length)] + "\n\n" + Tables(results) + readme[end..];
    }

    static string Tables(string results)
    {
        StringBuilder page = new();
        if (Read(results, "soc") is { } soc) WriteSoc(page, soc);
        foreach (var (name, title) in ((string, string)[])[("soh", "State of health"), ("rul", "Cycle life"), ("temp", "Temperature ahead")])
        {
            if (Read(results, name) is not { } board) continue;
            var aims = (board["protocols"]?.AsArray().SelectMany(protocol => protocol!["aims"]!.AsArray()) ?? board["aims"]!.AsArray()).ToArray();
            page.Append(CultureInfo.InvariantCulture, $"**{title}** ([all of it](results/{name}/README.md)): {aims.Count(aim => (bool)aim!["hit"]!)} of {aims.Length} aims met.\n\n");
            MarkdownTable table = new("figure", "measured", "wanted", "");
            // Of temperature only the pooled skills: its own page has every file.
            foreach (var aim in aims.Where(aim => !((string)aim!["aim"]!).Contains("worst file", StringComparison.Ordinal))) table.Add((string)aim!["aim"]!, Value(aim, "value"), (name == "temp" ? "≥ " : "≤ ") + Value(aim, "limit"), (bool)aim["hit"]! ? "met" : "**missed**");
            table.Write(page);
        }

        page.Append("No learner was tried for usable energy, power or imbalance: what stands there is the estimators of [the pack board](results/pack/README.md).\n\n");
        return page.ToString();
    }

    static void WriteSoc(StringBuilder page, JsonNode board)
    {
        foreach (var set in board["sets"]!.AsArray())
        {
            var rows = set!["groups"]!.AsArray().Where(row => (string)row!["condition"]! == "none").Select(row => row!).ToArray();
            string[] methods = [.. s_methods.Where(method => rows.Any(row => (string)row["method"]! == method))];
            page.Append(CultureInfo.InvariantCulture, $"**State of charge, {(string)set["set"]!}** ([all of it](results/soc/README.md)): RMSE in points from 5 min on, cut in the middle of driving, start unknown.\n\n");
            MarkdownTable table = new(["°C", .. methods]);
            foreach (var group in rows.GroupBy(row => (string)row["group"]!, StringComparer.Ordinal))
                table.Add([group.Key, .. methods.Select(method => group.FirstOrDefault(row => (string)row["method"]! == method)?["rmse"] is { } rmse ? (100 * (double)rmse).ToString("0.00", CultureInfo.InvariantCulture) : "–")]);
            table.Write(page);
        }
    }

    static JsonNode? Read(string results, string name)
    {
        string path = Path.Combine(results, name, name + ".json");
        return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
    }

    // A MAPE is a share; lives are cycles, skills and capacities are printed as they are.
    static string Value(JsonNode aim, string name)
    {
        double value = aim[name] is { } number ? (double)number : double.NaN;
        if (double.IsNaN(value)) return "–";
        return ((string)aim["aim"]!).Contains("MAPE", StringComparison.Ordinal) ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %" : value.ToString(value >= 10 ? "0.0" : "0.00##", CultureInfo.InvariantCulture);
    }
}
