using System.CommandLine;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Cli.Shell;
using AiBms.Learning.Datasets;
using AiBms.Learning.Physics;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board physics</c>: SPM, SPMe and DFN against the converged curves of other solvers, in error and in time.</summary>
static class BoardPhysicsCommand
{
    const double BudgetS = 1.5, QuickBudgetS = 0.2;

    public static Verb Create()
    {
        var reference = new Option<string?>("--reference") { Description = "Folder of reference curves; AIBMS_REFERENCE when not given.", HelpName = "DIR" };
        var quick = new Option<bool>("--quick") { Description = "Short timings: a look, not a result." };
        var output = new Option<string>("--out") { Description = "Folder for README.md and pictures.", DefaultValueFactory = _ => "results/physics", HelpName = "DIR" };
        return new Verb("physics", "Physics-based models against converged curves of other solvers, in error and in time.", "board physics --quick --out quick-look")
        {
            reference, quick, output,
        }.Does((parsed, talk) =>
        {
            string folder = parsed.GetValue(reference) ?? Environment.GetEnvironmentVariable("AIBMS_REFERENCE")
                ?? throw new DataException("the physics board needs a folder of reference curves: give --reference DIR or set AIBMS_REFERENCE.");
            if (!Directory.Exists(Path.Combine(folder, "pybamm"))) throw new DataException($"{folder} has no folder 'pybamm' of reference curves.");
            string[] files = [.. Directory.GetFiles(Path.Combine(folder, "pybamm"), "*_truth.csv.gz").Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
            string hash = "sha256 " + DataHash.Of(folder, files)[..16];
            var board = new PhysicsBoard(folder, new(Home.ParameterSets), Home.ParameterSets);
            string command = "./aibms " + string.Join(' ', parsed.Tokens.Select(token => token.Value));
            talk.Data.Write(PhysicsBoardPage.Write(board, parsed.GetRequiredValue(output), command, hash, parsed.GetValue(quick) ? QuickBudgetS : BudgetS));
            return ExitCode.Ok;
        });
    }
}
