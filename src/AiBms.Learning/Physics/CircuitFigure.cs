using AiBms.Battery;
using AiBms.Battery.Simulation;
using AiBms.Learning.Plots;

namespace AiBms.Learning.Physics;

/// <summary>Pictures of a run of a circuit: voltage, current, state of charge, temperature.</summary>
public sealed class CircuitFigure
{
    readonly List<CircuitPoint> _points = [];

    /// <summary>Takes a point.</summary>
    public void Add(CircuitPoint point) => _points.Add(point);

    /// <summary>Writes the picture.</summary>
    /// <param name="path">PNG to write.</param>
    /// <param name="title">What ran.</param>
    public void Save(string path, string title)
    {
        double[] hours = Of(p => p.TimeS / Units.SecondsPerHour);
        PlotPanel Panel(string name, string vertical, int colour, Func<CircuitPoint, double> value) =>
            new(name, "time / h", vertical, [new(vertical.Split(" /")[0], hours, Of(value), false, false, colour)]);
        PlotPanel.Save(path, Panel(title, "voltage / V", 0, p => p.VoltageV), Panel("Current, positive while charging", "current / A", 1, p => p.CurrentA),
            Panel("State of charge", "SOC / %", 2, p => 100 * p.Soc), Panel("Temperature", "temperature / °C", 3, p => p.TemperatureDegC));
    }

    double[] Of(Func<CircuitPoint, double> value) => [.. _points.Select(value)];
}
