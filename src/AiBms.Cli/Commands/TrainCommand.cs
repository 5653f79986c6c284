using System.CommandLine;
using System.CommandLine.Parsing;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards.Rungs;
using AiBms.Learning.Datasets;
using AiBms.Learning.Learners;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms train</c>: measured recordings in, a model file with its card out.</summary>
static class TrainCommand
{
    public static Verb Create(IReadOnlyList<ITrainer> trainers, ILearnerLibrary library)
    {
        string[] models = [.. trainers.Select(trainer => trainer.Model).Concat(Trainers.InTrainingProgram.Keys).Distinct(StringComparer.Ordinal)];
        var model = new Option<string?>("--model") { Description = "What is to be estimated; soc where it is not told." };
        model.AcceptOnlyFromAmong(models);
        var method = new Option<string?>("--method") { Description = "Rung of the ladder; the one that infer uses where none is named, of temp all eight forecasts.", HelpName = "NAME" };
        var data = new Option<string?>("--data_path", "--data") { Description = "Folder of measured data, or with --set own a folder of your own recordings or tables; for soc also one recording. The folder that AIBMS_DATA names where it is not given.", HelpName = "PATH" };
        var set = new Option<string?>("--set") { Description = "Data set below the folder; each method names those it knows, and has one of its own where none is told.", HelpName = "NAME" };
        var cell = new Option<string?>("--cell") { Description = "Cell of the catalogue, or a cell file: for recordings of your own, and for --without.", HelpName = "CELL" };
        var series = new Option<int?>("--cells") { Description = "Cells in series behind the voltage column of recordings of your own.", HelpName = "N" };
        var without = new Option<double?>("--without") { Description = "Ambient kept out of training and choosing, °C.", HelpName = "DEGC" };
        var option = new Option<string[]>("--option") { Description = "Settings of the method as name=value; an unknown name is answered with the list.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME=VALUE" };
        var config = new Option<string?>("--config") { Description = "Settings from a file, TOML or JSON: these options by name (model, method, data_path, set, cell, cells, without, seed, out, plot, checkpoint) and settings of the method, beside them or in a table 'options'. The command line comes before it.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Folder for the model file and its card; models where it is not given.", HelpName = "DIR" };
        var plot = new Option<string?>("--plot") { Description = "Picture of the loss curves, of a method that learns in steps.", HelpName = "PNG" };
        plot.TakesPng();
        var resume = new Option<string?>("--checkpoint") { Description = "File that training is taken up from where it exists, and kept in every few seconds; of a method that learns in steps.", HelpName = "FILE" };
        var rungs = new Option<bool>("--rungs") { Description = "Train every rung of the model's board on every split instead (soc, soh, rul, temp): what 'aibms board' reads. Taken up where it stopped; what is there already is left." };
        var table = new Option<string?>("--table") { Description = "With --rungs: one table of the board alone; of soc: lg_hg2, panasonic, seeds, both, unseen.", HelpName = "NAME" };
        var verb = new Verb("train", "Train a model on measured recordings, split by whole recording.",
            "train --model soc --method ridge --set lg_hg2", "train --model soc --data_path drive.csv --cell lg_hg2 --out mine", "train --model soc --data_path drives --set own --cell lg_hg2 --out mine",
            "train --model soc --method gru --set lg_hg2 --option units=24 --plot loss.png", "train --config gru.toml", "train --model soh --method charges", "train --model rul", "train --model temp --set lg_hg2", "train --model temp --data_path drives --set own --cell lg_hg2 --out mine", "train --model soh --rungs", "train --model soc --rungs --table seeds")
        {
            model, method, data, set, cell, series, without, option, config, output, plot, resume, rungs, table,
        };
        return verb.Does((parsed, talk) =>
        {
            bool IsTold(Option one) => parsed.GetResult(one) is { Implicit: false };
            var file = TrainingConfig.Read(parsed.GetValue(config));
            string? Told(Option<string?> one, string word) => IsTold(one) ? parsed.GetValue(one) : file[word];
            string wanted = Told(model, "model") ?? "soc", folder = Told(data, "data_path") ?? DataFolder.Locate();
            if (!models.Contains(wanted, StringComparer.Ordinal)) throw new UsageException($"model: '{wanted}' is none that is trained; known are {string.Join(", ", models)}.");
            if (parsed.GetValue(rungs))
            {
                foreach (Option one in (Option[])[method, set, cell, series, without, option, config, plot, resume])
                    if (IsTold(one)) throw new UsageException($"{one.Name} does not stand with --rungs, which trains every rung as its board has it.");
                if (wanted == "soc") TrainSocRungs.Run(trainers, parsed.GetValue(table), folder, parsed.GetValue(output) ?? Home.Models, talk);
                else TrainRungs(wanted, parsed.GetValue(table), folder, library, parsed.GetValue(output), talk);
                return ExitCode.Ok;
            }

            if (parsed.GetValue(table) is not null) throw new UsageException("--table stands with --rungs only.");
            TrainingTask task = new()
            {
                Trainers = Find(trainers, wanted, Told(method, "method")),
                DataPath = folder,
                Set = Told(set, "set"),
                Cell = Told(cell, "cell"),
                SeriesCount = IsTold(series) ? parsed.GetValue(series) : (int?)file.Number("cells"),
                WithoutAmbientDegC = IsTold(without) ? parsed.GetValue(without) : file.Number("without"),
                Seed = parsed.GetResult(GlobalOptions.Seed) is OptionResult { Implicit: false } ? talk.Seed : (int)(file.Number("seed") ?? talk.Seed),
                SettingsOfFile = file.Settings,
                Settings = parsed.GetValue(option) ?? [],
                OutFolder = Told(output, "out") ?? Home.Models,
                PlotPath = Told(plot, "plot"),
                CheckpointPath = Told(resume, "checkpoint"),
            };
            task.Run(talk);
            return ExitCode.Ok;
        });
    }

    static void TrainRungs(string model, string? table, string data, ILearnerLibrary library, string? output, Talk talk)
    {
        if (!BoardRungs.Models.Contains(model, StringComparer.Ordinal)) throw new UsageException($"--rungs trains for soc, {string.Join(", ", BoardRungs.Models)}, not for {model}.");
        string folder = output is null ? Home.Rungs : Path.Combine(output, "rungs");
        BoardRungs rungs = new(data, new(Home.Cells), Home.UnseenCell, library, new(folder));
        if (!rungs.Train(model, table, new Telling(talk))) throw new UsageException($"--table {table}: the board of {model} has {string.Join(", ", rungs.Tables(model))}.");
        talk.Say($"Every rung of the board of {model} is in {folder}.");
    }

    // The one that is named, else the last of the ladder; of a model that answers with all of its methods at once, all of them.
    static ITrainer[] Find(IReadOnlyList<ITrainer> trainers, string model, string? method)
    {
        ITrainer[] known = [.. trainers.Where(trainer => trainer.Model == model)];
        if (method is null && Trainers.AnswersWithAll(model)) return known;
        if (known.FirstOrDefault(trainer => trainer.Method == (method ?? known[^1].Method)) is { } found) return [found];
        if (Trainers.InTrainingProgram.TryGetValue(model, out string[]? elsewhere) && (method is null || elsewhere.Contains(method, StringComparer.Ordinal)))
            throw new UsageException($"'{method ?? elsewhere[^1]}' needs the training library: start it as './aibms train', which builds the program that has it.");
        throw new UsageException($"'{method}' is no method for {model}; known are {string.Join(", ", known.Select(trainer => trainer.Method))}.");
    }
}
