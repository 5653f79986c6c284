using System.Text.Json.Nodes;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms doctor</c>: what this machine has, and what to do about what is missing.</summary>
static class DoctorCommand
{
    public static Verb Create() =>
        new Verb("doctor", "Tell what this machine has and what to do about what is missing.", "doctor", "doctor --json").Does((_, talk) =>
        {
            var findings = Checkup.Run(Directory.GetCurrentDirectory());
            if (talk.IsJson)
                talk.WriteJson(new JsonObject { ["findings"] = new JsonArray([.. findings.Select(AsJson)]) });
            else
                foreach (var (name, ok, what, cure) in findings)
                    talk.Data.WriteLine($"{(ok ? "ok     " : "missing")}  {name,-14} {what}{(ok || cure is null ? "" : $" -> {cure}")}");
            return ExitCode.Ok;
        });

    static JsonNode AsJson(Finding finding) => new JsonObject
    {
        ["name"] = finding.Name,
        ["ok"] = finding.IsOk,
        ["what"] = finding.What,
        ["cure"] = finding.IsOk ? null : finding.Cure,
    };
}
