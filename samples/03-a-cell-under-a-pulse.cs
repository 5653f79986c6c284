#:project ../src/AiBms.Battery/AiBms.Battery.csproj
// A pulse test: ten seconds of discharge from rest, warm and cold, and what the voltage does.
using AiBms.Battery.Cells;

var cell = new CellCatalogue(Path.Combine(Home(), "cells")).Find("sample_nmc");
var model = new TheveninModel(cell);
double[] state = new double[model.StateCount];

foreach (double temperatureDegC in (double[])[-10, 25])
{
    model.Rest(state, soc: 0.5);
    double restV = model.VoltageV(state, 0, temperatureDegC);
    double atOnceV = model.VoltageV(state, -6, temperatureDegC);
    for (int s = 0; s < 10; s++) model.Step(state, currentA: -6, temperatureDegC, stepS: 1);
    double afterV = model.VoltageV(state, -6, temperatureDegC);
    Console.WriteLine($"{temperatureDegC,3} °C: rest {restV:0.000} V, at once {1000 * (restV - atOnceV) / 6:0.0} mΩ, after 10 s {1000 * (restV - afterV) / 6:0.0} mΩ");
}

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
