using AiBms.Agent.Protection;
using AiBms.Agent.Simulate;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Cli.Shell;
using AiBms.Learning.Plots;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>Runs the whole chain over a pack's twin; writes readings, a summary and a picture.</summary>
static class PackSimulationCommand
{
    public static int Run(PackSimulationRequest request, Talk talk)
    {
        if (request.Output is { } path && !RecordingWriter.Knows(path)) throw new UsageException($"'{path}' does not end in .csv, .csv.gz, .bdf.gz or .parquet.");
        var options = Options(request, talk.Seed);
        PackSimulationResult result;
        double lengthS = options.Phases.Sum(phase => phase.DurationS);
        using (var progress = talk.Progress("simulating", (long)lengthS)) result = PackSimulation.Of(options, timeS => progress.Report((long)timeS));
        if (request.Output is { } output)
        {
            var recording = result.Rows.ToRecording(Path.GetFileName(output));
            RecordingWriter.Write(recording, output, new AddedColumn("origin", [.. Enumerable.Repeat("simulated by AiBms", recording.RowCount)]));
        }

        if (request.Plot is { } picture) Figure(result).Save(picture);
        var screen = new PackSimulationScreen(request, result);
        if (talk.IsJson) talk.WriteJson(screen.Json());
        else screen.Print(talk.Data);
        return ExitCode.Ok;
    }

    static PackSimulationOptions Options(PackSimulationRequest request, int seed)
    {
        try
        {
            var twin = TwinHome.Load(Home.Folder, request.Pack);
            string protection = Path.Combine(Home.Packs, "protection", twin.Layout.Id + ".json");
            if (!File.Exists(protection)) throw new DataException($"The pack {twin.Layout.Id} has no protection file {protection}: write one.");
            var options = new PackSimulationOptions
            {
                Twin = twin with
                {
                    Seed = seed,
                    StartSoc = request.StartSoc,
                    StartDegC = request.AmbientDegC,
                    Physics = request.Model is { } kind ? new(new ParameterSetCatalogue(Home.ParameterSets).Find(request.ParameterSet), kind) : null,
                    Mismatch = request.IsMismatched ? new() : null,
                    Faults = [.. request.Faults.Select(text => FaultText.Parse(text, twin.Layout))],
                },
                Limits = ProtectionFile.Parse(File.ReadAllBytes(protection), Path.GetFileName(protection)).ToLimits(twin.Layout),
                Phases = PackLoads.Of(request, twin.Cell, twin.Layout.ParallelCount),
                AmbientDegC = request.AmbientDegC,
                Cooling = request.Cooling,
                ReverseFlowS = request.ReverseFlowS,
                IntervalS = request.IntervalS,
                Charging = request.Charging,
                EnergyLoad = request.EnergyLoad,
            };
            options.Twin.Validate();
            if (request.ReverseFlowS > 0 && !twin.Layout.Cooling.Reversible) throw new DataException($"The flow of {twin.Layout.Id} cannot be turned round: its file says that its cooling is not reversible.");
            return options;
        }
        catch (Exception problem) when (problem is FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }
    }

    static PackFigure Figure(PackSimulationResult result) => new()
    {
        Title = result.Twin.Layout.Id,
        TimeS = [.. result.Rows.TimeS],
        CoreDegC = result.Rows.CoreDegC,
        SpreadCoreDegC = result.Rows.SpreadCoreDegC,
        SpreadCaseDegC = result.Rows.SpreadCaseDegC,
        SpreadFluidDegC = result.Rows.SpreadFluidDegC,
        SpreadS = result.Rows.SpreadS,
        CurrentA = [.. result.Rows.CurrentA],
        ChargeLimitA = [.. result.Rows.ChargeLimitA],
        DischargeLimitA = [.. result.Rows.DischargeLimitA],
    };
}
