namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>What is wrong with sensors of one kind, a number a sensor.</summary>
sealed class SensorEffects(int count)
{
    /// <summary>Added to what it reads, in its unit.</summary>
    public double[] Offset { get; } = new double[count];

    /// <summary>True where it repeats its last value.</summary>
    public bool[] IsStuck { get; } = new bool[count];

    /// <summary>True where it says nothing.</summary>
    public bool[] IsMissing { get; } = new bool[count];

    public void Clear()
    {
        Array.Clear(Offset);
        Array.Clear(IsStuck);
        Array.Clear(IsMissing);
    }
}
