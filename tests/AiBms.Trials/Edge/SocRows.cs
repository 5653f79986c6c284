using AiBms.Battery.Estimation.Edge;

namespace AiBms.Trials.Edge;

/// <summary>Readings for the filter, and what the C# filter answers to them, hashed as <c>conformance/replay.c</c> does.</summary>
static class SocRows
{
    /// <summary>Three quarters a plausible drive with gaps and dropouts, then bits of every kind: NaN, infinities, denormals, huge numbers.</summary>
    public static float[] Readings(EdgeCell cell, int count, int seed)
    {
        Random random = new(seed);
        var rows = new float[count * 4];
        float current = 0;
        for (int k = 0; k < count; k++)
        {
            bool isWild = k > count * 3L / 4 && random.Next(4) > 0;
            current = 0.9f * current + cell.CapacityAh * 0.4f * ((float)random.NextDouble() - 0.55f);
            float Pick(float usual) => isWild && random.Next(3) == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : random.Next(5000) == 0 ? float.NaN : usual;
            float middle = 0.5f * (cell.OcvV.Span[10] + cell.OcvV.Span[90]);
            rows[4 * k] = Pick(random.Next(2000) == 0 ? 600 : 1);
            rows[4 * k + 1] = Pick(current);
            rows[4 * k + 2] = Pick(middle + 0.3f * MathF.Sin(k * 1e-3f) + 0.02f * current / cell.CapacityAh);
            rows[4 * k + 3] = Pick(20 + 40 * MathF.Sin(k * 1e-4f));
        }

        return rows;
    }

    /// <summary>Number of rows and the hash of all answers.</summary>
    public static string Hash(EdgeCell cell, float[] rows)
    {
        EdgeCellEstimator estimator = new(cell);
        ulong hash = 14695981039346656037;
        void Add(uint word)
        {
            for (int k = 0; k < 4; k++) hash = (hash ^ ((word >> (8 * k)) & 0xFF)) * 1099511628211;
        }

        for (int k = 0; k < rows.Length; k += 4)
        {
            var answer = estimator.Step(rows[k], rows[k + 1], rows[k + 2], rows[k + 3]);
            Assert.InRange(answer.Soc, 0, 1);
            Assert.InRange(answer.SocDeviation, 0, 1.5f);
            foreach (float value in (ReadOnlySpan<float>)[answer.Soc, answer.SocDeviation, answer.ModelVoltageV, answer.ResidualVoltageV, answer.OffsetA, answer.CoreDegC, answer.ExcessFraction])
                Add(BitConverter.SingleToUInt32Bits(value));
            Add((uint)answer.Validity);
        }

        return $"{rows.Length / 4} {hash:x16}";
    }
}
