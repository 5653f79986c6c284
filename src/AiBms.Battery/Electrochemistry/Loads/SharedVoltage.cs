namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>The voltage that cells in parallel share, V; their group moves it.</summary>
sealed class SharedVoltage : ILoad
{
    public double SetV { get; set; }

    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageV) => new(SetV - voltageV, 0, -1, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => double.NaN;
}
