using System.CommandLine;
using AiBms.Cli.Shell;
using AiBms.Learning.Datasets;
using AiBms.Learning.Twins;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board twin</c>: the pack twin against measured temperatures and module voltages.</summary>
static class BoardTwinCommand
{
    static readonly string[] s_sets = ["lg-m50", "samsung-30q", "dmegc-electrothermal", "nissan-leaf"];

    public static Verb Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder of measured data (default: AIBMS_DATA).", HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "Folder for README.md and pictures.", DefaultValueFactory = _ => "results/twin", HelpName = "DIR" };
        return new Verb("twin", "The pack twin against measured case temperatures and module voltages.", "board twin --out quick-look")
        {
            data, output,
        }.Does((parsed, talk) =>
        {
            string folder = parsed.GetValue(data) ?? Home.MeasuredData ?? throw new DataException("the twin board needs measured data: give --data DIR or set AIBMS_DATA.");
            string[] files =
            [
                .. s_sets.Select(set => Path.Combine(folder, set)).Select(set => Directory.Exists(set) ? set : throw new DataException($"{folder} has no folder {Path.GetFileName(set)}, which the twin board needs."))
                    .SelectMany(set => Directory.GetFiles(set, "*", SearchOption.AllDirectories)).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal),
            ];
            string stamp = $"Made by `./aibms {string.Join(' ', parsed.Tokens.Select(token => token.Value))}`; data sha256 {DataHash.Of(folder, files)[..16]}.";
            talk.Data.Write(TwinBoardPage.Write(new(folder, Home.Cells), new(folder, Home.Cells), parsed.GetRequiredValue(output), stamp, talk.Say));
            return ExitCode.Ok;
        });
    }
}
