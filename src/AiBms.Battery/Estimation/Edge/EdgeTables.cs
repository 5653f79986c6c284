using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Brings a cell's tables into the fixed shapes of <see cref="EdgeCell"/>; all are piecewise linear, so nodes that coincide are exact.</summary>
sealed class EdgeTables
{
    /// <summary>A pair that does nothing: no resistance, and a time constant that is safe to divide by, s.</summary>
    const double IdleTimeConstantS = 1;

    public float[] OcvV { get; }
    public float[] Curve { get; } = new float[EdgeCell.SocNodes * EdgeCell.CurveWidth];
    public float[] ResistanceOhm { get; } = new float[EdgeCell.MaxTemperatures * EdgeCell.SocNodes * EdgeCell.ResistanceWidth];
    public float[] Row { get; } = new float[EdgeCell.MaxTemperatures * EdgeCell.RowWidth];

    public EdgeTables(TheveninParameters circuit, VoltageError error, SocFilterOptions options, CapacityError? capacity)
    {
        OcvV = [.. Enumerable.Range(0, EdgeCell.OcvNodes).Select(k => (float)At(circuit.OcvV, k / (EdgeCell.OcvNodes - 1.0)))];
        double[][] curves = [circuit.EntropicVPerK ?? [0], circuit.OcvBendVPerK2 ?? [0], circuit.HysteresisV ?? [0], error.SocFactor ?? [1]];
        for (int s = 0; s < EdgeCell.SocNodes; s++)
            for (int c = 0; c < EdgeCell.CurveWidth; c++)
                Curve[s * EdgeCell.CurveWidth + c] = (float)At(curves[c], s / (EdgeCell.SocNodes - 1.0));

        for (int t = 0; t < EdgeCell.MaxTemperatures; t++)
        {
            // Rows that are not in use repeat the last: a block has no holes.
            int known = Math.Min(t, circuit.TemperatureDegC.Length - 1);
            FillResistances(circuit, t, known);
            FillRow(circuit, error, options, capacity, t, known);
        }
    }

    void FillResistances(TheveninParameters circuit, int t, int known)
    {
        for (int s = 0; s < EdgeCell.SocNodes; s++)
        {
            double soc = s / (EdgeCell.SocNodes - 1.0);
            int at = (t * EdgeCell.SocNodes + s) * EdgeCell.ResistanceWidth;
            ResistanceOhm[at] = (float)At(circuit.SeriesResistanceOhm[known], soc);
            for (int j = 0; j < circuit.Pairs.Length; j++) ResistanceOhm[at + 1 + j] = (float)At(circuit.Pairs[j].ResistanceOhm[known], soc);
        }
    }

    void FillRow(TheveninParameters circuit, VoltageError error, SocFilterOptions options, CapacityError? capacity, int t, int known)
    {
        var row = Row.AsSpan(t * EdgeCell.RowWidth, EdgeCell.RowWidth);
        for (int j = 0; j < EdgeCell.Pairs; j++)
            row[j] = (float)(j < circuit.Pairs.Length ? circuit.Pairs[j].TimeConstantS[known] : IdleTimeConstantS);
        double temperatureDegC = circuit.TemperatureDegC[known];
        double place = (temperatureDegC - error.TemperatureDegC[0]) / (error.TemperatureDegC[^1] - error.TemperatureDegC[0]);
        row[EdgeCell.Knee] = (float)(circuit.Pairs[0].KneeCurrentA?[known] ?? 0);
        row[EdgeCell.LoadError] = (float)Math.Max(options.LeastVoltageErrorV, At(error.LoadDeviationV, place));
        row[EdgeCell.Noise] = (float)Math.Max(0.002, At(error.NoiseDeviationV, place));
        row[EdgeCell.CapacityDeviation] = (float)(capacity?.At(temperatureDegC) ?? 0);
    }

    /// <summary>Value of an evenly spaced table at a fraction of its length, linear, held at the ends.</summary>
    static double At(double[] values, double fraction)
    {
        double place = Math.Clamp(fraction, 0, 1) * (values.Length - 1);
        int k = Math.Clamp((int)Math.Floor(place + 1e-9), 0, Math.Max(0, values.Length - 2));
        double weight = place - k, next = values[Math.Min(k + 1, values.Length - 1)];

        // A node that coincides is taken as it is, whatever the rounding of its place.
        return Math.Abs(weight) < 1e-9 ? values[k] : Math.Abs(weight - 1) < 1e-9 ? next : values[k] + (next - values[k]) * weight;
    }
}
