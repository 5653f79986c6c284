using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards.Rungs;
using AiBms.Learning.Datasets;
using AiBms.Learning.Learners;
using AiBms.Learning.Plots;
using AiBms.Learning.Training;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms train</c>: measured recordings in, a model file with its card out.</summary>
static class TrainCommand
{
    public static Verb Create(IReadOnlyList<ITrainer> trainers, ILearnerLibrary library)
    {
        string[] models = [.. trainers.Select(trainer => trainer.Model).Concat(Trainers.InTrainingProgram.Keys).Distinct(StringComparer.Ordinal)];
        var model = new Option<string>("--model") { Description = "What is to be estimated.", DefaultValueFactory = _ => "soc" };
        model.AcceptOnlyFromAmong(models);
        var method = new Option<string?>("--method") { Description = "Rung of the ladder; the one that infer uses where none is named.", HelpName = "NAME" };
        var data = new Option<string?>("--data_path", "--data") { Description = "Folder of measured data, or one recording with its truth; the folder that AIBMS_DATA names where it is not given.", HelpName = "PATH" };
        var set = new Option<string?>("--set") { Description = "Data set below the folder; each method names those it knows, and has one of its own where none is told.", HelpName = "NAME" };
        var cell = new Option<string?>("--cell") { Description = "Cell of the catalogue, or a cell file: for a recording of your own, and for --without.", HelpName = "CELL" };
        var without = new Option<double?>("--without") { Description = "Ambient kept out of training and choosing, °C.", HelpName = "DEGC" };
        var option = new Option<string[]>("--option") { Description = "Settings of the method as name=value; an unknown name is answered with the list.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME=VALUE" };
        var config = new Option<string?>("--config") { Description = "The same settings from a file: JSON, or TOML with one name = value a line.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Folder for the model file and its card; models where it is not given.", HelpName = "DIR" };
        var plot = new Option<string?>("--plot") { Description = "Picture of the loss curves.", HelpName = "PNG" };
        plot.TakesPng();
        var resume = new Option<string?>("--checkpoint") { Description = "File that training is taken up from where it exists, and kept in every few seconds.", HelpName = "FILE" };
        var rungs = new Option<bool>("--rungs") { Description = "Train every rung of the model's board on every split instead (soh, rul, temp): what 'aibms board' reads. Taken up where it stopped; what is there already is left." };
        var table = new Option<string?>("--table") { Description = "With --rungs: one table of the board alone.", HelpName = "NAME" };
        var verb = new Verb("train", "Train a model on measured recordings, split by whole recording.",
            "train --model soc --method ridge --set lg_hg2", "train --model soc --data_path drive.csv --cell lg_hg2 --out mine", "train --model soc --method gru --set lg_hg2 --option units=24 --plot loss.png",
            "train --model soh --method charges", "train --model rul", "train --model temp --method 300s-known --set panasonic", "train --model soh --rungs")
        {
            model, method, data, set, cell, without, option, config, output, plot, resume, rungs, table,
        };
        return verb.Does((parsed, talk) =>
        {
            if (parsed.GetValue(rungs))
            {
                TrainRungs(parsed.GetRequiredValue(model), parsed.GetValue(table), parsed.GetValue(data) ?? DataFolder.Locate(), library, parsed.GetValue(output), talk);
                return ExitCode.Ok;
            }

            if (parsed.GetValue(table) is not null) throw new UsageException("--table stands with --rungs only.");
            var trainer = Find(trainers, parsed.GetRequiredValue(model), parsed.GetValue(method));
            string on = parsed.GetValue(set) ?? trainer.Sets[0];
            if (!trainer.Sets.Contains(on, StringComparer.Ordinal)) throw new UsageException($"--set {on}: {trainer.Model}, {trainer.Method} is trained on {string.Join(", ", trainer.Sets)}.");
            var options = TrainingOptions.Merge(trainer.Defaults, parsed.GetValue(config), parsed.GetValue(option) ?? []);
            TrainingRequest request = new()
            {
                DataPath = parsed.GetValue(data) ?? DataFolder.Locate(),
                Set = on,
                WithoutAmbientDegC = parsed.GetValue(without),
                Cells = new CellCatalogue(Home.Cells),
                CellId = parsed.GetValue(cell),
                Seed = talk.Seed,
                Command = Command(trainer, on, parsed.GetValue(without), parsed.GetValue(cell), talk.Seed, options, trainer.Defaults),
                CodeVersion = typeof(TrainCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
                Options = options,
                CheckpointPath = parsed.GetValue(resume),
            };
            talk.Say($"{trainer.Model}, {trainer.Method}: {trainer.Title}; {string.Join(", ", options.Select(pair => $"{pair.Key} = {pair.Value}").Append($"seed = {talk.Seed}"))}");
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

    static void TrainRungs(string model, string? table, string data, ILearnerLibrary library, string? output, Talk talk)
    {
        if (!BoardRungs.Models.Contains(model, StringComparer.Ordinal)) throw new UsageException($"--rungs trains for {string.Join(", ", BoardRungs.Models)}; rungs of {model} are model files of their own, a command each.");
        string folder = output is null ? Home.Rungs : Path.Combine(output, "rungs");
        BoardRungs rungs = new(data, new(Home.Cells), Home.UnseenCell, library, new(folder));
        if (!rungs.Train(model, table, new Telling(talk))) throw new UsageException($"--table {table}: the board of {model} has {string.Join(", ", rungs.Tables(model))}.");
        talk.Say($"Every rung of the board of {model} is in {folder}.");
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
