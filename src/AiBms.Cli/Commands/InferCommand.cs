using System.CommandLine;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Learning.Plots;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms infer</c>: a recording in, a state with its band out.</summary>
static class InferCommand
{
    public static Verb Create(Extras extras)
    {
        var model = new Option<string>("--model") { Description = "What to estimate.", DefaultValueFactory = _ => "soc", HelpName = "MODEL" };
        model.AcceptOnlyFromAmong("soc", "soh", "rul", "temp");
        var input = new Option<string>("--input_path", "--input") { Description = "The recording.", Required = true, HelpName = "FILE" };
        var cell = new Option<string?>("--cell") { Description = $"Cell of the catalogue, or a cell file; {InferInput.UntoldCell} where it is not told, which the result then says.", HelpName = "CELL" };
        var capacity = new Option<double?>("--capacity-ah") { Description = "Capacity of what was recorded, Ah: an aged cell, or all parallel cells together; the cell's own where it is not given.", HelpName = "AH" };
        var temperature = new Option<double?>("--temperature-degc") { Description = "Temperature of the cell where the recording has none, °C.", HelpName = "DEGC" };
        var start = new Option<string>("--start") { Description = "State of charge at the first row: unknown, or 0 to 1.", DefaultValueFactory = _ => "unknown", HelpName = "SOC" };
        var method = new Option<string?>("--method") { Description = $"Estimator; {SocNetworks.Best}, the best on choosing recordings, where it was trained on the cell told, else {SocEstimators.Default}." };
        method.AcceptOnlyFromAmong([.. SocEstimators.All.Keys, .. SocNetworks.Methods, "network"]);
        var onnx = new Option<string?>("--onnx") { Description = "A model of your own as ONNX instead of a method; its form is in docs/reference/models.md.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Table to write: the recording's columns, then the estimate's, one row for each row read; .csv, .csv.gz or .parquet.", HelpName = "FILE" };
        var plot = new Option<string?>("--plot") { Description = "Picture: SOC with its band, voltage residual, temperature.", HelpName = "PNG" };
        plot.TakesPng();
        var models = new Option<string?>("--models") { Description = "Folder of model files, such as 'train --out' filled, whose highest rung for the cell answers for soc; those that ship where it is not given.", HelpName = "DIR" };
        var verb = new Verb(
            "infer", "Estimate state of charge, health, life or temperature ahead from a file, with an honest band.",
            "infer --input_path data/drive.csv --cell sample_nmc",
            "infer --model soc --input_path drive.csv --cell lg_hg2 --out soc.csv --plot soc.png",
            "infer --input_path drive.csv --cell lg_hg2 --models mine",
            "infer --input_path drive.csv --cell lg_hg2 --onnx mine.onnx",
            "infer --input_path pack.csv --cells 96 --capacity-ah 120 --current-sign discharge --json",
            "infer --model soh --input_path charges.csv --capacity-ah 2",
            "infer --model temp --input_path drive.csv --cell lg_hg2 --out ahead.csv")
        {
            model, input, cell, capacity, temperature, start, method, onnx, output, plot, models,
        };
        verb.Aliases.Add("inference");
        var door = new DoorOptions(verb);
        return verb.Does((parsed, talk) =>
        {
            string asked = parsed.GetRequiredValue(model);
            if (parsed.GetValue(models) is { } folder && !Directory.Exists(folder)) throw new UsageException($"--models {folder}: there is no such folder.");
            if (asked != "soc")
            {
                foreach (Option one in (Option[])[method, onnx, start, temperature])
                    if (parsed.GetResult(one) is { Implicit: false }) throw new UsageException($"{one.Name} is for state of charge; what model of {asked} answers, and from what, the file says itself.");
                OutputRules.MustNotReplace(output.Name, parsed.GetValue(output), parsed.GetRequiredValue(input), parsed.GetValue(cell));
                if (parsed.GetValue(plot) is not null) throw new UsageException("--plot draws the state of charge; --out writes what other models estimate.");
                InferRequest request = new(parsed.GetRequiredValue(input), door.Read(parsed), parsed.GetValue(cell), parsed.GetValue(capacity), parsed.GetValue(output), new(parsed.GetValue(models) ?? Home.Models));
                return asked switch { "soh" => InferHealth.Soh(request, talk), "rul" => InferHealth.Rul(request, talk), _ => InferTemperature.Run(request, talk) };
            }

            var begin = InferInput.Start(parsed.GetRequiredValue(start));
            string? outPath = parsed.GetValue(output);
            if (outPath is not null && !RecordingWriter.Knows(outPath)) throw new UsageException($"--out {outPath}: the name must end in .csv, .csv.gz or .parquet.");
            string? told = parsed.GetValue(cell);
            OutputRules.MustNotReplace(output.Name, outPath, parsed.GetRequiredValue(input), told);
            OutputRules.MustNotReplace(plot.Name, parsed.GetValue(plot), parsed.GetRequiredValue(input), told, outPath);
            var type = new CellCatalogue(Home.Cells).Find(told ?? InferInput.UntoldCell);
            var options = door.Read(parsed);
            var recording = RecordingDoor.Open(parsed.GetRequiredValue(input), options);
            var seen = InferInput.Of(recording, type, options.CellCount, parsed.GetValue(capacity)) with { ToldTemperatureDegC = parsed.GetValue(temperature) ?? double.NaN };
            var chosen = InferMethod.Choose(new() { Named = parsed.GetValue(method), OnnxPath = parsed.GetValue(onnx), ModelFolder = parsed.GetValue(models), Cell = type, IsCellTold = told is not null }, extras);
            if (chosen.Why is not null) talk.Say(chosen.Why);
            var result = InferRun.Run(seen, chosen.Estimator, begin, talk);
            if (outPath is not null) RecordingWriter.Write(recording, outPath, InferTable.Columns(result.Estimates));
            if (parsed.GetValue(plot) is { } picture)
                SocFigure.Save(picture, $"{recording.Name}, {type.Id}, {chosen.Name}", recording.TimeS, result.Estimates, recording.TemperatureDegC, recording.ReferenceSoc ?? []);
            InferScreen.Print(talk, seen, result, chosen.Name, isCellTold: told is not null, outPath);
            return ExitCode.Ok;
        });
    }
}
