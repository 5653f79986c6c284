using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Boards.Temperature;
using AiBms.Learning.Datasets;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board temp</c>: the case temperature 10 to 600 s ahead, load known and unknown.</summary>
static class BoardTemperatureCommand
{
    public static Verb Create()
    {
        var set = new Option<string>("--set") { Description = "Data set.", DefaultValueFactory = _ => "all" };
        set.AcceptOnlyFromAmong([.. TemperatureProtocols.Sets, "all"]);
        var quick = new Option<bool>("--quick") { Description = "One seed: a look, not a result." };
        var models = new Option<string?>("--rungs") { Description = "Folder that 'aibms train --model temp --rungs' filled; models/rungs where it is not given.", HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "Folder for README.md, temp.json and pictures.", DefaultValueFactory = _ => "results/temp", HelpName = "DIR" };
        return new Verb("temp", "Case temperature 10 to 600 s ahead on drives that no learner saw, load known and unknown.", "board temp", "board temp --set lg_hg2 --quick --out quick-look")
        {
            set, quick, models, output,
        }.Does((parsed, talk) =>
        {
            string folder = parsed.GetRequiredValue(output), chosen = parsed.GetRequiredValue(set);
            var store = RungFolder.Open(parsed.GetValue(models), "temp");
            TemperatureBoard board = new(DataFolder.Locate(), new(Home.Cells), Home.UnseenCell);
            Directory.CreateDirectory(folder);
            List<TemperatureResult> results = [];
            foreach (string one in TemperatureProtocols.Sets.Where(one => chosen == "all" || one == chosen))
                results.Add(board.Run(one, parsed.GetValue(quick) ? [HealthBoard.Seeds[0]] : HealthBoard.Seeds, store, "./aibms train --model temp --rungs", new Telling(talk)));
            BoardStamp stamp = new()
            {
                Command = "./aibms " + string.Join(' ', parsed.Tokens.Select(token => token.Value)),
                Date = TimeProvider.System.GetUtcNow(),
                Seed = HealthBoard.Seeds[0],
                Quick = parsed.GetValue(quick),
                Plots = [.. results.Select(result => TemperatureBoardPlots.Save(result, folder))],
            };
            string json = TemperatureBoardJson.Write(results, stamp), page = Path.Combine(folder, "README.md");
            File.WriteAllText(Path.Combine(folder, "temp.json"), json);
            File.WriteAllText(page, TemperatureBoardPage.Write(results, stamp, BoardNotes.Read(Path.Combine(folder, "notes.md"))));
            if (talk.IsJson) talk.WriteJson(JsonNode.Parse(json)!);
            else
                foreach (var aim in results.SelectMany(result => result.Aims()))
                    talk.Data.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double.IsNaN(aim.ReachedFraction) ? "none  " : aim.IsHit ? "met   " : "missed")}  {aim.Name}: {aim.ReachedFraction:0.00} [{aim.Limits.LowFraction:0.00}, {aim.Limits.HighFraction:0.00}] (wanted {aim.WantedFraction:0.00}) {aim.Where}"));
            talk.Say($"Wrote {page}, and temp.json beside it.");
            return ExitCode.Ok;
        });
    }
}
