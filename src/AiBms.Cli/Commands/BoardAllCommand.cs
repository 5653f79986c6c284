using System.CommandLine;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board all</c>: the four boards of estimates one after the other, then the README's tables. Never trains.</summary>
static class BoardAllCommand
{
    static readonly string[] s_boards = ["soc", "soh", "temp", "rul"];

    public static Verb Create()
    {
        var tables = new Option<bool>("--tables") { Description = "Only the README's tables, from results that are there." };
        var output = new Option<string>("--out") { Description = "Folder of results, one folder a board.", DefaultValueFactory = _ => "results", HelpName = "DIR" };
        var readme = new Option<string>("--readme") { Description = "Page whose tables are made again.", DefaultValueFactory = _ => "README.md", HelpName = "FILE" };
        return new Verb("all", "Every board of estimates that models are there for, and the README's tables; a board without rungs keeps its stored results.", "board all", "board all --tables")
        {
            tables, output, readme,
        }.Does((parsed, talk) =>
        {
            string folder = parsed.GetRequiredValue(output), page = parsed.GetRequiredValue(readme);
            string text = File.ReadAllText(page);
            // Before an hour of boards, not after it.
            ReadmeTables.Into(text, folder);
            int worst = ExitCode.Ok;
            foreach (string board in parsed.GetValue(tables) ? [] : s_boards)
            {
                // A fresh clone has no rungs of these: nothing to run is no failure.
                if (board != "soc" && !RungFolder.IsFilled(Home.Rungs))
                {
                    talk.Say($"board {board}: not run, nothing was trained here ('./aibms train --model {board} --rungs'); its table is made from the results that are stored.");
                    continue;
                }

                talk.Say($"board {board} …");
                // A board that cannot run says why; its table stays as it was, the others go on.
                int code = CommandLine.Run(["board", board, "--out", Path.Combine(folder, board)], talk);
                if (code != ExitCode.Ok) worst = code;
            }

            File.WriteAllText(page, ReadmeTables.Into(text, folder));
            talk.Say($"Tables of {page} are made from {folder}.");
            return worst;
        });
    }
}
