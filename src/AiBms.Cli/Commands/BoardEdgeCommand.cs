using System.CommandLine;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards.Forms;
using AiBms.Learning.Datasets;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board edge</c>: the microcontroller's estimators in float against those in double.</summary>
static class BoardEdgeCommand
{
    public static Verb Create()
    {
        var pack = new Option<string>("--pack") { Description = "Pack whose estimators are compared.", DefaultValueFactory = _ => "module_12s_coldplate", HelpName = "PACK" };
        var output = new Option<string>("--out") { Description = "Folder for differences.md.", DefaultValueFactory = _ => "results/edge", HelpName = "DIR" };
        return new Verb("edge", "Largest differences of float on the microcontroller to double over whole drives.", "board edge --out quick-look")
        {
            pack, output,
        }.Does((parsed, talk) =>
        {
            string folder = DataFolder.Locate(), page = Path.Combine(parsed.GetRequiredValue(output), "differences.md");
            var layout = Home.Pack(parsed.GetRequiredValue(pack));
            string stamp = $"Made by `./aibms {string.Join(' ', parsed.Tokens.Select(token => token.Value))}`.";
            string text = EdgeBoard.Page(folder, new(Home.Cells), new(Home.Models), layout, stamp, talk.Say);
            Directory.CreateDirectory(parsed.GetRequiredValue(output));
            File.WriteAllText(page, text);
            talk.Data.Write(text);
            talk.Say($"Wrote {page}.");
            return ExitCode.Ok;
        });
    }
}
