namespace AiBms.Battery.Estimation.Edge;

/// <summary>The state-of-charge filter of one cell in float: covariance of SOC, sensor offset, slow voltage error and past load.</summary>
/// <remarks>
/// The same circuit and beliefs as <see cref="SocFilter{T}"/> with less to carry: pair voltages and hysteresis are driven, what a load
/// before the start left in them is one state, and the excess of all resistances is followed beside the others without covariance. Every
/// stored number is clamped and every divisor is guarded, so that any input whatever leaves a finite state.
/// Sources: Plett, "Battery Management Systems, Volume II", chapter 3; Schmidt's consider parameters in Simon (2006), section 10.2.
/// </remarks>
sealed class EdgeSoc
{
    /// <summary>States with a covariance; the gain has one more, the excess.</summary>
    const int States = 4, Gains = 5;

    /// <summary>Limits of the state: SOC a little beyond its ends, volts, excess; offset and past load as multiples of their first deviation.</summary>
    const float LowSoc = -0.02f, HighSoc = 1.02f, MostPairV = 2, MostErrorV = 0.5f, LeastExcess = -0.6f, MostExcess = 2, MostDeviations = 20;

    /// <summary>Limits of the covariance.</summary>
    const float LeastVariance = 1e-12f, MostSocVariance = 0.1f, MostOffsetVariance = 400, MostErrorV2 = 0.25f, MostPastVariance = 10000, MostMixed = 1000;

    public float Soc, OffsetA, ErrorV, PastA, Excess, ExcessVariance, Branch, Adapted, ResidualV, VarianceV2, ModelV, OcvV, SlopeV, DropV, SeriesOhm;
    public readonly float[] P = new float[States * (States + 1) / 2], PairV = new float[EdgeCell.Pairs];
    readonly float[] _gain = new float[Gains];

    /// <summary>Variance of <see cref="Soc"/>.</summary>
    public float SocVariance => P[0];

    /// <summary>Load assumed before a start at which this current was found, A: a cell found under load has been discharged for a while.</summary>
    public static float PastLoad(EdgeCell cell, float measuredA)
    {
        float size = measuredA < 0 ? -measuredA : measuredA;
        return size > cell.CapacityAh * 0.05f ? -cell.PastLoadA : -cell.PastLoadA * (1f / 3);
    }

