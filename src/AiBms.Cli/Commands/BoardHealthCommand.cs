using System.CommandLine;
using System.Text.Json.Nodes;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Datasets;
using AiBms.Learning.Learners;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board soh</c> and <c>board rul</c>: health and life of cells that no learner saw.</summary>
static class BoardHealthCommand
{
    /// <summary>State of health.</summary>
    public static Verb Soh() => Create("soh", "State of health", "State of health of cells that no learner saw, from charges and pulses.", data => SohProtocols.All(data, new AbsentLibrary()));

    /// <summary>Remaining life.</summary>
    public static Verb Rul() => Create("rul", "Cycle life", "Cycle life of cells that no learner saw, from their first 100 cycles.", data => RulProtocols.All(data, new AbsentLibrary()));

    static Verb Create(string name, string title, string description, Func<string, IEnumerable<HealthProtocol>> protocols)
    {
        var only = new Option<string?>("--protocol") { Description = "One table alone.", HelpName = "NAME" };
        var quick = new Option<bool>("--quick") { Description = "One seed: a look, not a result." };
        var output = new Option<string>("--out") { Description = $"Folder for README.md, {name}.json and pictures.", DefaultValueFactory = _ => $"results/{name}", HelpName = "DIR" };
        var models = new Option<string?>("--rungs") { Description = $"Folder that 'aibms train --model {name} --rungs' filled; models/rungs where it is not given.", HelpName = "DIR" };
        var verb = new Verb(name, description, $"board {name}", $"board {name} --quick --out quick-look") { only, quick, models, output };
        return verb.Does((parsed, talk) =>
        {
            var store = RungFolder.Open(parsed.GetValue(models), name);
            string data = DataFolder.Locate(), folder = parsed.GetRequiredValue(output);
            HealthProtocol[] chosen = [.. protocols(data).Where(protocol => parsed.GetValue(only) is not { } told || protocol.Id == told)];
            if (chosen.Length == 0) throw new UsageException($"--protocol {parsed.GetValue(only)}: there are {string.Join(", ", protocols(data).Select(protocol => protocol.Id))}.");
            Directory.CreateDirectory(folder);
            List<HealthResult> results = [];
            List<BoardPlot> plots = [];
            foreach (var protocol in chosen)
            {
                results.Add(HealthBoard.Run(protocol, parsed.GetValue(quick) ? [HealthBoard.Seeds[0]] : HealthBoard.Seeds, store, $"./aibms train --model {name} --rungs", new Telling(talk)));
                plots.AddRange(HealthBoardPlots.Save(results[^1], folder));
            }

            BoardStamp stamp = new()
            {
                Command = "./aibms " + string.Join(' ', parsed.Tokens.Select(token => token.Value)),
                Date = TimeProvider.System.GetUtcNow(),
                Seed = HealthBoard.Seeds[0],
                Quick = parsed.GetValue(quick),
                Plots = plots,
            };
            string json = HealthBoardJson.Write(results, stamp), page = Path.Combine(folder, "README.md");
            File.WriteAllText(Path.Combine(folder, $"{name}.json"), json);
            File.WriteAllText(page, HealthBoardPage.Write(title, results, stamp, BoardNotes.Read(Path.Combine(folder, "notes.md"))));
            if (talk.IsJson) talk.WriteJson(JsonNode.Parse(json)!);
            else
                foreach (var (result, aim) in from result in results from aim in result.Protocol.Aims select (result, aim))
                    talk.Data.WriteLine($"{(result.Measure(aim) <= aim.LimitValues[0] ? "met   " : "missed")}  {aim.Name}: {result.Measure(aim):0.####} (wanted {aim.LimitValues[0]:0.####})");
            talk.Say($"Wrote {page}, and {name}.json beside it.");
            return ExitCode.Ok;
        });
    }
}
