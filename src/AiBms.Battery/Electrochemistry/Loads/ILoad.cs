namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>What is asked of the cell, as one equation g(t, I, V) = 0. Current is positive while charging.</summary>
public interface ILoad
{
    /// <summary>The residual and its slopes.</summary>
    LoadEquation At(double timeS, double currentA, double voltageV);

    /// <summary>A current to begin from when the state is made consistent, A; NaN when the load does not say.</summary>
    double CurrentGuessA(double timeS);
}