    /// <summary>Starts from a belief about SOC, with pairs driven by the past load and as uncertain as that is.</summary>
    /// <param name="cell">Parameters.</param>
    /// <param name="now">Circuit at the start; its decays are those of the first seconds.</param>
    /// <param name="soc">SOC, 0…1.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <param name="measuredA">Current at the start, A.</param>
    public void Begin(EdgeCell cell, EdgeNow now, float soc, float deviation, float measuredA)
    {
        float past = PastLoad(cell, measuredA), memory = EdgeOcv.Curve(cell, 0.5f, now.AboveK).MemoryV;
        float variance = now.LoadErrorV2 + 0.36f * (memory * memory);
        Soc = EdgeMath.Clamp(soc, LowSoc, HighSoc);
        (OffsetA, ErrorV, PastA, Excess, Branch, Adapted, ResidualV, VarianceV2, ModelV, OcvV, SlopeV) = (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
        (DropV, SeriesOhm) = (0, 0);
        Array.Clear(P);
        for (int j = 0; j < EdgeCell.Pairs; j++)
        {
            float left = now.ResistanceOhm[1 + j] * past, fresh = 0.3f * now.SettledV[j] * (1 - now.Kept[j]);
            PairV[j] = EdgeMath.Clamp(now.SettledV[j] + (left - now.SettledV[j]) * now.Kept[j], -MostPairV, MostPairV);
            variance += fresh * fresh;
        }

        P[0] = EdgeMath.Clamp(deviation * deviation, LeastVariance, MostSocVariance);
        P[4] = EdgeMath.Clamp(cell.OffsetDeviationA * cell.OffsetDeviationA, LeastVariance, MostOffsetVariance);
        P[7] = EdgeMath.Clamp(variance, LeastVariance, MostErrorV2);
        P[9] = EdgeMath.Clamp(cell.PastLoadDeviationA * cell.PastLoadDeviationA, LeastVariance, MostPastVariance);
        ExcessVariance = cell.ResistanceVarianceFraction;
    }

    /// <summary>Takes over all that another filter of the same cell knows.</summary>
    public void CopyFrom(EdgeSoc other)
    {
        (Soc, OffsetA, ErrorV, PastA, Excess, ExcessVariance) = (other.Soc, other.OffsetA, other.ErrorV, other.PastA, other.Excess, other.ExcessVariance);
        (Branch, Adapted, ResidualV, VarianceV2, ModelV, OcvV, SlopeV) =
            (other.Branch, other.Adapted, other.ResidualV, other.VarianceV2, other.ModelV, other.OcvV, other.SlopeV);
        (DropV, SeriesOhm) = (other.DropV, other.SeriesOhm);
        other.P.CopyTo(P, 0);
        other.PairV.CopyTo(PairV, 0);
    }

    /// <summary>Puts the SOC somewhere and makes its variance at least this, for a start from several beliefs.</summary>
    public void Place(float soc, float variance)
    {
        Soc = EdgeMath.Clamp(soc, LowSoc, HighSoc);
        if (variance > P[0]) P[0] = EdgeMath.Clamp(variance, LeastVariance, MostSocVariance);
    }

    /// <summary>Advances over one step of constant current.</summary>
    public void Predict(EdgeCell cell, EdgeNow now, float measuredA)
    {
        float trueA = measuredA - OffsetA, perAmpere = EdgeMath.Clamp(now.StepS * cell.SocPerAs, 0, 1), kept = now.KeptError;
        Soc = EdgeMath.Clamp(Soc + (trueA > 0 ? cell.ChargeEfficiency : 1) * trueA * perAmpere, LowSoc, HighSoc);
        for (int j = 0; j < EdgeCell.Pairs; j++)
            PairV[j] = EdgeMath.Clamp(now.SettledV[j] + (PairV[j] - now.SettledV[j]) * now.Kept[j], -MostPairV, MostPairV);
        Branch = EdgeMath.Clamp(now.Branch + (Branch - now.Branch) * now.KeptBranch, -1, 1);
        ErrorV *= kept;

        // P ← F·P·Fᵀ + Q: SOC takes the offset in, the slow error fades.
        var p = P;
        float mixed = p[1] - perAmpere * p[4];
        p[0] = p[0] - perAmpere * (p[1] + mixed) + now.AddedSoc;
        p[1] = mixed;
        p[2] = (p[2] - perAmpere * p[5]) * kept;
        p[3] -= perAmpere * p[6];
        p[4] += now.AddedOffsetA2;
        p[5] *= kept;
        p[7] = p[7] * kept * kept + now.AddedErrorV2;
        p[8] *= kept;
        ExcessVariance += cell.ExcessWalkPerS * now.StepS;
    }

    /// <summary>Takes in a measured voltage.</summary>
    public void Correct(EdgeCell cell, EdgeNow now, float measuredV, float measuredA)
    {
        var p = P;
        var gain = _gain;
        float scale = 1 + Excess;
        float drop = now.ResistanceOhm[0] * (measuredA - OffsetA) + PairV[0] + PairV[1] + PairV[2] + now.LeftOhm * PastA;
        float width = EdgeMath.Clamp(MathF.Sqrt(p[0]), 0.01f, 0.08f);
        (float thermal, float thermalSlope, float memory) = EdgeOcv.Curve(cell, Soc, now.AboveK);
        float slope = (EdgeOcv.AtReference(cell, Soc + width) - EdgeOcv.AtReference(cell, Soc - width)) / (width + width) + thermalSlope;
        float total = -(scale * now.TotalOhm), left = scale * now.LeftOhm, noise = now.NoiseV2 * Adapted;
        OcvV = EdgeOcv.AtReference(cell, Soc) + thermal;
        SlopeV = slope;
        DropV = scale * drop;
        SeriesOhm = now.ResistanceOhm[0];
        ModelV = OcvV + memory * Branch + DropV + ErrorV;
        ResidualV = measuredV - ModelV;
        gain[0] = p[0] * slope + p[1] * total + p[2] + p[3] * left;
        gain[1] = p[1] * slope + p[4] * total + p[5] + p[6] * left;
        gain[2] = p[2] * slope + p[5] * total + p[7] + p[8] * left;
        gain[3] = p[3] * slope + p[6] * total + p[8] + p[9] * left;
        gain[4] = ExcessVariance * drop;
        float variance = slope * gain[0] + total * gain[1] + gain[2] + (left * gain[3] + drop * gain[4]);
        if (!(variance > 0)) variance = 0;
        variance = EdgeMath.Clamp(noise + variance, 1e-7f, 1e6f);
        VarianceV2 = variance;

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        float square = ResidualV * ResidualV, believed = EdgeMath.Clamp(square * (1f / 16), variance, 1e6f);
        float seen = square > 25 * variance ? 25 : square / variance, inverse = 1 / believed;
        Adapted = EdgeMath.Clamp(now.KeptNoise * Adapted + (1 - now.KeptNoise) * seen, 1, 25);
        Apply(cell, inverse, inverse * ResidualV);
    }

    /// <summary>Takes in the belief that the past load differed from the assumed one by this much, A.</summary>
    public void TakePast(EdgeCell cell, float pastA, float deviationA)
    {
        float inverse = 1 / EdgeMath.Clamp(P[9] + deviationA * deviationA, 1e-9f, 1e9f);
        (_gain[0], _gain[1], _gain[2], _gain[3], _gain[4]) = (P[3], P[6], P[8], P[9], 0);
        Apply(cell, inverse, inverse * (pastA - PastA));
    }

    /// <summary>Keeps the state within its limits where no voltage was taken in.</summary>
    public void Hold(EdgeCell cell)
    {
        Array.Clear(_gain);
        Apply(cell, 0, 0);
    }

    /// <summary>Widens the SOC, for what happened unseen.</summary>
    public void Widen(float deviation) => P[0] = EdgeMath.Clamp(P[0] + deviation * deviation, LeastVariance, MostSocVariance);

    void Apply(EdgeCell cell, float inverse, float step)
    {
        var gain = _gain;
        float mostA = MostDeviations * cell.OffsetDeviationA, mostPastA = MostDeviations * cell.PastLoadDeviationA;
        Soc = EdgeMath.Clamp(Soc + gain[0] * step, LowSoc, HighSoc);
        OffsetA = EdgeMath.Clamp(OffsetA + gain[1] * step, -mostA, mostA);
        ErrorV = EdgeMath.Clamp(ErrorV + gain[2] * step, -MostErrorV, MostErrorV);
        PastA = EdgeMath.Clamp(PastA + gain[3] * step, -mostPastA, mostPastA);
        Excess = EdgeMath.Clamp(Excess + gain[4] * step, LeastExcess, MostExcess);
        ExcessVariance = EdgeMath.Clamp(ExcessVariance - gain[4] * inverse * gain[4], 1e-6f, 1);
        var p = P;
        float scaled = gain[0] * inverse;
        p[0] = EdgeMath.Clamp(p[0] - scaled * gain[0], LeastVariance, MostSocVariance);
        for (int j = 1; j < States; j++) p[j] = EdgeMath.Clamp(p[j] - scaled * gain[j], -MostMixed, MostMixed);
        scaled = gain[1] * inverse;
        p[4] = EdgeMath.Clamp(p[4] - scaled * gain[1], LeastVariance, MostOffsetVariance);
        p[5] = EdgeMath.Clamp(p[5] - scaled * gain[2], -MostMixed, MostMixed);
        p[6] = EdgeMath.Clamp(p[6] - scaled * gain[3], -MostMixed, MostMixed);
        scaled = gain[2] * inverse;
        p[7] = EdgeMath.Clamp(p[7] - scaled * gain[2], LeastVariance, MostErrorV2);
        p[8] = EdgeMath.Clamp(p[8] - scaled * gain[3], -MostMixed, MostMixed);
        p[9] = EdgeMath.Clamp(p[9] - gain[3] * inverse * gain[3], LeastVariance, MostPastVariance);
    }
}
