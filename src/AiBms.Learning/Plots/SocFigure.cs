using AiBms.Battery.Estimation;
using ScottPlot;

namespace AiBms.Learning.Plots;

/// <summary>A recording's estimate as a picture: SOC with its band, voltage residual, temperature, over time.</summary>
public static class SocFigure
{
    /// <summary>Writes a PNG of three stacked panels.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="timeS">Time of each row, s.</param>
    /// <param name="estimates">Estimate of each row.</param>
    /// <param name="temperatureDegC">Case temperature of each row, °C; empty when there is none.</param>
    /// <param name="referenceSoc">True SOC of each row, 0…1; empty when it is not known.</param>
    public static void Save(
        string path, string title, ReadOnlySpan<double> timeS, ReadOnlySpan<SocEstimate> estimates, ReadOnlySpan<double> temperatureDegC, ReadOnlySpan<double> referenceSoc)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(estimates.Length, timeS.Length);
        var (time, label) = TimeAxis(timeS);
        var soc = SocPanel(title, label, time, estimates, referenceSoc);
        List<Plot> panels = [soc];

        double[] residualMv = new double[estimates.Length];
        for (int k = 0; k < residualMv.Length; k++) residualMv[k] = 1000 * estimates[k].ResidualV;
        if (Array.Exists(residualMv, double.IsFinite))
        {
            var panel = HouseStyle.Panel("Measured minus modelled voltage", label, "Residual / mV");
            panel.Add.HorizontalLine(0, 1, HouseStyle.Reference);
            Strips.Line(panel, time, residualMv, HouseStyle.Series[1], "", width: 1);
            FitTime(panel, time);
            panels.Add(panel);
        }

        if (!temperatureDegC.IsEmpty && Strips.Runs(temperatureDegC).Count > 0)
        {
            var panel = HouseStyle.Panel("Case temperature", label, "Temperature / °C");
            Strips.Line(panel, time, temperatureDegC, HouseStyle.Series[2], "");
            FitTime(panel, time);
            panels.Add(panel);
        }

        HouseStyle.Save(path, panels);
    }

    /// <summary>SOC with its band against a reference where there is one.</summary>
    internal static Plot SocPanel(string title, string timeLabel, double[] time, ReadOnlySpan<SocEstimate> estimates, ReadOnlySpan<double> referenceSoc)
    {
        double[] soc = new double[estimates.Length], low = new double[soc.Length], high = new double[soc.Length], reference = new double[referenceSoc.Length];
        for (int k = 0; k < soc.Length; k++) (soc[k], low[k], high[k]) = (100 * estimates[k].Soc, 100 * estimates[k].SocLow, 100 * estimates[k].SocHigh);
        for (int k = 0; k < reference.Length; k++) reference[k] = 100 * referenceSoc[k];
        var panel = HouseStyle.Panel(title, timeLabel, "State of charge / %");
        Strips.Band(panel, time, low, high, HouseStyle.Series[0], "90 % interval");
        if (reference.Length > 0) Strips.Line(panel, time, reference, HouseStyle.Reference, "reference");
        Strips.Line(panel, time, soc, HouseStyle.Series[0], "estimate");
        FitTime(panel, time);
        panel.Axes.SetLimitsY(0, 102);
        panel.ShowLegend(Alignment.UpperRight);
        return panel;
    }

    /// <summary>Times in the unit that suits their length, and the axis label.</summary>
    internal static (double[] Time, string Label) TimeAxis(ReadOnlySpan<double> timeS)
    {
        double longestS = 0;
        foreach (double value in timeS) longestS = double.IsFinite(value) ? Math.Max(longestS, value) : longestS;
        var (unitS, name) = longestS > 2 * 86400 ? (86400, "days") : longestS > 7200 ? (3600, "h") : longestS > 300 ? (60, "min") : (1, "s");
        double[] time = new double[timeS.Length];
        for (int k = 0; k < time.Length; k++) time[k] = timeS[k] / unitS;
        return (time, $"Time / {name}");
    }

    static void FitTime(Plot panel, double[] time)
    {
        double[] finite = [.. time.Where(double.IsFinite)];
        if (finite.Length > 1) panel.Axes.SetLimitsX(finite[0], Math.Max(finite[^1], finite[0] + 1e-9));
    }
}
