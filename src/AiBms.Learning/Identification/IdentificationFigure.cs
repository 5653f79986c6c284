using ScottPlot;

namespace AiBms.Learning.Identification;

/// <summary>Picture of an identified cell: OCV, resistances over temperature, and how far simulated voltages are from measured ones.</summary>
public static class IdentificationFigure
{
    const int WidthPx = 1400, HeightPx = 1000;

    /// <summary>Writes a PNG.</summary>
    public static void Save(string path, CellIdentification.Outcome outcome)
    {
        var circuit = outcome.Cell.Circuit!;
        var multi = new Multiplot();
        multi.AddPlots(4);
        multi.Layout = new ScottPlot.MultiplotLayouts.Grid(2, 2);
        var plots = multi.GetPlots();

        var ocv = plots[0];
        double[] z = [.. Enumerable.Range(0, circuit.OcvV.Length).Select(k => k / (circuit.OcvV.Length - 1.0))];
        Line(ocv, z, circuit.OcvV, "OCV at 25 °C");
        ocv.Title($"{outcome.Cell.Id}: open-circuit voltage");
        ocv.Axes.Bottom.Label.Text = "state of charge";
        ocv.Axes.Left.Label.Text = "voltage / V";

        var resistance = plots[1];
        int middle = circuit.Soc.Length / 2;
        Line(resistance, circuit.TemperatureDegC, [.. circuit.SeriesResistanceOhm.Select(r => 1e3 * r[middle])], "series");
        for (int j = 0; j < circuit.Pairs.Length; j++)
            Line(resistance, circuit.TemperatureDegC, [.. circuit.Pairs[j].ResistanceOhm.Select(r => 1e3 * r[middle])], $"pair {j + 1}, {circuit.Pairs[j].TimeConstantS[0]:0.#} s");
        resistance.Title("resistance at 50 % charge");
        resistance.Axes.Bottom.Label.Text = "temperature / °C";
        resistance.Axes.Left.Label.Text = "resistance / mΩ";
        resistance.ShowLegend(Alignment.UpperRight);

        var errors = plots[2];
        foreach (var use in outcome.Cell.Fit.GroupBy(f => f.Use, StringComparer.Ordinal))
        {
            var points = errors.Add.ScatterPoints(use.Select(f => f.TemperatureDegC).ToArray(), use.Select(f => 1e3 * f.VoltageRmseV).ToArray());
            points.LegendText = string.Equals(use.Key, "fit", StringComparison.Ordinal) ? "used in the fit" : "checked only";
            points.MarkerSize = 8;
        }

        errors.Title("voltage error of each recording");
        errors.Axes.Bottom.Label.Text = "mean temperature / °C";
        errors.Axes.Left.Label.Text = "RMSE / mV";
        errors.Axes.SetLimitsY(0, 1.1e3 * outcome.Cell.Fit.Max(f => f.VoltageRmseV));
        errors.ShowLegend(Alignment.UpperRight);

        var residual = plots[3];
        foreach (var (run, residualV) in outcome.Runs.Zip(outcome.ResidualV).Where(p => !p.First.IsFit).DefaultIfEmpty((outcome.Runs[^1], outcome.ResidualV[^1])).Take(6))
        {
            int step = Math.Max(1, run.Count / 2000);
            int[] rows = [.. Enumerable.Range(0, run.Count / step).Select(k => k * step)];
            Line(residual, [.. rows.Select(k => run.Soc[k])], [.. rows.Select(k => 1e3 * residualV[k])], $"{run.Name.Split('.')[0]}, {run.MeanTemperatureDegC:0} °C", 1);
        }

        residual.Title("measured minus simulated voltage");
        residual.Axes.Bottom.Label.Text = "state of charge";
        residual.Axes.Left.Label.Text = "error / mV";
        residual.ShowLegend(Alignment.LowerRight);
        multi.SavePng(path, WidthPx, HeightPx);
    }

    static void Line(Plot plot, double[] x, double[] y, string label, float width = 2)
    {
        var line = plot.Add.ScatterLine(x, y);
        (line.LegendText, line.LineWidth) = (label, width);
    }
}
