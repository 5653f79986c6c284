#:project ../src/AiBms.Learning/AiBms.Learning.csproj
// State of charge against what was true, from a cut with unknown start: the filter and the trained model, a panel for each ambient.
// dotnet run notebooks/01-soc-against-actual.cs [FOLDER FOR THE PICTURE]     measured drives where AIBMS_DATA is set, else simulated ones
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Learning.Plots;
using AiBms.Telemetry.Readings;

CellCatalogue cells = new(Path.Combine(Home(), "cells"));
string? data = Environment.GetEnvironmentVariable("AIBMS_DATA");
List<(string Title, LabelledRecording Drive, CellType Cell)> drives = [];
if (data is { Length: > 0 })
{
    var set = LgHg2.Describe(data);
    drives.AddRange(set.In(SplitPart.Test).DistinctBy(file => file.Group).OrderBy(file => file.AmbientDegC).Select(file => ($"{file.Cycle} at {file.Group} °C", set.Load(data, file), cells.Find(set.CellId))));
}
else
{
    foreach (string name in (string[])["drive-cold.csv", "drive.csv"])
    {
        var recording = RecordingDoor.Open(Path.Combine(Home(), "data", name));
        drives.Add(($"{name} (simulated)", new() { Recording = recording, Soc = recording.ReferenceSoc!, ReferenceAh = cells.Find("sample_nmc").CapacityAh }, cells.Find("sample_nmc")));
    }
}

ModelCatalogue models = new(Path.Combine(Home(), "models"));
List<PlotPanel> panels = [];
foreach (var (title, drive, known) in drives)
{
    var cell = known with { CapacityAh = drive.ReferenceAh };
    List<(string Name, ISocEstimator Estimator)> methods = [("filter", SocEstimators.All[SocEstimators.Default](cell))];
    if (models.Knows("soc", SocNetworks.Best, cell.Id)) methods.Add((SocNetworks.Best, SocNetworks.Create(SocNetworks.Best, cell, models)));
    Cut cut = new(Array.FindIndex(drive.Soc, soc => soc < 0.9), CutKind.Drive);
    double[] hours = [.. drive.Recording.TimeS[cut.Row..].Select(timeS => (timeS - drive.Recording.TimeS[cut.Row]) / 3600)];
    List<PlotLine> lines = [new("actual", hours, [.. drive.Soc[cut.Row..].Select(soc => 100 * soc)], IsMarkers: false, IsDashed: true, Colour: 6)];
    foreach (var (name, estimator) in methods)
    {
        var trace = new SocEstimate[hours.Length];
        var score = CutRun.Run(drive, cut, estimator, SocStart.Unknown, new(Perturbation.None, new(0)), new(), trace);
        lines.Add(new(name, hours, [.. trace.Select(estimate => 100 * estimate.Soc)], IsMarkers: false, IsDashed: false, Colour: lines.Count - 1));
        Console.WriteLine($"{title}, {name}: RMSE {100 * Math.Sqrt(score.MeanSquareSoc):0.00} points from 5 min on");
    }

    panels.Add(new(title, "Time since the cut / h", "SOC / %", lines));
}

string picture = Path.Combine(args.FirstOrDefault() ?? ".", "soc-against-actual.png");
PlotPanel.Save(picture, panels);
Console.WriteLine($"written {Path.GetFileName(picture)}");

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
