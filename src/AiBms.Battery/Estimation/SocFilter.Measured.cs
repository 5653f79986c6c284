namespace AiBms.Battery.Estimation;

public sealed partial class SocFilter<T>
{
    /// <summary>Takes in a SOC that something else has measured.</summary>
    /// <param name="soc">What it says, 0…1.</param>
    /// <param name="variance">Variance of that, above 0; where it says much the same every second, the variance is to be raised by how long one error lasts.</param>
    internal void CorrectSoc(T soc, T variance)
    {
        T seen = ResidualDeviationV; // that of the voltage stays what others read
        Array.Clear(_h);
        _h[0] = T.One;
        Apply(soc - _x[0], Project(variance));
        ResidualDeviationV = seen;
    }
}
