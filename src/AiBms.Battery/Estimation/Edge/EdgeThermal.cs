namespace AiBms.Battery.Estimation.Edge;

/// <summary>Core, case, surroundings and true size of the heat of a cell in float, and their forecast: the C code in <c>firmware/src/thermal.c</c>.</summary>
/// <remarks>The filter of <see cref="Packs.ThermalFilter"/> with every stored number held within limits. A step allocates nothing, never throws and takes any bits whatever.</remarks>
/// <param name="rules">Thermal numbers.</param>
public sealed class EdgeThermal(EdgeThermalRules rules)
{
    const float Probe2 = 0.0225f, StartCore2 = 4, StartAround2 = 4, StartFactor2 = 0.09f, FactorWalk2 = 0.04f, TemperatureWalk2 = 1, HeatShare2 = 0.04f, RecentS = 120;
    const float LeastDegC = -100, MostDegC = 400, LeastFactor = 0.3f, MostFactor = 3, LeastVariance = 1e-9f, MostVariance = 1e4f, MostFactorVariance = 1, MostMixed = 1e4f;
    const float MostHeatW = 1e5f, HoursPerS = 1f / 3600;

    readonly float[] _x = new float[4], _p = new float[10], _core = new float[4], _shell = new float[4], _throughCore = new float[4], _throughShell = new float[4];
    float _heatW;

    /// <summary>False until the first case temperature came.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Temperature inside, of the case, of the surroundings, °C; true heat over told heat.</summary>
    public float CoreDegC => _x[0];

    /// <summary>Temperature of the case, °C.</summary>
    public float CaseDegC => _x[1];

    /// <summary>Temperature that the case gives its heat to, °C.</summary>
    public float SurroundingsDegC => _x[2];

    /// <summary>True heat over told heat.</summary>
    public float HeatFactor => _x[3];

    /// <summary>Heat of a pack's mean cell after its step, W: over its resistances, and what the OCV's dependence on temperature takes or gives.</summary>
    public static float HeatW(EdgeCell cell, EdgePack pack) => HeatOf(cell, pack.MeanEstimator);

    static float HeatOf(EdgeCell cell, EdgeCellEstimator soc)
    {
        float core = EdgeMath.Clamp(soc.CoreDegC, LeastDegC, MostDegC), flown = EdgeMath.Clamp(soc.FlownA, -1e6f, 1e6f), drop = EdgeMath.Clamp(soc.DropV, -10, 10);
        float above2 = 2 * (core - 25);
        (int s, float w) = EdgeMath.Place(soc.FilterSoc * (EdgeCell.SocNodes - 1), EdgeCell.SocNodes - 1);
        var row = cell.Curve.Span[(s * EdgeCell.CurveWidth)..];
        float low = row[EdgeCell.Entropic] + row[EdgeCell.Bend] * above2, high = row[EdgeCell.CurveWidth + EdgeCell.Entropic] + row[EdgeCell.CurveWidth + EdgeCell.Bend] * above2;
        float reversible = (core + 273.15f) * (low + (high - low) * w);
        return EdgeMath.Clamp(flown * (drop + reversible), -MostHeatW, MostHeatW);
    }

    /// <summary>Takes in a step.</summary>
    /// <param name="stepS">Time since the step before, s.</param>
    /// <param name="heatW">Heat as told, W.</param>
    /// <param name="caseDegC">Case, °C; NaN where it is not measured.</param>
    public void Step(float stepS, float heatW, float caseDegC)
    {
        float heldS = EdgeMath.Clamp(stepS, 0, 1e6f), heldW = heatW >= -MostHeatW && heatW <= MostHeatW ? heatW : 0;
        bool hasCase = caseDegC >= -60 && caseDegC <= 150;
        if (!IsRunning)
        {
            if (!hasCase) return;
            Begin(caseDegC);
            _heatW = heldW;
            return;
        }

        _heatW = EdgeMath.Clamp(_heatW + (heldW - _heatW) * heldS / (heldS + RecentS), -MostHeatW, MostHeatW);
        Predict(heldS, heldW);
        Hold();
        if (!hasCase) return;
        Correct(caseDegC);
        Hold();
    }

    /// <summary>Temperatures after a time of constant heat; null before the first case temperature.</summary>
    /// <param name="heatW">W; NaN: as in the last two minutes.</param>
    /// <param name="timeS">Time ahead, s.</param>
    public EdgeThermalAhead? Forecast(float heatW, float timeS)
    {
        if (!IsRunning) return null;
        float heldS = EdgeMath.Clamp(timeS, 0, 1e6f), heldW = heatW >= -MostHeatW && heatW <= MostHeatW ? heatW : _heatW;
        SetShare(heldS);
        _core[3] *= heldW;
        _shell[3] *= heldW;
        return new(EdgeMath.Clamp(Mean(_core, _x), LeastDegC, MostDegC), EdgeMath.Clamp(Mean(_shell, _x), LeastDegC, MostDegC), Deviation(_core, heldS), Deviation(_shell, heldS));
    }

