namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>One number of a parameter set that can be read and changed: what a fit varies and a sensitivity is asked for.</summary>
/// <param name="Name">As commands and files name it, such as negative.diffusivity.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Get">The number; of a function its value in the middle of its range at the set's reference temperature.</param>
/// <param name="With">The set with another number; a function is scaled as a whole.</param>
public sealed record SetParameter(string Name, string Unit, Func<ParameterSet, double> Get, Func<ParameterSet, double, ParameterSet> With)
{
    /// <summary>Whether the number lies between 0 and 1 by its nature.</summary>
    public bool IsFraction => Unit.Length == 0;

    /// <summary>The set with the number times a factor.</summary>
    public ParameterSet Scale(ParameterSet set, double factor) => With(set, factor * Get(set));
}
