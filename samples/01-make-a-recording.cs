#:project ../src/AiBms.Battery/AiBms.Battery.csproj
// A day of four cells in series that do not exist: who drifts apart, and by how much?
using AiBms.Battery.Cells;
using AiBms.Battery.Simulation;

var cell = new CellCatalogue(Path.Combine(Home(), "cells")).Find("sample_nmc");
var day = Scenario.All.Single(scenario => scenario.Name == "day");
var options = new SimulationOptions { CellCount = 4, ProbeCount = 2, StartSoc = 0.8, AmbientDegC = 15, IntervalS = 60 };
var recording = SimulationRun.Of(cell, day.Phases(cell), options, seed: 1);

Console.WriteLine($"{recording.RowCount} rows, current {recording.CurrentA.Min():0.0} to {recording.CurrentA.Max():0.0} A");
foreach (int hour in (int[])[0, 8, 17, 24])
{
    int row = hour * 60;
    double[] cellV = [.. recording.CellVoltageV.Select(v => v[row])];
    Console.WriteLine($"{hour,2} h: SOC {recording.Soc[row]:P0}, cells {cellV.Min():0.000} to {cellV.Max():0.000} V, probes {string.Join(" and ", recording.ProbeDegC.Select(t => $"{t[row]:0.0}"))} °C");
}

// The folder of the clone, wherever the sample is started from.
static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
