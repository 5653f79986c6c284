using System.CommandLine;
using System.Globalization;
using AiBms.Agent.Replay;
using AiBms.Cli.Shell;
using AiBms.Learning.Datasets;
using AiBms.Learning.Plots;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board replay</c>: three cars on the road through the whole chain, as a page with pictures.</summary>
static class BoardReplayCommand
{
    const string Set = "ev-field-cells";

    public static Verb Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder of measured data; AIBMS_DATA when not given.", HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "Folder for README.md and pictures.", DefaultValueFactory = _ => "results/replay", HelpName = "DIR" };
        return new Verb("replay", "Three cars on the road through protection, estimation and control: sensor faults, events, weakest cells.", "board replay --out replay-look")
        {
            data, output,
        }.Does((parsed, talk) =>
        {
            string folder = Path.Combine(parsed.GetValue(data) ?? DataFolder.Locate(), Set), to = parsed.GetRequiredValue(output);
            string[] files = ["car1.csv.gz", "car3.csv.gz", "car4.csv.gz"];
            foreach (string file in files)
                if (!File.Exists(Path.Combine(folder, file))) throw new DataException($"{folder} has no {file}: put the set there, or name another folder by --data.");
            Directory.CreateDirectory(to);
            List<(Recording Recording, ReplayResult Result)> runs = [];
            using var page = new StringWriter(CultureInfo.InvariantCulture);
            page.WriteLine("# Three cars on the road, replayed");
            page.WriteLine();
            page.WriteLine($"Made by `./aibms {string.Join(' ', parsed.Tokens.Select(token => token.Value))}` from {Set} (sha256 {DataHash.Of(folder, files)[..16]}). {File.ReadAllText(Path.Combine(Home.Folder, "results", "replay", "notes.md")).Trim()}");
            page.WriteLine();
            page.WriteLine("![what cells lack by state of charge, along the string, and the last minutes of car4](replay.png)");
            foreach (string file in files)
            {
                var recording = RecordingDoor.Open(Path.Combine(folder, file));
                var pack = ReplayCommand.Pack(recording, null, null);
                var result = ReplayRun.Of(recording, pack);
                runs.Add((recording, result));
                page.WriteLine();
                page.WriteLine($"## {file.Split('.')[0]}");
                page.WriteLine();
                page.WriteLine(string.Join(' ', pack.Assumed));
                page.WriteLine();
                page.WriteLine("```");
                new ReplayScreen(recording, pack, result, 8).Write(page);
                page.WriteLine("```");
            }

            PlotPanel.Save(
                Path.Combine(to, "replay.png"), ReplayFigures.ByCharge(runs[1].Recording, runs[1].Result, 80, 1), ReplayFigures.AlongTheString(runs),
                ReplayFigures.LastMinutes(runs[2].Recording, runs[2].Result, 10));
            File.WriteAllText(Path.Combine(to, "README.md"), page.ToString());
            talk.Say($"{Path.Combine(to, "README.md")} and replay.png are written.");
            return ExitCode.Ok;
        });
    }
}
