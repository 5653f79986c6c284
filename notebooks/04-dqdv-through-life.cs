#:project ../src/AiBms.Learning/AiBms.Learning.csproj
// dQ/dV of the charge through life: where the cell takes its charge moves and shrinks as it ages.
// dotnet run notebooks/04-dqdv-through-life.cs [FOLDER FOR THE PICTURE]     NASA's cell B0005 where AIBMS_DATA is set, else simulated charges
using System.Globalization;
using System.IO.Compression;
using AiBms.Battery.Cells;
using AiBms.Learning.Plots;

const double BinV = 0.02;
List<(string Name, double[] VoltageV, double[] ChargeAh)> charges = [];
if (Environment.GetEnvironmentVariable("AIBMS_DATA") is { Length: > 0 } data)
{
    using StreamReader reader = new(new GZipStream(File.OpenRead(Path.Combine(data, "nasa-pcoe", "B0005_charge_ds.csv.gz")), CompressionMode.Decompress));
    string[] header = reader.ReadLine()!.Split(',');
    int test = Array.IndexOf(header, "test_id"), time = Array.IndexOf(header, "time_s"), volt = Array.IndexOf(header, "voltage_v"), amp = Array.IndexOf(header, "current_a");
    List<string[]> rows = [];
    while (reader.ReadLine() is { } line) rows.Add(line.Split(','));
    double Number(string[] row, int column) => double.TryParse(row[column], CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
    string[][][] tests = [.. rows.GroupBy(row => row[test]).Select(group => group.ToArray()).Where(group => group.Length > 300)];
    foreach (int k in (int[])[1, tests.Length / 4, tests.Length / 2, tests.Length - 2])
    {
        double[] timeS = [.. tests[k].Select(row => Number(row, time))], currentA = [.. tests[k].Select(row => Number(row, amp))];
        charges.Add(($"charge {k + 1}", [.. tests[k].Select(row => Number(row, volt))], Counted(timeS, currentA)));
    }
}
else
{
    // The same open-circuit curve with less charge behind it, and a resistance that grows.
    var cell = new CellCatalogue(Path.Combine(Home(), "cells")).Find("sample_nmc");
    foreach (double soh in (double[])[1, 0.93, 0.86, 0.8])
    {
        TheveninModel model = new(cell with { CapacityAh = soh * cell.CapacityAh });
        double[] state = new double[model.StateCount];
        model.Rest(state, 0.02);
        double currentA = cell.CapacityAh / 3;
        List<double> voltageV = [], chargeAh = [];
        while (voltageV.Count < 40_000 && (voltageV.Count == 0 || voltageV[^1] < 4.2))
        {
            model.Step(state, currentA, 25, 1);
            voltageV.Add(model.VoltageV(state, currentA, 25) + 0.02 * (1 / soh - 1) * currentA);
            chargeAh.Add(voltageV.Count * currentA / 3600);
        }

        charges.Add(($"{100 * soh:0} % of the capacity (simulated)", [.. voltageV], [.. chargeAh]));
    }
}

List<PlotLine> lines = [];
foreach (var (name, voltageV, chargeAh) in charges)
{
    List<double> atV = [], slopeAhPerV = [];
    for (double fromV = 3.4; fromV < 4.2; fromV += BinV)
    {
        int first = Array.FindIndex(voltageV, v => v >= fromV), last = Array.FindIndex(voltageV, v => v >= fromV + BinV);
        if (first <= 0 || last <= first) continue;
        atV.Add(fromV + BinV / 2);
        slopeAhPerV.Add((chargeAh[last] - chargeAh[first]) / (voltageV[last] - voltageV[first]));
    }

    lines.Add(new(name, [.. atV], [.. slopeAhPerV], IsMarkers: false, IsDashed: false, Colour: lines.Count));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: peak {slopeAhPerV.Max():0.00} Ah/V at {atV[slopeAhPerV.IndexOf(slopeAhPerV.Max())]:0.00} V"));
}

string picture = Path.Combine(args.FirstOrDefault() ?? ".", "dqdv-through-life.png");
PlotPanel.Save(picture, new PlotPanel("dQ/dV of the charge through life", "Voltage / V", "dQ/dV / Ah per V", lines, LegendPlace.UpperLeft));
Console.WriteLine($"written {Path.GetFileName(picture)}");

static double[] Counted(double[] timeS, double[] currentA)
{
    double[] chargeAh = new double[timeS.Length];
    for (int k = 1; k < timeS.Length; k++) chargeAh[k] = chargeAh[k - 1] + Math.Max(0, currentA[k]) * (timeS[k] - timeS[k - 1]) / 3600;
    return chargeAh;
}

static string Home([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
