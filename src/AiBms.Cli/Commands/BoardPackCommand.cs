using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards;
using AiBms.Learning.Boards.Packs;
using AiBms.Learning.Datasets;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board pack</c>: energy, power, limiting cells, leaks, faults and temperature of a pack.</summary>
static class BoardPackCommand
{
    public static Verb Create()
    {
        var part = new Option<string>("--part") { Description = "Part of the board.", DefaultValueFactory = _ => "all" };
        part.AcceptOnlyFromAmong([.. PackBoard.Parts, "all"]);
        var quick = new Option<bool>("--quick") { Description = "A tenth of the packs: a look, not a result." };
        var models = new Option<string?>("--rungs") { Description = "Folder that 'aibms train --model temp --rungs --table bmw_i3' filled; models/rungs where it is not given.", HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "Folder for README.md, pack.json and pictures.", DefaultValueFactory = _ => "results/pack", HelpName = "DIR" };
        var verb = new Verb("pack", "Energy, power, limiting cells, leaks, faults and temperature of a pack; parts made earlier are kept.", "board pack", "board pack --part limiting --quick --out quick-look")
        {
            part, quick, models, output,
        };
        return verb.Does((parsed, talk) =>
        {
            string? only = parsed.GetRequiredValue(part) is var named && named == "all" ? null : named;
            string folder = parsed.GetRequiredValue(output);
            PackBoardOptions options = new() { Home = Home.Folder, Folder = folder, Rungs = parsed.GetValue(models) ?? Home.Rungs, Data = PackBoard.NeedsData(only) ? DataFolder.Locate() : null, Quick = parsed.GetValue(quick), Only = only };
            Directory.CreateDirectory(folder);
            string today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), jsonPath = Path.Combine(folder, "pack.json");
            IReadOnlyList<BoardPart> made = [.. PackBoard.Run(options, new Telling(talk, "Part ")).Select(done => done with { Made = today })];
            var parts = PackBoardJson.Merge(jsonPath, made);
            BoardStamp stamp = new()
            {
                Command = "./aibms " + string.Join(' ', parsed.Tokens.Select(token => token.Value)),
                Date = TimeProvider.System.GetUtcNow(),
                Seed = (ulong)options.Seed,
                Quick = options.Quick,
            };
            string json = PackBoardJson.Write(parts), page = Path.Combine(folder, "README.md");
            File.WriteAllText(jsonPath, json);
            File.WriteAllText(page, PackBoardPage.Write(parts, stamp, BoardNotes.Read(Path.Combine(folder, "notes.md"))));
            PackBoardPlots.Save(made, folder);
            if (talk.IsJson) talk.WriteJson(JsonNode.Parse(json)!);
            else foreach (var aim in made.SelectMany(p => p.Aims)) talk.Data.WriteLine($"{(aim.Hit ? "met   " : "missed")}  {aim.Name}: {aim.Measured} (wanted {aim.Wanted})");
            talk.Say($"Wrote {page}, and pack.json beside it.");
            return ExitCode.Ok;
        });
    }
}