    float Deviation(float[] h, float timeS)
    {
        float hours = timeS * HoursPerS, ofHeat = h[3] * _x[3];
        Through(h, _throughCore);
        float sum = Mean(_throughCore, h) + TemperatureWalk2 * hours + HeatShare2 * ofHeat * ofHeat + h[2] * h[2] * rules.SurroundingsWalkK2PerH * hours;
        return sum >= 0 ? MathF.Sqrt(sum) : 0;
    }

    void Begin(float caseDegC)
    {
        IsRunning = true;
        (_x[0], _x[1], _x[2], _x[3]) = (caseDegC, caseDegC, caseDegC, 1);

        // A case that has been warming has a warmer core: both are off together.
        (_p[0], _p[1], _p[4], _p[7], _p[9]) = (StartCore2 + Probe2, Probe2, Probe2, StartAround2, StartFactor2);
    }

    void SetShare(float stepS)
    {
        float slow = EdgeMath.Decay(rules.SlowPerS * stepS), fast = EdgeMath.Decay(rules.FastPerS * stepS), above = rules.CaseKPerW + rules.CoreKPerW;
        _core[0] = rules.CoreSlowFraction * slow + (1 - rules.CoreSlowFraction) * fast;
        _core[1] = rules.CoreOfCaseFactor * (slow - fast);
        _core[2] = 1 - _core[0] - _core[1];
        _core[3] = above - _core[0] * above - _core[1] * rules.CaseKPerW;
        _shell[0] = rules.CaseOfCoreFactor * (slow - fast);
        _shell[1] = rules.CaseSlowFraction * slow + (1 - rules.CaseSlowFraction) * fast;
        _shell[2] = 1 - _shell[0] - _shell[1];
        _shell[3] = rules.CaseKPerW - _shell[0] * above - _shell[1] * rules.CaseKPerW;
    }

    void Predict(float stepS, float heatW)
    {
        var p = _p;
        float hours = stepS * HoursPerS;
        SetShare(stepS);
        _core[3] *= heatW;
        _shell[3] *= heatW;
        (_x[0], _x[1]) = (Mean(_core, _x), Mean(_shell, _x));
        Through(_core, _throughCore);
        Through(_shell, _throughShell);

        // Surroundings and factor stay as they are: of F·P·Fᵀ only what core and case take part in is another.
        p[0] = Mean(_throughCore, _core) + TemperatureWalk2 * hours;
        p[1] = Mean(_throughShell, _core);
        p[2] = _throughCore[2];
        p[3] = _throughCore[3];
        p[4] = Mean(_throughShell, _shell) + TemperatureWalk2 * hours;
        p[5] = _throughShell[2];
        p[6] = _throughShell[3];
        p[7] += rules.SurroundingsWalkK2PerH * hours;
        p[9] += FactorWalk2 * hours;
    }

    void Correct(float caseDegC)
    {
        var p = _p;
        float g0 = p[1], g1 = p[4], g2 = p[5], g3 = p[6], residual = caseDegC - _x[1], variance = p[4] + Probe2, square = residual * residual * 0.0625f;

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        if (square > variance) variance = square;
        float inverse = 1 / EdgeMath.Clamp(variance, 1e-9f, 1e12f), step = inverse * residual;
        _x[0] += g0 * step;
        _x[1] += g1 * step;
        _x[2] += g2 * step;
        _x[3] += g3 * step;
        float scaled = g0 * inverse;
        p[0] -= scaled * g0;
        p[1] -= scaled * g1;
        p[2] -= scaled * g2;
        p[3] -= scaled * g3;
        scaled = g1 * inverse;
        p[4] -= scaled * g1;
        p[5] -= scaled * g2;
        p[6] -= scaled * g3;
        scaled = g2 * inverse;
        p[7] -= scaled * g2;
        p[8] -= scaled * g3;
        p[9] -= g3 * inverse * g3;
    }

    void Hold()
    {
        var p = _p;
        for (int k = 0; k < 3; k++) _x[k] = EdgeMath.Clamp(_x[k], LeastDegC, MostDegC);
        _x[3] = EdgeMath.Clamp(_x[3], LeastFactor, MostFactor);
        for (int k = 0; k < p.Length; k++) p[k] = EdgeMath.Clamp(p[k], -MostMixed, MostMixed);
        p[0] = EdgeMath.Clamp(p[0], LeastVariance, MostVariance);
        p[4] = EdgeMath.Clamp(p[4], LeastVariance, MostVariance);
        p[7] = EdgeMath.Clamp(p[7], LeastVariance, MostVariance);
        p[9] = EdgeMath.Clamp(p[9], LeastVariance, MostFactorVariance);
    }

    /// <summary>h·P, a row of four.</summary>
    void Through(float[] h, float[] to)
    {
        var p = _p;
        to[0] = h[0] * p[0] + h[1] * p[1] + (h[2] * p[2] + h[3] * p[3]);
        to[1] = h[0] * p[1] + h[1] * p[4] + (h[2] * p[5] + h[3] * p[6]);
        to[2] = h[0] * p[2] + h[1] * p[5] + (h[2] * p[7] + h[3] * p[8]);
        to[3] = h[0] * p[3] + h[1] * p[6] + (h[2] * p[8] + h[3] * p[9]);
    }

    static float Mean(float[] h, float[] x) => h[0] * x[0] + h[1] * x[1] + (h[2] * x[2] + h[3] * x[3]);
}
