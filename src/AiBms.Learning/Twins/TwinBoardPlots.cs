using AiBms.Learning.Plots;
using ScottPlot;

namespace AiBms.Learning.Twins;

/// <summary>The pictures of the twin's board.</summary>
static class TwinBoardPlots
{
    const int RandomLoads = 3;

    /// <summary>One panel a cell: measured in black, simulated in colour, run after run (random loads: the first few).</summary>
    public static void CaseTemperature(IReadOnlyList<ThermalCase> cases, string path)
    {
        List<Plot> panels = [];
        foreach (var group in cases.GroupBy(c => c.Cell, StringComparer.Ordinal))
        {
            ThermalCase[] random = [.. group.Where(c => c.Recording.Contains("rw_data", StringComparison.Ordinal))];
            ThermalCase[] shown = [.. group.Except(random), .. random.Take(RandomLoads)];
            var panel = HouseStyle.Panel($"Case temperature, {group.Key}, recordings left out", "Time, recordings one after the other / h", "Temperature / °C");
            double offsetS = 0;
            for (int n = 0; n < shown.Length; n++)
            {
                var trace = shown[n].Trace!;
                double[] time = [.. trace.TimeS.Select(t => (t - trace.TimeS[0] + offsetS) / 3600)];
                Strips.Line(panel, time, trace.MeasuredDegC, HouseStyle.Reference, n == 0 ? "measured" : "");
                Strips.Line(panel, time, trace.TwinDegC, HouseStyle.Series[1], n == 0 ? "twin" : "");
                offsetS += trace.TimeS[^1] - trace.TimeS[0] + 600;
            }

            panel.Axes.SetLimitsX(0, offsetS / 3600);
            panel.ShowLegend(Alignment.UpperRight);
            panels.Add(panel);
        }

        HouseStyle.Save(path, panels);
    }

    /// <summary>One panel a recording: the six groups, measured in black, simulated in colour.</summary>
    public static void ModuleVoltage(IReadOnlyList<ModuleCase> modules, string path)
    {
        List<Plot> panels = [];
        foreach (var module in modules)
        {
            var trace = module.Trace!;
            var panel = HouseStyle.Panel($"Group voltages, {module.Recording} ({module.Use})", "Time / min", "Voltage / V");
            double[] time = [.. trace.TimeS.Select(t => t / 60)];
            for (int g = 0; g < trace.MeasuredV.Length; g++)
            {
                Strips.Line(panel, time, trace.MeasuredV[g], HouseStyle.Series[g], $"group {g + 1}, measured");
                Strips.Line(panel, time, trace.TwinV[g], HouseStyle.Series[g], g == 0 ? "the same colour, dashed: twin" : "", isDashed: true);
            }

            panel.Axes.SetLimitsX(0, time[^1]);
            panel.ShowLegend(Alignment.LowerLeft);
            panels.Add(panel);
        }

        HouseStyle.Save(path, panels);
    }
}
