using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Learning.Plots;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary><c>train --model soc --rungs</c>: every SOC model that the board reads. One that is there from the same command and data is left. Loss curves go to results/soc, or beside the models where they go elsewhere.</summary>
static class TrainSocRungs
{
    public static void Run(IReadOnlyList<ITrainer> trainers, string? table, string data, string models, Talk talk)
    {
        string[] tables = [.. SocRungTraining.All.Select(entry => entry.Table).Distinct(StringComparer.Ordinal)];
        if (table is not null && !tables.Contains(table, StringComparer.Ordinal)) throw new UsageException($"--table {table}: the SOC board reads {string.Join(", ", tables)}.");
        FittedNetworks fitted = new();
        string pictures = models == Home.Models ? Path.Combine(Home.Folder, "results", "soc") : models;
        foreach (var entry in SocRungTraining.All.Where(entry => table is null || entry.Table == table))
        {
            var trainer = trainers.FirstOrDefault(known => known.Model == "soc" && known.Method == entry.Method) ?? throw new UsageException($"'{entry.Method}' needs the training library: start it as './aibms train', which builds the program that has it.");
            string folder = Path.Combine(models, entry.Folder);
            var options = SocRungTraining.OptionsOf(trainer.Defaults);
            TrainingRequest request = new()
            {
                DataPath = data,
                Set = entry.Set,
                WithoutAmbientDegC = entry.WithoutAmbientDegC,
                Cells = new CellCatalogue(Home.Cells),
                CellId = entry.CellPath is { } cell ? Path.Combine(Home.Folder, cell) : null,
                Seed = entry.Seed,
                Command = TrainingCommandLine.Of(trainer, entry.Set, entry.WithoutAmbientDegC, entry.CellPath, entry.Seed, options),
                CodeVersion = TrainingCommandLine.CodeVersion,
                Options = options,
                Fitted = fitted,
            };
            string id = SocModels.IdOf(trainer, request), path = Path.Combine(folder, id + ".json");
            if (File.Exists(path) && ModelCatalogue.Read(path).Training is var made && made.Command == request.Command && made.DataHash == SocTrainingData.HashOf(request) && made.RowSamples.Length > 0)
            {
                talk.Say($"{Path.Combine(entry.Folder, id)}: is there.");
                continue;
            }

            talk.Say($"{Path.Combine(entry.Folder, id)}: {request.Command}");
            Directory.CreateDirectory(folder);
            request = request with { CheckpointPath = Path.Combine(folder, id + ".checkpoint") };
            TrainingScreen watch = new(talk);
            TrainedModel.Train(trainer, request, folder, watch);
            // Of a network that another rung of this run was trained with, the curves are that rung's.
            if (entry.Folder.Length == 0 && watch.Points.Any(point => double.IsFinite(point.ChooseScore))) LossFigure.Save(Path.Combine(pictures, $"loss_{id}.png"), id, watch.Points);
        }

        talk.Say($"Every model of {(table is null ? "the SOC board" : $"table {table}")} is in {models}.");
    }
}
