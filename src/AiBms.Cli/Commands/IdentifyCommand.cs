using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry;
using AiBms.Cli.Shell;
using AiBms.Learning.Identification;
using AiBms.Learning.Identification.Electrodes;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms identify</c>: recordings in, a cell file out.</summary>
static class IdentifyCommand
{
    public static Verb Create()
    {
        var recipe = new Option<string>("--recipe") { Description = "Recipe file: recordings, roles and starts of the cell to identify.", HelpName = "FILE" };
        var data = new Option<string>("--data") { Description = "Folder that the recipe's paths start from (default: AIBMS_DATA).", HelpName = "DIR" };
        var id = new Option<string>("--id") { Description = "Without a recipe: id of the new cell.", HelpName = "NAME" };
        var capacity = new Option<double>("--capacity-ah") { Description = "Without a recipe: reference capacity, Ah.", HelpName = "AH" };
        var ocv = new Option<string[]>("--ocv") { Description = "Slow recordings (C/20 or slower) that give the OCV.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var fit = new Option<string[]>("--fit") { Description = "Recordings to fit: pulses, drive cycles, several temperatures.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var check = new Option<string[]>("--check") { Description = "Recordings to compare with only.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var start = new Option<string>("--start") { Description = "State of charge at each first row: full, rest (from the first voltage) or 0…1.", DefaultValueFactory = _ => "full", HelpName = "SOC" };
        var pairs = new Option<int>("--pairs") { Description = "RC pairs of the circuit, 1 to 4.", DefaultValueFactory = _ => 3, HelpName = "N" };
        var output = new Option<string>("--out") { Description = "Cell file to write (default: cells/<id>.json of this installation).", HelpName = "FILE" };
        var plot = new Option<string?>("--plot") { Description = "Picture of OCV, resistances and voltage errors.", HelpName = "PNG" };
        var model = new Option<string?>("--model") { Description = "Fit a physics-based model's parameter set instead of a circuit; needs --origin." };
        var origin = new Option<string?>("--origin") { Description = "With --model: parameter set or BPX file to begin from; the shapes of its functions are kept.", HelpName = "SET" };
        var vary = new Option<string[]>("--vary") { Description = "With --model: parameters to fit, with their bounds where the usual ones do not do, such as negative.diffusivity=1e-15:1e-13; default: balance, resistance, kinetics, diffusivities.", HelpName = "NAME[=LOW:HIGH]", AllowMultipleArgumentsPerToken = true };
        var free = new Option<bool>("--free") { Description = "With --model: do not hold parameters that the data hardly determine near where the fit began." };
        var profiles = new Option<bool>("--profiles") { Description = "With --model: also hold each parameter at half and at twice its estimate and fit the others again." };
        var resolution = new Option<string>("--resolution") { Description = "With --model: how finely it is resolved.", DefaultValueFactory = _ => "coarse" };
        model.AcceptOnlyFromAmong("spm", "spme", "dfn");
        resolution.AcceptOnlyFromAmong("coarse", "normal");
        plot.TakesPng();
        capacity.Takes(ah => ah > 0 && double.IsFinite(ah), "--capacity-ah must be above 0.");
        var verb = new Verb(
            "identify", "Make a cell file from recordings: OCV, resistances, time constants, with their uncertainty.",
            "identify --recipe cells/recipes/lg_hg2.json --plot lg_hg2.png",
            "identify --id my_cell --capacity-ah 2.9 --ocv c20.csv --fit 'drive/*.csv' --check us06.csv --out my_cell.json",
            "identify --model spme --origin chen2020 --id my_cell --capacity-ah 4.9 --ocv c20.csv --fit 1c.csv pulses.csv --check c2.csv --out my_set.json --plot fit.png")
        {
            recipe, data, id, capacity, ocv, fit, check, start, pairs, model, origin, vary, free, profiles, resolution, output, plot,
        };
        var door = new DoorOptions(verb);
        return verb.Does((parsed, talk) =>
        {
            string? recipePath = parsed.GetValue(recipe);
            var told = door.Read(parsed);
            if (recipePath is not null && told != new RecordingOptions()) throw new UsageException("--current-sign, --series and their like do not go with --recipe: convert such a recording first ('aibms convert').");
            Recipe asked = recipePath is not null
                ? Recipe.Load(recipePath)
                : FromOptions(parsed.GetValue(id), parsed.GetValue(capacity), parsed.GetValue(ocv) ?? [], parsed.GetValue(fit) ?? [],
                    parsed.GetValue(check) ?? [], parsed.GetRequiredValue(start), parsed.GetValue(pairs), told.CellCount ?? 1);
            string folder = parsed.GetValue(data) ?? (recipePath is null ? Directory.GetCurrentDirectory() : Home.MeasuredData)
                ?? throw new DataException("The recipe's recordings are looked for in the folder that AIBMS_DATA names, and it is not set: set it, or give --data DIR.");
            bool isPhysics = parsed.GetValue(model) is not null;
            if (isPhysics && parsed.GetValue(origin) is null) throw new UsageException("--model needs --origin: name the parameter set to begin from, such as chen2020.");
            if (!isPhysics && (parsed.GetValue(origin) is not null || parsed.GetValue(vary) is { Length: > 0 } || parsed.GetValue(profiles) || parsed.GetValue(free)))
                throw new UsageException("--origin, --vary, --free and --profiles are for physics-based models: give --model.");
            string file = parsed.GetValue(output) ?? Path.Combine(isPhysics ? Home.ParameterSets : Home.Cells, asked.Id + ".json");
            string[] read = [.. asked.Files.SelectMany(files => Glob.Files(folder, files.Path)), .. recipePath is null ? [] : (string[])[recipePath]];
            OutputRules.MustNotReplace(output.Name, file, read);
            OutputRules.MustNotReplace(plot.Name, parsed.GetValue(plot), [.. read, file]);
            string command = recipePath is null
                ? $"aibms identify --id {asked.Id} --capacity-ah {asked.CapacityAh.ToString(CultureInfo.InvariantCulture)} …"
                : $"aibms identify --recipe cells/recipes/{Path.GetFileName(recipePath)}";

            if (isPhysics)
            {
                ElectrodeFitOptions options = new()
                {
                    Kind = Enum.Parse<ModelKind>(parsed.GetRequiredValue(model)!, ignoreCase: true),
                    Resolution = parsed.GetValue(resolution) == "normal" ? Resolution.Normal : Resolution.Coarse,
                    Vary = parsed.GetValue(vary) is { Length: > 0 } names ? names : null,
                    HoldsUnknown = !parsed.GetValue(free),
                    Profiles = parsed.GetValue(profiles),
                };
                string asCommand = command.Replace("aibms identify", $"aibms identify --model {parsed.GetValue(model)} --origin {parsed.GetValue(origin)}", StringComparison.Ordinal);
                return IdentifyElectrodes.Run(new(asked, folder, recipePath is null ? told : null, parsed.GetValue(origin)!, options, asCommand, file, parsed.GetValue(plot)), talk);
            }

            using var progress = talk.Progress("identifying", 100);
            var outcome = CellIdentification.Run(asked, folder, command, null, (fraction, _) => progress.Report((long)(100 * fraction)), recipePath is null ? told : null);
            string temporary = file + ".new";
            File.WriteAllText(temporary, CellFile.Format(outcome.Cell));
            File.Move(temporary, file, overwrite: true);
            if (parsed.GetValue(plot) is { } picture) IdentificationFigure.Save(picture, outcome);
            Report(outcome.Cell, file, talk);
            return ExitCode.Ok;
        });
    }

    static Recipe FromOptions(string? id, double capacityAh, string[] ocv, string[] fit, string[] check, string start, int pairs, int seriesCells)
    {
        if (id is null || capacityAh <= 0) throw new UsageException("Give --recipe FILE, or --id NAME and --capacity-ah AH with --ocv and --fit recordings.");
        if (ocv.Length + fit.Length == 0) throw new UsageException("Nothing to identify from: give --ocv and --fit recordings.");
        if (pairs is < 1 or > TheveninParameters.MaxPairs) throw new UsageException($"--pairs takes 1 to {TheveninParameters.MaxPairs}.");
        double? startSoc = start switch
        {
            "full" => 1,
            "rest" => null,
            _ when double.TryParse(start, CultureInfo.InvariantCulture, out double soc) && soc is >= 0 and <= 1 => soc,
            _ => throw new UsageException($"--start takes full, rest or a number from 0 to 1, not '{start}'."),
        };
        RecipeFiles[] Of(string[] paths, string use) => [.. paths.Select(p => new RecipeFiles { Path = p, Use = use, StartSoc = startSoc, SeriesCells = seriesCells })];
        return new()
        {
            Id = id,
            CapacityAh = capacityAh,
            Files = [.. Of(ocv, "ocv"), .. Of(fit, "fit"), .. Of(check, "check")],
            TimeConstantsS = pairs switch { 1 => [30], 2 => [4, 90], 3 => [4, 60, 3000], _ => [2, 15, 120, 3000] },
        };
    }

    static void Report(CellType cell, string file, Talk talk)
    {
        if (talk.IsJson)
        {
            talk.WriteJson(new JsonObject
            {
                ["cell"] = cell.Id,
                ["file"] = file,
                ["notIdentified"] = new JsonArray([.. cell.NotIdentified.Select(n => JsonValue.Create(n))]),
                ["fit"] = new JsonArray([.. cell.Fit.Select(f => new JsonObject
                {
                    ["recording"] = f.Recording, ["use"] = f.Use, ["temperatureDegC"] = f.TemperatureDegC, ["voltageRmseV"] = f.VoltageRmseV, ["voltageBiasV"] = f.VoltageBiasV, ["caseRmseK"] = f.CaseRmseK,
                })]),
            });
            return;
        }

        talk.Data.WriteLine($"{cell.Id}: {cell.CapacityAh} Ah, {cell.Circuit!.Pairs.Length} RC pairs, time constants {string.Join(", ", cell.Circuit.Pairs.Select(p => $"{p.TimeConstantS[0]:0.#} s"))}");
        talk.Data.WriteLine("temperature  use    recordings  voltage RMSE  worst     mean error");
        foreach (var group in cell.Fit.GroupBy(f => (Temperature: Math.Round(f.TemperatureDegC / 5) * 5 + 0.0, f.Use)).OrderBy(g => g.Key.Temperature).ThenBy(g => g.Key.Use, StringComparer.Ordinal))
            talk.Data.WriteLine(
                $"{group.Key.Temperature,6:0} °C    {group.Key.Use,-6} {group.Count(),6}      {1e3 * Math.Sqrt(group.Average(f => f.VoltageRmseV * f.VoltageRmseV)),6:0.0} mV   {1e3 * group.Max(f => f.VoltageRmseV),6:0.0} mV   {1e3 * group.Average(f => f.VoltageBiasV),6:+0.0;-0.0;0.0} mV");
        foreach (var group in cell.Fit.Where(f => f.CaseRmseK is not null).GroupBy(f => f.Use, StringComparer.Ordinal))
            talk.Data.WriteLine($"case temperature, {group.Key}: RMSE {Math.Sqrt(group.Average(f => f.CaseRmseK!.Value * f.CaseRmseK.Value)):0.00} K, worst {group.Max(f => f.CaseRmseK):0.00} K");
        foreach (string missing in cell.NotIdentified) talk.Data.WriteLine($"not identified: {missing}");
        talk.Data.WriteLine($"written: {file}");
    }
}
