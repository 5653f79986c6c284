using System.CommandLine;
using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Simulation;
using AiBms.Cli.Shell;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms simulate</c>: recordings of cells and packs that do not exist, with the truth in them.</summary>
static class SimulateCommand
{
    public static Verb Create()
    {
        var what = new Argument<string?>("scenario") { Description = "What happens: " + string.Join("; ", Scenario.All.Select(s => $"{s.Name} ({s.Description})")) + "." };
        what.Arity = ArgumentArity.ZeroOrOne;
        what.AcceptOnlyFromAmong([.. Scenario.All.Select(s => s.Name)]);
        var cell = new Option<string>("--cell") { Description = "Type of cell, by name or file.", DefaultValueFactory = _ => "sample_nmc", HelpName = "CELL" };
        var model = new Option<string?>("--model") { Description = "Physics-based model; --cell names a parameter set such as chen2020. ecm is the circuit of an identified cell, or of a parameter set, which then is made first. Needs --experiment, or --pack, whose cells then are spm or spme in place of circuits." };
        var experiment = new Option<string?>("--experiment") { Description = "What to do, in words: \"Discharge at 1C until 2.5 V; Rest for 1 hour\"; or a file with them.", HelpName = "TEXT" };
        var resolution = new Option<string>("--resolution") { Description = "How finely a physics-based model is resolved.", DefaultValueFactory = _ => "normal" };
        var thermal = new Option<bool>("--thermal") { Description = "Physics-based model: the cell warms by its own heat." };
        var core = new Option<double?>("--core-to-case") { Description = "With --thermal: core and case have a temperature each, with this resistance between them in K/W; a tenth of the heat capacity is the case's unless the parameter set says otherwise.", HelpName = "K/W" };
        core.Takes(r => r is > 0 and <= 1000, "--core-to-case takes a resistance above 0 and up to 1000 K/W.");
        var ageing = new Option<bool>("--ageing") { Description = "Physics-based model: the cell ages as its parameter set says, such as okane2022." };
        var cycles = new Option<int>("--cycles") { Description = "With --ageing: the experiment is one cycle of a life of this many; rows are cycles, most of them jumped over with their error kept small.", HelpName = "N" };
        var sensitivity = new Option<string[]>("--sensitivity") { Description = "Physics-based model: write voltage and its change with the logarithm of these parameters, such as negative.diffusivity, in place of the usual columns.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var details = new Option<bool>("--details") { Description = "Physics-based model: columns of particle surfaces, plating margin, heat, overpotentials and salt as well." };
        cycles.Takes(n => n is >= 1 and <= 100_000, "--cycles takes 1 to 100000.");
        model.AcceptOnlyFromAmong("ecm", "spm", "spme", "dfn");
        resolution.AcceptOnlyFromAmong("coarse", "normal", "fine");
        var series = new Option<int>("--series") { Description = "Cells in series; more than one adds a column for each.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var start = new Option<double>("--start") { Description = "State of charge at the start, 0 to 1; a parameter set begins at its own state where this is not given.", DefaultValueFactory = _ => 1, HelpName = "SOC" };
        var ambient = new Option<double>("--ambient") { Description = "Temperature of the surroundings, °C.", DefaultValueFactory = _ => 25, HelpName = "DEGC" };
        var interval = new Option<int>("--interval") { Description = "Seconds between rows.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var pack = new Option<string?>("--pack") { Description = "Simulate a pack with its protection, estimation and control, by name or file; --cell and --series come from it, but with --model --cell names the electrodes.", HelpName = "PACK" };
        var load = new Option<string>("--load") { Description = "Load of a pack: drive, charge, day, or a file of two columns with their units, time_s and current_a or power_w, positive while charging; a recording serves too.", DefaultValueFactory = _ => "drive", HelpName = "LOAD" };
        var sign = new Option<string>("--current-sign") { Description = "What a positive number in the file of --load does; charge where the file is named as ours are.", HelpName = "charge|discharge" };
        var fault = new Option<string[]>("--fault") { Description = "What goes wrong in a pack: NAME[:PLACE][=SIZE][@START[-END]], such as pump-stop@600; more than one is allowed.", HelpName = "FAULT" };
        var cooling = new Option<CoolingMode>("--cooling") { Description = "What the cooling of a pack is for.", HelpName = "balanced|performance|eco" };
        var reverse = new Option<double>("--reverse-flow") { Description = "The coolant of a pack flows the other way each time this long has passed; the pack must allow it.", HelpName = "SECONDS" };
        reverse.Takes(s => s is 0 or (>= 10 and <= 86_400), "--reverse-flow takes 10 to 86400 s.");
        var charging = new Option<string>("--charging") { Description = "How a charge of a pack goes on.", DefaultValueFactory = _ => "constant", HelpName = "constant|multi-stage" };
        charging.AcceptOnlyFromAmong("constant", "multi-stage");
        var energyLoad = new Option<string>(EnergyLoadText.Name) { Description = "Of a pack: " + EnergyLoadText.Description, DefaultValueFactory = _ => "recent", HelpName = "LOAD" };
        var mismatched = new Option<bool>("--mismatched") { Description = "Cells of a pack that do not follow their file: hidden resistances, OCV, hysteresis, three pairs." };
        var plot = new Option<string?>("--plot") { Description = "Picture: of a pack its cells over time, temperature along the flow, currents and limits; of a physics-based model voltage, overpotentials, plating margin, salt and heat; of a circuit voltage, current, SOC and temperature.", HelpName = "PNG" };
        plot.TakesPng();
        sign.AcceptOnlyFromAmong("charge", "discharge");
        var output = new Option<string?>("--out") { Description = "File to write; stdout when not given.", HelpName = "FILE" };
        series.Takes(n => n is >= 1 and <= 1000, "--series takes 1 to 1000 cells.");
        start.Takes(soc => soc is >= 0 and <= 1, "--start takes a state of charge from 0 to 1.");
        ambient.Takes(degC => degC is >= -40 and <= 60, "--ambient takes -40 to 60 °C.");
        interval.Takes(s => s is >= 1 and <= 3600, "--interval takes 1 to 3600 s.");
        return new Verb("simulate", "Make a recording of cells that do not exist, with sensor noise and the true state of charge.",
            "simulate drive --seed 7 --out drive.csv", "simulate day --series 16 --interval 30 --start 0.9 > day.csv",
            "simulate --pack ev_96s2p_immersion --load drive --fault pump-stop@600 --out pack.parquet --plot pack.png",
            "simulate --pack module_12s_coldplate --model spme --cell chen2020 --load drive --out module.csv",
            "simulate --model ecm --cell sample_nmc --experiment \"Discharge at 1C until 20 % SOC; Rest for 1 hour\" --interval 10 --out circuit.csv",
            "simulate --model dfn --cell chen2020 --experiment \"Discharge at 1C until 2.5 V\" --interval 10 --details --out discharge.csv --plot discharge.png",
            "simulate --model spme --cell okane2022 --ageing --cycles 500 --experiment \"Discharge at 1C until 2.5 V; Charge at 0.3C until 4.2 V; Hold at 4.2 V until C/20\" --out life.csv --plot life.png")
        {
            what, cell, series, start, ambient, interval, model, experiment, resolution, thermal, core, ageing, cycles, sensitivity, details, pack, load, sign, fault, cooling, reverse, charging, energyLoad, mismatched, output, plot,
        }.Does((parsed, talk) =>
        {
            string?[] read = [parsed.GetValue(load), parsed.GetValue(experiment), parsed.GetValue(pack), parsed.GetValue(cell)];
            OutputRules.MustNotReplace(output.Name, parsed.GetValue(output), read);
            OutputRules.MustNotReplace(plot.Name, parsed.GetValue(plot), [.. read, parsed.GetValue(output)]);
            if (parsed.GetValue(pack) is { } packName)
            {
                ModelKind? packModel = parsed.GetValue(model) is { } named and not "ecm" ? Enum.Parse<ModelKind>(named, ignoreCase: true) : null;
                if (packModel == ModelKind.Dfn) throw new UsageException("Cells of a pack are spm or spme; a dfn is for one cell.");
                if (packModel is not null && parsed.GetResult(cell) is not { Implicit: false }) throw new UsageException("--pack with --model needs --cell: the parameter set whose electrodes its cells have, such as chen2020.");
                if (packModel is null && parsed.GetResult(cell) is { Implicit: false }) throw new UsageException("--cell does not go with --pack: the pack's file names its cells. With --model it names their electrodes.");
                CurrentSign? loadSign = parsed.GetValue(sign) switch { "charge" => CurrentSign.Charge, "discharge" => CurrentSign.Discharge, _ => null };
                return PackSimulationCommand.Run(new(
                    packName, parsed.GetValue(what) ?? parsed.GetValue(load)!, parsed.GetValue(experiment), loadSign, parsed.GetValue(fault) ?? [], parsed.GetValue(cooling), parsed.GetValue(reverse), parsed.GetValue(mismatched), packModel, parsed.GetValue(cell)!,
                    parsed.GetValue(start), parsed.GetValue(ambient), parsed.GetValue(interval), parsed.GetValue(charging) == "multi-stage" ? ChargeCourse.MultiStage : ChargeCourse.Constant, EnergyLoadText.Parse(parsed.GetValue(energyLoad)!), parsed.GetValue(output), parsed.GetValue(plot)), talk);
            }

            if (parsed.GetValue(reverse) > 0) throw new UsageException("--reverse-flow is for packs: give --pack.");
            if (parsed.GetValue(fault) is { Length: > 0 }) throw new UsageException("--fault is for packs: give --pack.");
            if (parsed.GetValue(model) is { } kind)
            {
                if (parsed.GetValue(core) is not null && !parsed.GetValue(thermal)) throw new UsageException("--core-to-case is about temperatures: it needs --thermal.");
                if (parsed.GetValue(cycles) > 0 && !parsed.GetValue(ageing)) throw new UsageException("--cycles is a life: it needs --ageing.");
                if (parsed.GetValue(cycles) > 0 && parsed.GetResult(start) is { Implicit: false }) throw new UsageException("--cycles and --start do not go together: a life begins at the parameter set's own state.");
                string text = parsed.GetValue(experiment) ?? throw new UsageException("--model needs --experiment: say what the cell should do.");
                if (File.Exists(text)) text = File.ReadAllText(text);
                if (kind == "ecm")
                {
                    bool hasElectrodes = parsed.GetValue(ageing) || parsed.GetValue(core) is not null || parsed.GetValue(sensitivity) is { Length: > 0 } || parsed.GetValue(details) || parsed.GetResult(resolution) is { Implicit: false };
                    if (hasElectrodes) throw new UsageException("--ageing, --core-to-case, --sensitivity, --details and --resolution are for spm, spme and dfn; ecm is a circuit.");
                    return CircuitSimulation.Run(
                        parsed.GetValue(cell)!, text, parsed.GetValue(start), parsed.GetValue(ambient), parsed.GetValue(thermal), parsed.GetValue(interval), parsed.GetValue(output), parsed.GetValue(plot), talk);
                }

                return PhysicsSimulation.Run(new(
                    Enum.Parse<ModelKind>(kind, ignoreCase: true), parsed.GetValue(cell)!, text,
                    parsed.GetValue(resolution) switch { "coarse" => Resolution.Coarse, "fine" => Resolution.Fine, _ => Resolution.Normal }, parsed.GetValue(thermal), parsed.GetValue(core) ?? double.NaN, parsed.GetValue(ageing), parsed.GetValue(cycles),
                    parsed.GetResult(start) is { Implicit: false } ? parsed.GetValue(start) : double.NaN,
                    parsed.GetResult(ambient) is { Implicit: false } ? parsed.GetValue(ambient) : double.NaN, parsed.GetValue(interval),
                    parsed.GetValue(sensitivity) ?? [], parsed.GetValue(details), parsed.GetValue(output), parsed.GetValue(plot)), talk);
            }

            if (parsed.GetValue(sensitivity) is { Length: > 0 }) throw new UsageException("--sensitivity is for physics-based models: give --model.");
            if (parsed.GetValue(cycles) > 0) throw new UsageException("--cycles is for physics-based models: give --model and --ageing.");
            if (parsed.GetValue(plot) is not null) throw new UsageException("--plot is for packs and physics-based models: give --pack or --model.");
            if (parsed.GetValue(what) is null) throw new UsageException("simulate needs a scenario, --pack, or --model and --experiment.");
            var options = new SimulationOptions
            {
                CellCount = parsed.GetValue(series),
                ProbeCount = (parsed.GetValue(series) + 3) / 4,
                StartSoc = parsed.GetValue(start),
                AmbientDegC = parsed.GetValue(ambient),
                IntervalS = parsed.GetValue(interval),
            };
            var scenario = Scenario.All.Single(s => s.Name == parsed.GetValue(what));
            string cellName = parsed.GetValue(cell)!;
            var type = new CellCatalogue(Home.Cells).Find(cellName);
            if (type.Circuit is null || type.Thermal is null || type.Ratings is null)
                throw new CellException($"Cell {type.Id} cannot be simulated: its file needs a circuit, thermal numbers and ratings.");
            var recording = SimulationRun.Of(type, scenario.Phases(type), options, talk.Seed);
            string command = string.Create(CultureInfo.InvariantCulture,
                $"aibms simulate {scenario.Name} --cell {cellName} --series {options.CellCount} --start {options.StartSoc} --ambient {options.AmbientDegC} --interval {options.IntervalS} --seed {talk.Seed}");
            if (parsed.GetValue(output) is not { } path)
            {
                SimulatedFile.Write(talk.Data, recording, command);
                return ExitCode.Ok;
            }

            using (var file = new StreamWriter(path)) SimulatedFile.Write(file, recording, command);
            talk.Say($"{path}: {recording.RowCount} rows, SOC {recording.Soc[0] * 100:0} % to {recording.Soc[^1] * 100:0} %");
            return ExitCode.Ok;
        });
    }
}
