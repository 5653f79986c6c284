#:project ../src/AiBms.Learning/AiBms.Learning.csproj
// A recording in, a state of charge with its band out, sample by sample; the file's own label says how far off it was.
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Telemetry.Readings;

var cell = new CellCatalogue(Path.Combine(Home(), "cells")).Find("sample_nmc");
var recording = RecordingDoor.Open(Path.Combine(Home(), "data", "drive-cold.csv"));
var estimator = SocEstimators.All[SocEstimators.Default](cell);
estimator.Start(SocStart.Told(0.7));

SocEstimate estimate = default;
for (int row = 0; row < recording.RowCount; row++)
{
    estimate = estimator.Step(new(recording.TimeS[row], recording.CurrentA[row], recording.VoltageV[row], recording.TemperatureDegC[row]));
    if (row % 1800 == 0) Console.WriteLine($"{recording.TimeS[row] / 60,4:0} min: SOC {estimate.Soc:P0}, 90 % sure of {estimate.SocLow:P0} to {estimate.SocHigh:P0}");
}

Console.WriteLine($"at the end {estimate.Soc:P0}, the label says {recording.ReferenceSoc![^1]:P0}");

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
