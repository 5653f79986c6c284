using AiBms.Battery.Ageing;
using AiBms.Learning.Plots;

namespace AiBms.Learning.Physics;

/// <summary>Pictures of a simulated life: capacity, what was lost to what, resistance, and dV/dQ from new to old.</summary>
public static class LifeFigure
{
    const int CurvePoints = 400, MostCurves = 5;

    const double HalfWindow = 0.02;

    /// <summary>Writes the picture.</summary>
    /// <param name="life">Points of the life, in order.</param>
    /// <param name="title">What was lived.</param>
    /// <param name="path">PNG to write.</param>
    public static void Save(IReadOnlyList<LifePoint> life, string title, string path)
    {
        double[] cycle = [.. life.Select(p => (double)p.Cycle)];
        PlotLine Line(string name, int colour, Func<LifePoint, double> value) => new(name, cycle, [.. life.Select(value)], false, false, colour);
        PlotPanel.Save(path,
            new PlotPanel(title, "cycle", "capacity / Ah",
                [Line("at rest, between the cut-off voltages", 0, p => p.Losses.CapacityAh), Line("given at the cycle's own rate", 1, p => p.DischargedAh)], LegendPlace.UpperRight),
            new PlotPanel("What was lost, and how resistance grew", "cycle", "change / %",
            [
                Line("lithium (LLI)", 0, p => 100 * p.Losses.LithiumLossFraction),
                Line("negative material (LAM)", 1, p => 100 * p.Losses.NegativeLossFraction),
                Line("positive material (LAM)", 2, p => 100 * p.Losses.PositiveLossFraction),
                Line("resistance, 10 s, half charged", 3, p => 100 * (p.ResistanceOhm / life[0].ResistanceOhm - 1)),
            ], LegendPlace.UpperLeft),
            new PlotPanel("dV/dQ of the open-circuit voltage over windows of 4 %: its peaks move as the electrodes shift", "charge taken in / Ah", "dV/dQ / V/Ah", Differential(life), LegendPlace.UpperRight));
    }

    static List<PlotLine> Differential(IReadOnlyList<LifePoint> life)
    {
        List<PlotLine> lines = [];
        int curves = Math.Min(MostCurves, life.Count);
        for (int k = 0; k < curves; k++)
        {
            int wanted = life[0].Cycle + k * (life[^1].Cycle - life[0].Cycle) / Math.Max(1, curves - 1);
            var point = life.MinBy(p => Math.Abs(p.Cycle - wanted))!;
            double[] charge = new double[CurvePoints], slope = new double[CurvePoints];
            for (int i = 0; i < CurvePoints; i++)
            {
                double soc = 0.08 + 0.9 * i / (CurvePoints - 1);
                // Measured potentials carry noise that a slope multiplies: the window is what dV/dQ of a measured charge would use.
                double rise = point.Losses.Balance.OpenCircuitV(soc + HalfWindow, out _) - point.Losses.Balance.OpenCircuitV(soc - HalfWindow, out _);
                slope[i] = rise / (2 * HalfWindow * point.Losses.CapacityAh);
                charge[i] = soc * point.Losses.CapacityAh;
            }

            lines.Add(new($"cycle {point.Cycle}", charge, slope, false, false, k));
        }

        return lines;
    }
}
