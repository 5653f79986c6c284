using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Learning.Datasets;
using AiBms.Learning.Plots;
using AiBms.Learning.Training;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms train</c>: measured recordings in, a model file with its card out.</summary>
static class TrainCommand
{
    public static Verb Create(IReadOnlyList<ITrainer> trainers)
    {
        string[] models = [.. trainers.Select(trainer => trainer.Model).Concat(Trainers.InTrainingProgram.Keys).Distinct(StringComparer.Ordinal)];
        var model = new Option<string>("--model") { Description = "What is to be estimated.", DefaultValueFactory = _ => "soc" };
        model.AcceptOnlyFromAmong(models);
        var method = new Option<string?>("--method") { Description = "Rung of the ladder; the one that infer uses where none is named.", HelpName = "NAME" };
        var data = new Option<string?>("--data_path", "--data") { Description = "Folder of measured data, or one recording with its truth; the folder that AIBMS_DATA names where it is not given.", HelpName = "PATH" };
        var set = new Option<string?>("--set") { Description = "Data set below the folder: lg_hg2, panasonic or both for soc.", HelpName = "NAME" };
        var cell = new Option<string?>("--cell") { Description = "Cell of the catalogue, or a cell file: for a recording of your own, and for --without.", HelpName = "CELL" };
        var without = new Option<double?>("--without") { Description = "Ambient kept out of training and choosing, °C.", HelpName = "DEGC" };
        var option = new Option<string[]>("--option") { Description = "Settings of the method as name=value; an unknown name is answered with the list.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME=VALUE" };
        var config = new Option<string?>("--config") { Description = "The same settings from a file: JSON, or TOML with one name = value a line.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Folder for the model file and its card; models where it is not given.", HelpName = "DIR" };
        var plot = new Option<string?>("--plot") { Description = "Picture of the loss curves.", HelpName = "PNG" };
        plot.TakesPng();
        var resume = new Option<string?>("--checkpoint") { Description = "File that training is taken up from where it exists, and kept in every few seconds.", HelpName = "FILE" };
        var verb = new Verb("train", "Train a model on measured recordings, split by whole recording.",
            "train --model soc --method ridge --set lg_hg2", "train --model soc --data_path drive.csv --cell lg_hg2 --out mine", "train --model soc --method gru --set lg_hg2 --option units=24 --plot loss.png")
        {
            model, method, data, set, cell, without, option, config, output, plot, resume,
        };
        return verb.Does((parsed, talk) =>
        {
            var trainer = Find(trainers, parsed.GetRequiredValue(model), parsed.GetValue(method));
            var options = TrainingOptions.Merge(trainer.Defaults, parsed.GetValue(config), parsed.GetValue(option) ?? []);
            TrainingRequest request = new()
            {
                DataPath = parsed.GetValue(data) ?? DataFolder.Locate(),
                Set = parsed.GetValue(set) ?? LgHg2.Id,
                WithoutAmbientDegC = parsed.GetValue(without),
                Cells = new CellCatalogue(Home.Cells),
                CellId = parsed.GetValue(cell),
                Seed = talk.Seed,
                Command = Command(trainer, parsed.GetValue(set) ?? LgHg2.Id, parsed.GetValue(without), parsed.GetValue(cell), talk.Seed, options, trainer.Defaults),
                CodeVersion = typeof(TrainCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
                Options = options,
                CheckpointPath = parsed.GetValue(resume),
            };
            talk.Say($"{trainer.Model}, {trainer.Method}: {trainer.Title}; {string.Join(", ", options.Select(pair => $"{pair.Key} = {pair.Value}"))}, seed = {talk.Seed}");
            TrainingScreen watch = new(talk);
            var file = trainer.Train(request, watch);
            string folder = parsed.GetValue(output) ?? Home.Models;
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, file.Id + ".json");
            File.WriteAllText(path + ".new", ModelText.Format(file));
            File.Move(path + ".new", path, overwrite: true);
            File.WriteAllText(Path.Combine(folder, file.Id + ".md"), ModelCard.Write(file));
            if (parsed.GetValue(plot) is { } picture) LossFigure.Save(picture, file.Id, watch.Points);
            if (talk.IsJson) talk.WriteJson(new JsonObject { ["id"] = file.Id, ["out"] = path, ["metrics"] = new JsonArray([.. file.Metrics.Select(m => (JsonNode)new JsonObject { ["part"] = m.Part, ["name"] = m.Name, ["value"] = double.IsFinite(m.Value) ? m.Value : null })]) });
            else foreach (var metric in file.Metrics) talk.Data.WriteLine($"{metric.Part}: {metric.Name} {metric.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
            talk.Say($"Wrote {path}, and its card beside it.");
            return ExitCode.Ok;
        });
    }

    static ITrainer Find(IReadOnlyList<ITrainer> trainers, string model, string? method)
    {
        ITrainer[] known = [.. trainers.Where(trainer => trainer.Model == model)];
        if (known.FirstOrDefault(trainer => trainer.Method == (method ?? known[^1].Method)) is { } found) return found;
        if (Trainers.InTrainingProgram.TryGetValue(model, out string[]? elsewhere) && (method is null || elsewhere.Contains(method, StringComparer.Ordinal)))
            throw new UsageException($"'{method ?? elsewhere[^1]}' needs the training library: start it as './aibms train', which builds the program that has it.");
        throw new UsageException($"'{method}' is no method for {model}; known are {string.Join(", ", known.Select(trainer => trainer.Method))}.");
    }

    // What makes the model again, with nothing of this machine in it.
    static string Command(ITrainer trainer, string set, double? without, string? cell, int seed, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> defaults)
    {
        string told = string.Join(' ', options.Where(pair => defaults[pair.Key] != pair.Value).Select(pair => $"{pair.Key}={pair.Value}"));
        string command = $"./aibms train --model {trainer.Model} --method {trainer.Method} --set {set}";
        if (without is { } ambientDegC) command += string.Create(System.Globalization.CultureInfo.InvariantCulture, $" --without {ambientDegC}");
        if (cell is not null) command += $" --cell {(Path.IsPathRooted(cell) ? Path.GetFileName(cell) : cell)}";
        if (told.Length > 0) command += $" --option {told}";
        return command + $" --seed {seed}";
    }
}
