using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board soc</c>: the cut-start protocol on the measured sets.</summary>
static class BoardSocCommand
{
    static readonly string[] s_sets = [LgHg2.Id, Panasonic18650Pf.Id, K2Lfp.Id];

    public static Verb Create()
    {
        var set = new Option<string>("--set") { Description = "Data set.", DefaultValueFactory = _ => "all" };
        set.AcceptOnlyFromAmong([.. s_sets, "all"]);
        var method = new Option<string[]>("--method") { Description = "Methods; all where none is named.", AllowMultipleArgumentsPerToken = true };
        method.AcceptOnlyFromAmong([.. SocRung.With(new(Home.Models)).Select(rung => rung.Name)]);
        var cell = new Option<string?>("--cell") { Description = "Cell or cell file instead of the set's own; with one set only.", HelpName = "CELL" };
        var quick = new Option<bool>("--quick") { Description = "Few cuts: a look, not a result." };
        var output = new Option<string>("--out") { Description = "Folder for README.md, soc.json and pictures.", DefaultValueFactory = _ => "results/soc", HelpName = "DIR" };
        var verb = new Verb("soc", "State of charge from cuts in the middle of driving, start unknown.", "board soc", "board soc --set lg_hg2 --quick --out quick-look")
        {
            set, method, cell, quick, output,
        };
        return verb.Does((parsed, talk) =>
        {
            string root = DataFolder.Locate();
            SocBoardOptions options = new() { Rungs = SocRung.With(new(Home.Models)), UnseenRungs = SocRung.Learned(new(Path.Combine(Home.Models, "unseen"))), SeedRungs = Seeds(), Methods = parsed.GetValue(method) ?? [], Quick = parsed.GetValue(quick), Seed = (ulong)talk.Seed, MeasuresTime = true, TrainingS = TrainingTimes.Read(Home.Models), Kept = new(Path.Combine(parsed.GetRequiredValue(output), "runs")) };
            string[] sets = parsed.GetValue(set) == "all" ? s_sets : [parsed.GetRequiredValue(set)];
            if (parsed.GetValue(cell) is not null && sets.Length > 1) throw new UsageException("--cell stands for the cell of one set: name the set with --set.");
            CellCatalogue cells = new(Home.Cells);
            // Every set and cell is looked up before the first minute is spent.
            (Dataset Set, CellType Cell)[] chosen = [.. sets.Select(id => Describe(id, root)).Where(found => sets.Length == 1 || IsKnown(cells, found, talk))
                .Select(found => (found, cells.Find(parsed.GetValue(cell) ?? found.CellId)))];
            List<SetResult> results = [];
            List<BoardPlot> plots = [];
            string folder = parsed.GetRequiredValue(output);
            Directory.CreateDirectory(folder);
            foreach (var (dataset, type) in chosen)
            {
                using var progress = talk.Progress(dataset.Id, total: 1000);
                var result = SocBoard.Run(dataset, type, root, options, progress);
                results.Add(dataset.Id == LgHg2.Id ? result with { Unseen = SocBoard.RunUnseen(root, ambientDegC => CellWithout(cells, type, ambientDegC), options) } : result);
                plots.AddRange(new SocBoardPlots(results[^1], options).Save(folder, root, type));
            }

            BoardStamp stamp = new()
            {
                Command = "./aibms " + string.Join(' ', parsed.Tokens.Select(token => token.Value)),
                Date = TimeProvider.System.GetUtcNow(),
                Seed = options.Seed,
                Quick = options.Quick,
                Plots = plots,
            };
            Write(folder, results, stamp, talk);
            return ExitCode.Ok;
        });
    }

    static void Write(string folder, List<SetResult> results, BoardStamp stamp, Talk talk)
    {
        string json = SocBoardJson.Write(results, stamp), page = Path.Combine(folder, "README.md");
        File.WriteAllText(Path.Combine(folder, "soc.json"), json);
        File.WriteAllText(page, SocBoardPage.Write(results, stamp, BoardNotes.Read(Path.Combine(folder, "notes.md"))));
        if (talk.IsJson) talk.WriteJson(JsonNode.Parse(json)!);
        else SocBoardScreen.Print(results, talk.Data);
        talk.Say($"Wrote {page}, and soc.json beside it.");
    }

    static bool IsKnown(CellCatalogue cells, Dataset dataset, Talk talk)
    {
        bool isKnown = cells.All().Any(known => known.Id == dataset.CellId || known.Aliases.Contains(dataset.CellId, StringComparer.Ordinal));
        if (!isKnown) talk.Say($"Set {dataset.Id} is left out: no cell is called {dataset.CellId}; identify it, or run the set alone with --cell.");
        return isKnown;
    }

    // The shipped model trained again, a folder for each seed.
    static SocRung[] Seeds()
    {
        string folder = Path.Combine(Home.Models, "seeds");
        string[] seeds = Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)] : [];
        return [.. seeds.SelectMany(seed => SocRung.Learned(new(seed)).Where(rung => rung.Name == SocNetworks.Best).Select(rung => rung with { Name = Path.GetFileName(seed) }))];
    }

    // Beside the catalogue, not in it: nobody should use a cell that was blinded for a test.
    static CellType? CellWithout(CellCatalogue cells, CellType type, double ambientDegC)
    {
        string path = Path.Combine(Home.Cells, "unseen", string.Create(CultureInfo.InvariantCulture, $"{type.Id}_without_{ambientDegC}.json"));
        return File.Exists(path) ? cells.Find(path) : null;
    }

    static Dataset Describe(string id, string root) => id switch
    {
        LgHg2.Id => LgHg2.Describe(root),
        Panasonic18650Pf.Id => Panasonic18650Pf.Describe(root),
        _ => K2Lfp.Describe(root),
    };
}
