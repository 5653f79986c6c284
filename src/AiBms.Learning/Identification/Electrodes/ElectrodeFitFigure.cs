using AiBms.Battery;
using AiBms.Learning.Plots;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>Picture of a fit: measured and fitted voltage of each recording, and what is left.</summary>
public static class ElectrodeFitFigure
{
    const int MostCurves = 6;

    /// <summary>Writes a PNG.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="result">The fit.</param>
    public static void Save(string path, ElectrodeFitResult result)
    {
        CurveScore[] shown = [.. result.Curves.Take(MostCurves)];
        List<PlotPanel> panels = [];
        foreach (var curve in shown)
        {
            bool isTable = curve.PlaceNumber[^1] <= 1;
            double[] at = isTable ? curve.PlaceNumber : [.. curve.PlaceNumber.Select(t => t / Units.SecondsPerHour)];
            panels.Add(new($"{curve.Name} ({curve.Use}), RMSE {curve.AfterMV:0.0} mV", isTable ? "state of charge" : "time / h", "voltage / V",
                [new("measured", at, curve.MeasuredV, false, false, 0), new("fitted model", at, curve.ModelV, false, true, 1)]));
        }

        panels.Add(new("Fitted less measured voltage", "share of the recording", "mV",
            [.. shown.Select((c, k) => new PlotLine(c.Name, [.. c.PlaceNumber.Select(t => t / c.PlaceNumber[^1])], [.. c.ModelV.Select((v, i) => 1000 * (v - c.MeasuredV[i]))], false, false, k))]));
        PlotPanel.Save(path, panels);
    }
}
