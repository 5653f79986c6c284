using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Cli.Shell;
using AiBms.Learning.Plots;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary>What a person asked of <c>train</c>, and the training itself: model files with their cards come out.</summary>
sealed record TrainingTask
{
    /// <summary>One, or all of a model that answers with all of its methods.</summary>
    public required IReadOnlyList<ITrainer> Trainers { get; init; }

    /// <summary>Folder or recording.</summary>
    public required string DataPath { get; init; }

    /// <summary>Data set; null where not told.</summary>
    public required string? Set { get; init; }

    /// <summary>Cell; null where not told.</summary>
    public required string? Cell { get; init; }

    /// <summary>Cells in series behind the voltage of own recordings; null where not told.</summary>
    public required int? SeriesCount { get; init; }

    /// <summary>Ambient kept out, °C; null for none.</summary>
    public required double? WithoutAmbientDegC { get; init; }

    /// <summary>Seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Settings of the method from a file.</summary>
    public required IReadOnlyList<(string Name, string Value)> SettingsOfFile { get; init; }

    /// <summary>Settings of the method as name=value, which come before those of a file.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>Where model files go.</summary>
    public required string OutFolder { get; init; }

    /// <summary>Picture of the loss curves; null for none.</summary>
    public required string? PlotPath { get; init; }

    /// <summary>File to take up from; null for none.</summary>
    public required string? CheckpointPath { get; init; }

    /// <summary>Trains.</summary>
    /// <exception cref="UsageException">Something was asked that the method cannot do.</exception>
    public void Run(Talk talk)
    {
        CellCatalogue cells = new(Home.Cells);
        // All of it is refused before the first of several begins.
        TrainingRequest[] requests = [.. Trainers.Select(trainer => Request(trainer, cells))];
        List<JsonNode> written = [];
        foreach (var (trainer, request) in Trainers.Zip(requests)) written.Add(Train(trainer, request, talk));
        if (talk.IsJson) talk.WriteJson(written.Count == 1 ? written[0] : new JsonArray([.. written]));
    }

    TrainingRequest Request(ITrainer trainer, CellCatalogue cells)
    {
        string name = $"{trainer.Model}, {trainer.Method}";
        bool isFile = File.Exists(DataPath);
        bool isSoc = trainer.Model == "soc";
        if (!isSoc && isFile) throw new UsageException($"'{DataPath}': {name} is learnt from several files; name the folder that they are in.");
        if (!isSoc && WithoutAmbientDegC is not null) throw new UsageException("--without is for soc.");
        if (!trainer.HasSteps && CheckpointPath is not null) throw new UsageException($"--checkpoint: {name} learns in one go, there is nothing to take up; leave it out.");
        if (!trainer.HasSteps && PlotPath is not null) throw new UsageException($"--plot: {name} learns in one go and has no loss curves; leave it out.");
        string on = Set ?? (isFile ? SocTrainingData.Own : trainer.Sets[0]);
        if (!trainer.Sets.Contains(on, StringComparer.Ordinal)) throw new UsageException($"--set {on}: {name} is trained on {string.Join(", ", trainer.Sets)}.");
        if (SeriesCount is not null && on != SocTrainingData.Own) throw new UsageException($"--cells: {on} is of single cells; it stands with recordings of your own.");
        if (SeriesCount is < 1) throw new UsageException("--cells must be at least 1.");
        if (!isSoc && Cell is not null && on != SocTrainingData.Own) throw new UsageException($"--cell: {on} says itself what cells it is of; it stands with --set own.");
        if (isFile && on != SocTrainingData.Own) throw new UsageException($"--set {on} lies in a folder, and '{DataPath}' is one recording: leave --set out, or name the folder.");
        var options = TrainingOptions.Merge(trainer.Defaults, SettingsOfFile, Settings);
        return new()
        {
            DataPath = DataPath,
            Set = on,
            WithoutAmbientDegC = WithoutAmbientDegC,
            Cells = cells,
            CellId = Cell,
            SeriesCount = SeriesCount ?? 1,
            Seed = Seed,
            Command = TrainingCommandLine.Of(trainer, on, WithoutAmbientDegC, Cell, Seed, options, on == SocTrainingData.Own ? DataPath : null, SeriesCount),
            CodeVersion = TrainingCommandLine.CodeVersion,
            Options = options,
            CheckpointPath = CheckpointPath,
        };
    }

    JsonObject Train(ITrainer trainer, TrainingRequest request, Talk talk)
    {
        talk.Say($"{trainer.Model}, {trainer.Method}: {trainer.Title}; {string.Join(", ", request.Options.Select(pair => $"{pair.Key} = {pair.Value}").Prepend($"set = {request.Set}").Append($"seed = {request.Seed}"))}");
        TrainingScreen watch = new(talk);
        var (file, path) = TrainedModel.Train(trainer, request, OutFolder, watch);
        if (PlotPath is { } picture) LossFigure.Save(picture, file.Id, watch.Points);
        if (!talk.IsJson) foreach (var metric in file.Metrics) talk.Data.WriteLine($"{metric.Part}: {metric.Name} {metric.Value.ToString(CultureInfo.InvariantCulture)}");
        talk.Say($"Wrote {path}, and its card beside it.");
        return new() { ["id"] = file.Id, ["out"] = path, ["metrics"] = new JsonArray([.. file.Metrics.Select(m => (JsonNode)new JsonObject { ["part"] = m.Part, ["name"] = m.Name, ["value"] = double.IsFinite(m.Value) ? m.Value : null })]) };
    }
}
