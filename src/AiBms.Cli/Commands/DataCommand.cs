using System.CommandLine;
using System.Text.Json.Nodes;
using AiBms.Cli.Shell;
using AiBms.Learning.Datasets;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms data</c>: which public measurements there are, and how to take them in.</summary>
static class DataCommand
{
    public static Verb Create() => new("data", "Public data sets: list them, take in what you downloaded.") { List(), Add() };

    static Verb List() => new Verb("list", "List public data sets with DOI, licence and citation.", "data list", "data list --json").Does((_, talk) =>
    {
        if (talk.IsJson)
        {
            talk.WriteJson(new JsonObject { ["sets"] = new JsonArray([.. PublicDatasets.All.Select(AsJson)]) });
            return ExitCode.Ok;
        }

        foreach (var set in PublicDatasets.All)
        {
            talk.Data.WriteLine($"{set.Name}{(IsHere(set) ? "  (here)" : "")}");
            talk.Data.WriteLine($"  {set.What}");
            talk.Data.WriteLine($"  {(set.Doi is null ? "" : $"doi {set.Doi}; ")}licence {set.Licence}");
            talk.Data.WriteLine($"  {set.Citation}");
        }

        talk.Say("Get a set from its publisher, then: aibms data add NAME ARCHIVE");
        return ExitCode.Ok;
    });

    static Verb Add()
    {
        var name = new Argument<string>("name") { Description = "Which set, as 'data list' calls it." };
        name.CompletionSources.Add([.. PublicDatasets.All.Select(set => set.Name)]);
        var source = new Argument<string>("source") { Description = "The publisher's archive (zip, tar, tar.gz), or the folder it was unpacked to.", HelpName = "ARCHIVE|FOLDER" };
        var to = new Option<string?>("--to") { Description = "Data folder; AIBMS_DATA when not given.", HelpName = "FOLDER" };
        return new Verb("add", "Check what you downloaded and lay it out in the folder that AIBMS_DATA names.",
            "data add lg-18650hg2 LG_HG2_Original_Dataset.zip --to ~/battery-data", "data add nissan-leaf ~/Downloads/battery-cell-data")
        {
            name, source, to,
        }.Does((parsed, talk) =>
        {
            var set = PublicDatasets.Find(parsed.GetRequiredValue(name));
            string folder = parsed.GetValue(to) ?? Home.MeasuredData
                ?? throw new UsageException("No data folder is known: set AIBMS_DATA, or give one with --to.");
            using var progress = talk.Progress("files taken", 0);
            var report = DatasetIntake.Add(set, parsed.GetRequiredValue(source), folder, progress);
            if (talk.IsJson) talk.WriteJson(new JsonObject { ["folder"] = report.Folder, ["taken"] = report.TakenCount, ["ignored"] = new JsonArray([.. report.Ignored.Select(i => (JsonNode)i)]) });
            else talk.Data.WriteLine($"{report.Folder}: {report.TakenCount} files, {report.Ignored.Count} others left out");
            foreach (string path in report.Ignored.Take(5)) talk.Say($"left out: {path}");
            if (report.Ignored.Count > 5) talk.Say($"left out: {report.Ignored.Count - 5} more (--json lists all)");
            talk.Say($"Please cite: {set.Citation} ({set.Licence})");
            return ExitCode.Ok;
        });
    }

    static bool IsHere(PublicDataset set) => Home.MeasuredData is { } folder && Directory.Exists(Path.Combine(folder, set.Name));

    static JsonObject AsJson(PublicDataset set) => new()
    {
        ["name"] = set.Name,
        ["what"] = set.What,
        ["doi"] = set.Doi,
        ["licence"] = set.Licence,
        ["citation"] = set.Citation,
        ["takes"] = set.Takes,
        ["here"] = IsHere(set),
    };
}
