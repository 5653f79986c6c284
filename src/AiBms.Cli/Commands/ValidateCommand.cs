using System.CommandLine;
using System.Text.Json.Nodes;
using AiBms.Cli.Shell;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms validate FILE|FOLDER…</c>: opens every file and says what is wrong with each.</summary>
static class ValidateCommand
{
    static readonly string[] Endings = [".csv", ".gz", ".parquet", ".mat", ".mpt", ".lvm", ".txt", ".tsv"];

    public static Verb Create()
    {
        var paths = new Argument<string[]>("paths") { Description = "Recordings, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var strict = new Option<bool>("--strict") { Description = "Warnings are problems too." };
        var verb = new Verb("validate", "Check recorded files; exit code 3 when any has a problem.", "validate drive.csv", "validate recordings/ --strict --json") { paths, strict };
        var door = new DoorOptions(verb);
        return verb.Does((parsed, talk) =>
        {
            Severity limit = parsed.GetValue(strict) ? Severity.Warning : Severity.Problem;
            List<FileCheck> checks = [.. Files(parsed.GetRequiredValue(paths)).Select(path => Check(path, door.Read(parsed), limit))];
            if (talk.IsJson)
                talk.WriteJson(new JsonObject { ["files"] = new JsonArray([.. checks.Select(check => (JsonNode)check.AsJson())]) });
            else
                checks.ForEach(check => check.Write(talk.Data));
            int bad = checks.Count(check => !check.IsFine);
            if (!talk.IsJson)
                talk.Data.WriteLine($"{checks.Count - bad} fine, {bad} with problems");
            return bad == 0 ? ExitCode.Ok : ExitCode.Data;
        });
    }

    static FileCheck Check(string path, RecordingOptions options, Severity limit)
    {
        try
        {
            Recording recording = RecordingDoor.Open(path, options);
            return new(path, null, recording, recording.Findings.Items.All(item => item.Severity < limit));
        }
        catch (DataException problem)
        {
            return new(path, problem.Message, null, IsFine: false);
        }
    }

    static IEnumerable<string> Files(string[] paths)
    {
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                yield return path;
                continue;
            }

            string[] inside = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
            if (inside.Length == 0)
                throw new DataException($"{path} holds no file that ends in {string.Join(", ", Endings)}.");
            foreach (string file in inside)
                yield return file;
        }
    }
}
