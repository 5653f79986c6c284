namespace AiBms.Battery.Estimation;

// What outlives a restart.
public sealed partial class SocFilter<T>
{
    /// <summary>Keeps all that is known, or takes it back.</summary>
    internal void Keep(StateTape tape)
    {
        foreach (T[] values in (ReadOnlySpan<T[]>)[_x, _p, _fresh, _keptSince, _resistance])
            for (int k = 0; k < values.Length; k++) values[k] = N(tape.Value(double.CreateTruncating(values[k])));
        (ModelVoltageV, ResidualV, ResidualDeviationV) = (Kept(tape, ModelVoltageV), Kept(tape, ResidualV), Kept(tape, ResidualDeviationV));
        (OcvV, OcvSlopeV, DropV) = (Kept(tape, OcvV), Kept(tape, OcvSlopeV), Kept(tape, DropV));
    }

    static T Kept(StateTape tape, T value) => N(tape.Value(double.CreateTruncating(value)));
}
