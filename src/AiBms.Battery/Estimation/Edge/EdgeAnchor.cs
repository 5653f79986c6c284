namespace AiBms.Battery.Estimation.Edge;

/// <summary>A rest read off the OCV.</summary>
/// <param name="Soc">State of charge, 0…1.</param>
/// <param name="Variance">Its variance; 0 where no rest was read.</param>
readonly record struct EdgeAnchor(float Soc, float Variance)
{
    const int Halvings = 20;
    const float RestError2 = 2.5e-5f, LeftShare = 0.2f, LeastSlopeV = 1e-3f;

    /// <summary>SOC whose rested voltage is this, on the branch of the hysteresis where the cell is.</summary>
    /// <param name="cell">Parameters.</param>
    /// <param name="restV">Voltage with what the pairs still hold taken off, V.</param>
    /// <param name="leftV">What was taken off, V: a fifth of it may be wrong.</param>
    /// <param name="aboveK">Temperature above 25 °C, K.</param>
    /// <param name="branch">Branch of the hysteresis, −1…1.</param>
    public static EdgeAnchor Of(EdgeCell cell, float restV, float leftV, float aboveK, float branch)
    {
        float low = 0, high = 1;
        for (int k = 0; k < Halvings; k++)
        {
            float middle = (low + high) * 0.5f;
            var (thermalV, _, memoryV) = EdgeOcv.Curve(cell, middle, aboveK);
            if (EdgeOcv.AtReference(cell, middle) + thermalV + memoryV * branch < restV) low = middle;
            else high = middle;
        }

        float soc = EdgeMath.Clamp((low + high) * 0.5f, 0, 1), memory = EdgeOcv.Curve(cell, soc, aboveK).MemoryV * 0.5f, left = leftV * LeftShare;
        float slope = EdgeMath.Clamp((EdgeOcv.AtReference(cell, soc + 0.01f) - EdgeOcv.AtReference(cell, soc - 0.01f)) * 50, LeastSlopeV, 1e4f);
        float spread = RestError2 + (memory * memory + left * left);
        return new(soc, EdgeMath.Clamp(spread / (slope * slope), 1e-10f, 1e6f));
    }
}
