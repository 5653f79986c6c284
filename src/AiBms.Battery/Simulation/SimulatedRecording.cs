namespace AiBms.Battery.Simulation;

/// <summary>What the sensors of a simulated pack read, row by row, and the truth behind it.</summary>
/// <param name="timeS">Seconds since the first row.</param>
/// <param name="cellCount">Cells in series.</param>
/// <param name="probeCount">Temperature probes.</param>
public sealed class SimulatedRecording(double[] timeS, int cellCount, int probeCount)
{
    /// <summary>Seconds since the first row.</summary>
    public double[] TimeS => timeS;

    /// <summary>Rows.</summary>
    public int RowCount => timeS.Length;

    /// <summary>Measured current, A, positive while charging.</summary>
    public double[] CurrentA { get; } = new double[timeS.Length];

    /// <summary>Measured voltage of the whole: the sum of the cells as read, V.</summary>
    public double[] VoltageV { get; } = new double[timeS.Length];

    /// <summary>Temperature of the surroundings, °C.</summary>
    public double[] AmbientDegC { get; } = new double[timeS.Length];

    /// <summary>True mean state of charge of the cells, 0…1: the label.</summary>
    public double[] Soc { get; } = new double[timeS.Length];

    /// <summary>Measured voltage of each cell, V, [cell][row].</summary>
    public double[][] CellVoltageV { get; } = [.. Enumerable.Range(0, cellCount).Select(_ => new double[timeS.Length])];

    /// <summary>Measured case temperatures, °C, [probe][row]; the probes sit on evenly spaced cells.</summary>
    public double[][] ProbeDegC { get; } = [.. Enumerable.Range(0, probeCount).Select(_ => new double[timeS.Length])];
}
