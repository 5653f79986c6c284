using System.CommandLine;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms export</c>: writes what another machine runs. A target is a file with a <see cref="Target"/> and a line here.</summary>
static class ExportCommand
{
    /// <summary>Writes a cell into a folder and returns the paths of what it wrote.</summary>
    public delegate IReadOnlyList<string> Target(ExportRequest request);

    static readonly Dictionary<string, Target> s_targets = new(StringComparer.Ordinal) { ["c99"] = ExportC99.Write };

    public static Verb Create()
    {
        var target = new Option<string>("--target") { Description = "What to write.", Required = true };
        target.AcceptOnlyFromAmong([.. s_targets.Keys]);
        var cell = new Option<string>("--cell") { Description = "Cell or cell file.", HelpName = "CELL", Required = true };
        var output = new Option<string>("--out") { Description = "Folder to write into; made where it is missing.", HelpName = "DIR", Required = true };
        var verb = new Verb("export", "Write a cell as C99 tables for a microcontroller.", "export --target c99 --cell lg_hg2 --out build/lg_hg2") { target, cell, output };
        return verb.Does((parsed, talk) =>
        {
            var request = new ExportRequest(new AiBms.Battery.Cells.CellCatalogue(Home.Cells).Find(parsed.GetRequiredValue(cell)), parsed.GetRequiredValue(output));
            Directory.CreateDirectory(request.Folder);
            var written = s_targets[parsed.GetRequiredValue(target)](request);
            if (talk.IsJson) talk.WriteJson(new System.Text.Json.Nodes.JsonObject { ["files"] = new System.Text.Json.Nodes.JsonArray([.. written.Select(path => (System.Text.Json.Nodes.JsonNode)path)]) });
            else foreach (string path in written) talk.Data.WriteLine(path);
            return ExitCode.Ok;
        });
    }
}
