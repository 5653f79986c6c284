namespace AiBms.Battery.Estimation.Edge;

/// <summary>Decays that belong to a step length and, where time constants move with it, to a temperature: made anew only when these change.</summary>
sealed class EdgePace
{
    /// <summary>Memory of the load s⁻¹ (300 s), of the noise (120 s).</summary>
    const float LoadPerS = 1f / 300, NoisePerS = 1f / 120;

    /// <summary>Nodes that the place must move before the decays are made anew: a fifth of a kelvin where nodes are 10 K apart.</summary>
    const float LeastMoved = 0.02f;

    /// <summary>The cell type's capacity over the tracked one; 1 where none was told.</summary>
    public float PerCapacity = 1;

    /// <summary>Length of the step, s; negative before the first.</summary>
    public float StepS = -1;

    /// <summary>Place in the table over temperature that the decays belong to.</summary>
    public float Place;

    /// <summary>e^(−step/τ) of each pair, and what is left of each pair's voltage at the start.</summary>
    public readonly float[] Kept = new float[EdgeCell.Pairs], Since = new float[EdgeCell.Pairs];

    /// <summary>What is left of the slow voltage error, of the load's and the noise's memory, of the core's warmth.</summary>
    public float KeptError, KeptLoad, KeptNoise, KeptCore;

    /// <summary>Takes on a step length (s) and a temperature (°C).</summary>
    public void Set(EdgeCell cell, float stepS, float temperatureDegC)
    {
        (int t, float weight) = EdgeMath.Place((temperatureDegC - cell.FirstTemperatureDegC) * cell.TemperaturePerK, cell.TemperatureCount - 1);
        float place = t + weight;
        float moved = place < Place ? Place - place : place - Place;
        if (stepS == StepS && (cell.IsSteady || !(moved > LeastMoved))) return;
        StepS = stepS;
        Place = place;
        var row = cell.Row.Span[(t * EdgeCell.RowWidth)..];
        for (int j = 0; j < EdgeCell.Pairs; j++)
        {
            float tau = row[j] + (row[EdgeCell.RowWidth + j] - row[j]) * weight;
            Kept[j] = EdgeMath.Decay(stepS / EdgeMath.Clamp(tau, 0.01f, 1e6f));
        }

        float usualS = EdgeMath.Clamp(stepS, 0, 60);
        KeptError = EdgeMath.Decay(stepS * cell.ErrorPerS);
        KeptLoad = EdgeMath.Decay(stepS * LoadPerS);
        KeptNoise = EdgeMath.Decay(usualS * NoisePerS);
        KeptCore = EdgeMath.Decay(usualS * cell.CorePerS);
    }

    /// <summary>Begins to count what is left of the load before the start, after the first seconds.</summary>
    public void BeginSince() => Kept.CopyTo(Since, 0);

    /// <summary>Counts one step.</summary>
    public void AdvanceSince()
    {
        for (int j = 0; j < EdgeCell.Pairs; j++) Since[j] = EdgeMath.Clamp(Since[j] * Kept[j], 0, 1);
    }
}
