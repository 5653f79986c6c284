using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AiBms.Battery.Estimation.Networks;
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
    static readonly string[] s_methods = ["count", "ekf", "gru", "gru-correct", "gru-measures", "gru-measures-both"];

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
        if (Read(results, "soc") is { } soc) WriteSoc(page, soc, BoardNotes.NotBlindParagraph(BoardNotes.Read(Path.Combine(results, "soc", "notes.md"))));
        WriteAims(page, results, "State of health", [.. Boards(results, "soh", "soh"), .. Parts(results, "soh")]);
        WriteAims(page, results, "Cycle life", Boards(results, "rul", "rul"));
        WriteAims(page, results, "Temperature ahead", Boards(results, "temp", "temp") is { Length: > 0 } all ? all : Parts(results, "temp"));
        page.Append("No learner was tried for usable energy, power or imbalance: what stands there is the estimators of [the pack board](results/pack/README.md).\n\n");
        return page.ToString();
    }

    // A board that was run for one table alone, in a folder of its own: soh-nasa-cells, temp-panasonic.
    static (string Folder, JsonNode Board)[] Parts(string results, string name) => Directory.Exists(results)
        ? [.. Directory.EnumerateDirectories(results, name + "-*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).SelectMany(folder => Boards(results, folder, name))] : [];

    static (string Folder, JsonNode Board)[] Boards(string results, string folder, string name) => Read(results, folder, name) is { } board ? [(folder, board)] : [];

    static void WriteAims(StringBuilder page, string results, string title, (string Folder, JsonNode Board)[] boards)
    {
        if (boards.Length == 0) return;
        // The last board that has an aim counts: a table made alone comes after the page of all.
        var aims = boards.SelectMany(entry => entry.Board["protocols"]?.AsArray().SelectMany(protocol => protocol!["aims"]!.AsArray()) ?? entry.Board["aims"]!.AsArray()).Select(aim => aim!)
            .GroupBy(aim => (string)aim["aim"]!, StringComparer.Ordinal).Select(same => same.Last()).ToArray();
        string links = boards.Length == 1 ? $"[all of it](results/{boards[0].Folder}/README.md)" : $"all of it: {string.Join(", ", boards.Select(entry => $"[{entry.Folder.Split('-', 2)[^1]}](results/{entry.Folder}/README.md)"))}";
        page.Append(CultureInfo.InvariantCulture, $"**{title}** ({links}): {aims.Count(aim => (bool)aim["hit"]!)} of {aims.Length} aims met{(aims.Any(IsOfOneFile) ? $"; {aims.Count(IsOfOneFile)} of them are of the worst file and stand on the pages alone, {aims.Count(aim => IsOfOneFile(aim) && (bool)aim["hit"]!)} met{(aims.Any(IsNotMeasured) ? $", {aims.Count(IsNotMeasured)} with nothing to measure" : "")}" : "")}.\n\n");
        MarkdownTable table = new("figure", "measured", "wanted", "");
        // Of temperature only the pooled skills: its own pages have every file.
        foreach (var aim in aims.Where(aim => !IsOfOneFile(aim)))
            table.Add((string)aim["aim"]!, Value(aim, "value"), (((string)aim["aim"]!).EndsWith(": skill", StringComparison.Ordinal) ? "≥ " : "≤ ") + Value(aim, "limit"), Verdict(aim));
        table.Write(page);
        foreach (var (folder, _) in boards)
            if (BoardNotes.NotBlindParagraph(BoardNotes.Read(Path.Combine(results, folder, "notes.md"))) is { Length: > 0 } notBlind) page.Append(CultureInfo.InvariantCulture, $"{(boards.Length > 1 ? folder.Split('-', 2)[^1] + ": " : "")}{notBlind}");
    }

    static void WriteSoc(StringBuilder page, JsonNode board, string notBlind)
    {
        foreach (var set in board["sets"]!.AsArray())
        {
            var rows = set!["groups"]!.AsArray().Where(row => (string)row!["condition"]! == "none").Select(row => row!).ToArray();
            string[] methods = [.. s_methods.Where(method => rows.Any(row => (string)row["method"]! == method))];
            page.Append(CultureInfo.InvariantCulture, $"**State of charge, {(string)set["set"]!}** ([all of it](results/soc/README.md)): RMSE in points from 5 min on, cut in the middle of driving, start unknown.\n\n");
            bool hasBest = methods.Contains(SocNetworks.Best, StringComparer.Ordinal);
            JsonNode[] aims = [.. set["aims"]?.AsArray().Select(aim => aim!) ?? []];
            MarkdownTable table = new(["°C", .. methods, .. hasBest ? [$"the 90 % band of {SocNetworks.Best} holds, % (aim 85 to 95)"] : Array.Empty<string>()]);
            foreach (var group in rows.GroupBy(row => (string)row["group"]!, StringComparer.Ordinal))
                table.Add([group.Key, .. methods.Select(method => group.FirstOrDefault(row => (string)row["method"]! == method)?["rmse"] is { } rmse ? (100 * (double)rmse).ToString("0.00", CultureInfo.InvariantCulture) + (IsRmseMissed(aims, method, group.Key) ? " **missed**" : "") : "–"),
                    .. hasBest ? [Figures.Percent((double?)group.FirstOrDefault(row => (string)row["method"]! == SocNetworks.Best)?["coverage"])] : Array.Empty<string>()]);
            table.Write(page);
            if (aims.Length > 0) page.Append(CultureInfo.InvariantCulture, $"Aims met, of all on the page (RMSE, P99, coverage, width, wrong starts, faults, unseen ambients): {string.Join("; ", aims.GroupBy(aim => (string)aim["method"]!, StringComparer.Ordinal).Select(Met))}. An RMSE of these that is above its aim is marked.\n\n");
            if (hasBest)
                page.Append(SocBoardExtras.Lower(rows.Select(row => ((string)row["group"]!, (string)row["method"]!, row["rmse"] is { } rmse ? (double)rmse : double.NaN)))).Append("\n\n");
        }

        page.Append(notBlind);
    }

    static string Met(IGrouping<string, JsonNode> aims)
    {
        int byFilter = aims.Count(aim => (bool)aim["hit"]! && (bool?)aim["byFilter"] == true);
        return $"`{aims.Key}` {aims.Count(aim => (bool)aim["hit"]!)} of {aims.Count()} aims met{(byFilter > 0 ? $", {byFilter} of them by the filter in its place" : "")}";
    }

    static bool IsRmseMissed(JsonNode[] aims, string method, string group) => aims.Any(aim => (string)aim["method"]! == method && !(bool)aim["hit"]!
        && (((string)aim["aim"]!).EndsWith($" {group} {Aim.Rmse}", StringComparison.Ordinal) || ((string)aim["aim"]!).EndsWith($" {group} {Aim.RmseByTemperature}", StringComparison.Ordinal)));

    static bool IsOfOneFile(JsonNode aim) => ((string)aim["aim"]!).Contains("worst file", StringComparison.Ordinal);

    // No recording had enough windows.
    static bool IsNotMeasured(JsonNode aim) => IsOfOneFile(aim) && aim["value"] is null;

    static string Verdict(JsonNode aim) =>
        !(bool)aim["hit"]! ? "**missed**" : aim["valueLow"] is { } low && (double)low < (double)aim["limit"]! ? $"met by value, interval from {((double)low).ToString("0.00", CultureInfo.InvariantCulture)}" : "met";

    static JsonNode? Read(string results, string name) => Read(results, name, name);

    static JsonNode? Read(string results, string folder, string name)
    {
        string path = Path.Combine(results, folder, name + ".json");
        return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
    }

    // A MAPE is a share; lives are cycles, skills and capacities are printed as they are.
    static string Value(JsonNode aim, string name)
    {
        double value = aim[name] is { } number ? (double)number : double.NaN;
        if (double.IsNaN(value)) return "–";
        return ((string)aim["aim"]!).Contains("MAPE", StringComparison.Ordinal) ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %" : value.ToString(value >= 10 ? "0.0" : ((string)aim["aim"]!).EndsWith(": skill", StringComparison.Ordinal) ? "0.00" : "0.00##", CultureInfo.InvariantCulture);
    }
}
