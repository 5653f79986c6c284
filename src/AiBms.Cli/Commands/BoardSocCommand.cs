using System.CommandLine;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;

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
        method.AcceptOnlyFromAmong([.. SocRung.All.Select(rung => rung.Name)]);
        var unseen = new Option<double?>("--unseen") { Description = "LG HG2 only: the ambient in °C that split 'model B' keeps from training, scored alone.", HelpName = "DEGC" };
        var quick = new Option<bool>("--quick") { Description = "Few cuts: a look, not a result." };
        var output = new Option<string>("--out") { Description = "Folder for README.md, soc.json and pictures.", DefaultValueFactory = _ => "results/soc", HelpName = "DIR" };
        var verb = new Verb("soc", "State of charge from cuts in the middle of driving, start unknown.", "board soc", "board soc --set lg_hg2 --quick --out quick-look")
        {
            set, method, unseen, quick, output,
        };
        return verb.Does((parsed, talk) =>
        {
            string root = DataFolder.Locate();
            SocBoardOptions options = new() { Methods = parsed.GetValue(method) ?? [], Quick = parsed.GetValue(quick), Seed = (ulong)talk.Seed };
            string[] sets = parsed.GetValue(set) == "all" ? s_sets : [parsed.GetRequiredValue(set)];
            CellCatalogue cells = new(Home.Cells);
            SocBoard board = new(cells.Find);
            List<SetResult> results = [];
            List<BoardPlot> plots = [];
            string folder = parsed.GetRequiredValue(output);
            Directory.CreateDirectory(folder);
            foreach (string id in sets)
            {
                var dataset = Describe(id, root, parsed.GetValue(unseen));
                using var progress = talk.Progress(id, total: 1000);
                results.Add(board.Run(dataset, root, options, progress));
                plots.AddRange(new SocBoardPlots(results[^1], options).Save(folder, root, cells.Find(dataset.CellId)));
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

    static Dataset Describe(string id, string root, double? unseenDegC) => id switch
    {
        LgHg2.Id when unseenDegC is { } ambientDegC => LgHg2.DescribeUnseen(root, ambientDegC),
        LgHg2.Id => LgHg2.Describe(root),
        Panasonic18650Pf.Id => Panasonic18650Pf.Describe(root),
        _ => K2Lfp.Describe(root),
    };
}
