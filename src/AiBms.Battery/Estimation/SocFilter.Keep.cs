namespace AiBms.Battery.Estimation;

// What outlives a restart, and what does not outlive another sensor.
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

    /// <summary>Forgets the current sensor's offset: it is another sensor.</summary>
    public void ForgetOffset()
    {
        _x[_offset] = T.Zero;
        for (int k = 0; k < _count; k++) _p[_offset * _stride + k] = _p[k * _stride + _offset] = T.Zero;
        Set(_offset, _capacityA * N(_options.OffsetCRateDeviation));
    }

    static T Kept(StateTape tape, T value) => N(tape.Value(double.CreateTruncating(value)));
}
