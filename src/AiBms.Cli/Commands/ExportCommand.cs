using System.CommandLine;
using System.Text.Json.Nodes;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms export</c>: writes what another machine runs. A target is a file with a <see cref="Target"/> and a line here.</summary>
static class ExportCommand
{
    /// <summary>Writes a cell or a model into a folder and returns the paths of what it wrote.</summary>
    public delegate IReadOnlyList<string> Target(ExportRequest request);

    static readonly Dictionary<string, Target> s_targets = new(StringComparer.Ordinal) { ["bpx"] = ExportBpx.Write, ["circuit"] = ExportCircuit.Write, ["c99"] = ExportC99.Write, ["onnx"] = ExportOnnx.Write };

    public static Verb Create()
    {
        var target = new Option<string>("--target") { Description = "What to write.", Required = true };
        target.AcceptOnlyFromAmong([.. s_targets.Keys]);
        var cell = new Option<string?>("--cell") { Description = "Cell or cell file, for c99; where a pack is named, its own is the default. For bpx and circuit a parameter set such as chen2020.", HelpName = "CELL" };
        var model = new Option<string?>("--model") { Description = "Model file; for c99 its network is written too.", HelpName = "FILE" };
        var pack = new Option<string?>("--pack") { Description = "Pack whose protection, limits and charging are written too, for c99.", HelpName = "PACK" };
        var output = new Option<string>("--out") { Description = "Folder to write into; made where it is missing.", HelpName = "DIR", Required = true };
        var verb = new Verb("export", "Write a cell, a pack's protection and a network as C99 tables for a microcontroller, a trained model as ONNX, a parameter set as BPX, or the circuit and the plating table that stand in for it.",
            "export --target c99 --cell lg_hg2 --out build/lg_hg2",
            "export --target c99 --pack ev_96s2p_immersion --model models/soc_gru_lg_hg2.json --out build/ev", "export --target onnx --model models/soc_gru_lg_hg2.json --out build",
            "export --target bpx --cell chen2020 --out build", "export --target circuit --cell chen2020 --out build") { target, cell, pack, model, output };
        return verb.Does((parsed, talk) =>
        {
            ExportRequest request = new(parsed.GetValue(cell), parsed.GetValue(pack), parsed.GetValue(model), parsed.GetRequiredValue(output), talk.Say);
            var written = s_targets[parsed.GetRequiredValue(target)](request);
            if (talk.IsJson) talk.WriteJson(new JsonObject { ["files"] = new JsonArray([.. written.Select(path => (JsonNode)path)]) });
            else foreach (string path in written) talk.Data.WriteLine(path);
            return ExitCode.Ok;
        });
    }
}
