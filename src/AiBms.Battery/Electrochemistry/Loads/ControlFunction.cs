namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A user's own control: g(t, I, V) = 0, t in s, I in A (positive while charging), V in volts. Must be smooth in I and V.</summary>
/// <remarks>Slopes are taken by central differences. Example: a charger of 20 W that folds back above 4.1 V.</remarks>
public sealed class ControlFunction(Func<double, double, double, double> control) : ILoad
{
    const double Step = 1e-5;

    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageV)
    {
        double Slope(double one, double other, double step) => (one - other) / (2 * step);
        double wideA = Step * (1 + Math.Abs(currentA));
        return new(
            control(timeS, currentA, voltageV),
            Slope(control(timeS, currentA + wideA, voltageV), control(timeS, currentA - wideA, voltageV), wideA),
            Slope(control(timeS, currentA, voltageV + Step), control(timeS, currentA, voltageV - Step), Step),
            Slope(control(timeS + Step, currentA, voltageV), control(timeS - Step, currentA, voltageV), Step));
    }

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => double.NaN;
}
