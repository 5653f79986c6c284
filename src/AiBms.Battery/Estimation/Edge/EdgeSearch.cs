namespace AiBms.Battery.Estimation.Edge;

/// <summary>An unknown start: four beliefs about SOC side by side for two minutes, weighed by how well each explains the voltage.</summary>
/// <remarks>One filter started in the wrong place reads the OCV curve there; the cold, where drops are large, needs the others to compare with.</remarks>
sealed class EdgeSearch
{
    const int Beliefs = 4;

    /// <summary>Deviation of each, so that neighbours overlap; squared residual in deviations that counts at most; limits of a weight.</summary>
    const float Deviation = 0.15f, MostSeen = 16, LeastWeight = 1e-20f;

    readonly EdgeSoc[] _filters = [.. Enumerable.Range(0, Beliefs).Select(_ => new EdgeSoc())];
    readonly float[] _weight = new float[Beliefs];
    readonly EdgeNow _now = new();

    /// <summary>Spreads the beliefs evenly over 0…1.</summary>
    public void Begin(EdgeCell cell, EdgePace pace, float measuredA, float temperatureDegC)
    {
        for (int k = 0; k < Beliefs; k++)
        {
            float soc = 0.125f + 0.25f * k;
            _now.Set(cell, pace, soc, temperatureDegC, measuredA, 1);
            _filters[k].Begin(cell, _now, soc, Deviation, measuredA);
            _weight[k] = 0.25f;
        }
    }

    /// <summary>Advances every belief over one step.</summary>
    public void Predict(EdgeCell cell, EdgePace pace, float measuredA, float temperatureDegC, float loadShare)
    {
        foreach (var filter in _filters)
        {
            _now.Set(cell, pace, filter.Soc, temperatureDegC, measuredA - filter.OffsetA, loadShare);
            filter.Predict(cell, _now, measuredA);
        }
    }

    /// <summary>Takes in a measured voltage and weighs the beliefs by it.</summary>
    public void Correct(EdgeCell cell, EdgePace pace, float measuredV, float measuredA, float temperatureDegC)
    {
        float sum = 0;
        for (int k = 0; k < Beliefs; k++)
        {
            var filter = _filters[k];
            _now.Set(cell, pace, filter.Soc, temperatureDegC, measuredA - filter.OffsetA, 1);
            filter.Correct(cell, _now, measuredV, measuredA);
            float seen = EdgeMath.Clamp(filter.ResidualV * filter.ResidualV / EdgeMath.Clamp(filter.VarianceV2, 1e-7f, 1e6f), 0, MostSeen);
            _weight[k] = EdgeMath.Clamp(_weight[k] * EdgeMath.Decay(0.5f * seen) / EdgeMath.Clamp(MathF.Sqrt(filter.VarianceV2), 1e-4f, 1e3f), LeastWeight, 1e6f);
            sum += _weight[k];
        }

        for (int k = 0; k < Beliefs; k++) _weight[k] = EdgeMath.Clamp(_weight[k] / EdgeMath.Clamp(sum, LeastWeight, 1e7f), LeastWeight, 1);
    }

    /// <summary>Widens every belief.</summary>
    public void Widen(float deviation)
    {
        foreach (var filter in _filters) filter.Widen(deviation);
    }

    /// <summary>Gives the likeliest belief, with the mean and the spread of all.</summary>
    public void MergeInto(EdgeSoc into)
    {
        int best = 0;
        float mean = 0, variance = 0;
        for (int k = 0; k < Beliefs; k++)
        {
            mean += _weight[k] * _filters[k].Soc;
            if (_weight[k] > _weight[best]) best = k;
        }

        for (int k = 0; k < Beliefs; k++)
        {
            float off = _filters[k].Soc - mean;
            variance += _weight[k] * (_filters[k].SocVariance + off * off);
        }

        into.CopyFrom(_filters[best]);
        into.Place(mean, variance);
    }
}
