using System.CommandLine;
using AiBms.Agent.Protection;
using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms replay FILE</c>: the whole chain over a recorded pack.</summary>
static class ReplayCommand
{
    public static Verb Create()
    {
        var path = new Argument<string>("file") { Description = "Recorded pack: a column V_1… for every cell, T_1… for every probe, current and pack voltage." };
        var pack = new Option<string?>("--pack") { Description = "The pack it is of, by name or file; without it the pack is read off the record.", HelpName = "PACK" };
        var cell = new Option<string?>("--cell") { Description = "Cell type that stands in where no --pack is told; by the voltages when not given.", HelpName = "CELL" };
        var top = new Option<int>("--top") { Description = "How many of the weakest cells are listed.", DefaultValueFactory = _ => 8, HelpName = "N" };
        var energyLoad = new Option<string>(EnergyLoadText.Name) { Description = EnergyLoadText.Description, DefaultValueFactory = _ => "recent", HelpName = "LOAD" };
        var model = new Option<string?>("--model") { Description = "Model file of soc, shown beside the filter with its validity; protection and control never see it.", HelpName = "FILE" };
        top.Takes(n => n is >= 1 and <= 1000, "--top takes 1 to 1000 cells.");
        var verb = new Verb("replay", "Run protection, estimation and control over a recorded pack: events, and the weakest cells by name.",
            "replay data/pack-day.csv", "replay car3.csv.gz --top 4 --json", "replay data/pack-day.csv --energy-load 12kW", "replay data/pack-day.csv --cell lg_hg2 --model models/soc_gru-measures_lg_hg2.json")
        {
            path, pack, cell, energyLoad, top, model,
        };
        var door = new DoorOptions(verb);
        return verb.Does((parsed, talk) =>
        {
            var recording = RecordingDoor.Open(parsed.GetRequiredValue(path), door.Read(parsed)).OneSeries();
            var taken = Pack(recording, parsed.GetValue(pack), parsed.GetValue(cell));
            taken = taken with { EnergyLoad = EnergyLoadText.Parse(parsed.GetValue(energyLoad)!) };
            var learned = parsed.GetValue(model) is { } file ? ModelCatalogue.Read(file) : null;
            ReplayResult result;
            using (var progress = talk.Progress("replaying", recording.RowCount)) result = ReplayRun.Of(recording, taken, row => progress.Report(row));
            var beside = learned is null ? null : LearnedBeside.Of(recording, taken, result, learned);
            new ReplayScreen(recording, taken, result, parsed.GetValue(top)).Print(talk, beside);
            return ExitCode.Ok;
        });
    }

    internal static ReplayPack Pack(Recording recording, string? packName, string? cellName)
    {
        var cells = new CellCatalogue(Home.Cells);
        if (packName is null) return ReplayPack.Unknown(recording, cells, cellName);
        var layout = Home.Pack(packName);
        string protection = Path.Combine(Home.Packs, "protection", layout.Id + ".json");
        if (!File.Exists(protection)) throw new DataException($"The pack {layout.Id} has no protection file {protection}: write one, or leave --pack away.");
        try
        {
            return ReplayPack.Known(layout, cells.Find(layout.Cell), ProtectionFile.Parse(File.ReadAllBytes(protection), Path.GetFileName(protection)), recording);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }
    }
}
