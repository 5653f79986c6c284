#:project ../src/AiBms.Learning/AiBms.Learning.csproj
// How well the case temperature is foreseen 10, 60, 300 and 600 s ahead, with the load known and unknown, against "it stays as it is".
// dotnet run notebooks/03-temperature-accuracy.cs [FOLDER FOR THE PICTURE]     measured drives where AIBMS_DATA is set, else a simulated one
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Learning.Datasets;
using AiBms.Learning.Plots;
using AiBms.Telemetry.Readings;

CellCatalogue cells = new(Path.Combine(Home(), "cells"));
int[] aheadS = [10, 60, 300, 600];
double[] square = new double[3 * aheadS.Length];
long[] count = new long[aheadS.Length];
var cell = cells.Find("sample_nmc");
List<Recording> drives = [];
if (Environment.GetEnvironmentVariable("AIBMS_DATA") is { Length: > 0 } data)
{
    var set = LgHg2.Describe(data);
    cell = cells.Find(set.CellId);
    drives.AddRange(set.In(SplitPart.Test).Select(file => set.Load(data, file).Recording));
}
else
{
    drives.Add(RecordingDoor.Open(Path.Combine(Home(), "data", "drive.csv")));
}

foreach (var drive in drives)
{
    CellTemperature temperature = new(cell);
    for (int row = 0; row < drive.RowCount; row++)
    {
        temperature.Step(new(drive.TimeS[row], drive.CurrentA[row], drive.VoltageV[row], drive.TemperatureDegC[row]));
        if (row < 300 || row % 20 != 0) continue;
        for (int h = 0; h < aheadS.Length; h++)
        {
            int later = row + aheadS[h];
            if (later >= drive.RowCount || Math.Abs(drive.TimeS[later] - drive.TimeS[row] - aheadS[h]) > 2) continue;
            double truthDegC = drive.TemperatureDegC[later];
            double[] errorsK = [temperature.Ahead(drive.CurrentA.AsSpan(row + 1, aheadS[h]), 1).CaseDegC - truthDegC, temperature.Ahead(aheadS[h]).CaseDegC - truthDegC, drive.TemperatureDegC[row] - truthDegC];
            for (int k = 0; k < 3; k++) square[3 * h + k] += errorsK[k] * errorsK[k];
            count[h]++;
        }
    }
}

string[] names = ["load known", "load unknown", "stays as it is"];
double[] Rmse(int k) => [.. aheadS.Select((_, h) => Math.Sqrt(square[3 * h + k] / count[h]))];
for (int k = 0; k < 3; k++) Console.WriteLine($"{names[k],-15} {string.Join("  ", Rmse(k).Select((rmse, h) => $"{aheadS[h]} s: {rmse:0.000} K"))}");
string picture = Path.Combine(args.FirstOrDefault() ?? ".", "temperature-accuracy.png");
PlotPanel.Save(picture, new PlotPanel($"Case temperature foreseen, {drives.Count} drive(s) of {cell.Id}", "Ahead / s", "RMSE / K",
    [.. Enumerable.Range(0, 3).Select(k => new PlotLine(names[k], [.. aheadS.Select(s => (double)s)], Rmse(k), IsMarkers: false, IsDashed: k == 2, Colour: k))], LegendPlace.UpperLeft));
Console.WriteLine($"written {Path.GetFileName(picture)}");

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
