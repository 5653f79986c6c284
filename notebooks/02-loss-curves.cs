#:project ../src/AiBms.Training/AiBms.Training.csproj
// Trains a small network on one simulated drive and draws its loss curves: training against what stops it.
// dotnet run notebooks/02-loss-curves.cs [FOLDER FOR THE PICTURE] [STEPS]
using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Learning.Plots;
using AiBms.Learning.Training;
using AiBms.Training;

string steps = args.ElementAtOrDefault(1) ?? "60";
var trainer = NetworkTrainers.All.Single(known => known.Model == "soc" && known.Method == "gru");
Dictionary<string, string> options = new(trainer.Defaults, StringComparer.Ordinal) { ["steps"] = steps, ["every"] = "10", ["units"] = "8", ["batch"] = "16" };
Watch watch = new();
var model = trainer.Train(new()
{
    DataPath = Path.Combine(Home(), "data", "drive.csv"),
    Set = "own",
    Cells = new CellCatalogue(Path.Combine(Home(), "cells")),
    CellId = "sample_nmc",
    Seed = 1,
    Command = "notebooks/02-loss-curves.cs",
    CodeVersion = "notebook",
    Options = options,
}, watch);
string picture = Path.Combine(args.FirstOrDefault() ?? ".", "loss-curves.png");
LossFigure.Save(picture, $"{model.Id}, {steps} steps", watch.Points);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Points.Count} points; choosing RMSE from {watch.Points[0].ChooseScore:0.0} to {watch.Points.Min(point => point.ChooseScore):0.0} points"));
Console.WriteLine($"written {Path.GetFileName(picture)}");

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");

sealed class Watch : ITrainingWatch
{
    public List<TrainingPoint> Points { get; } = [];

    public void Say(string sentence) => Console.WriteLine(sentence);

    public void Report(in TrainingPoint point) => Points.Add(point);
}
