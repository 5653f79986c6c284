namespace AiBms.Battery.Estimation.Edge;

/// <summary>The state-of-charge filter of one cell in float: covariance of SOC, sensor offset and slow voltage error.</summary>
/// <remarks>
/// The same circuit and beliefs as <see cref="SocFilter{T}"/> with less to carry: pair voltages and hysteresis are driven, what a load
/// before the start left in them is one number, and it and the excess of all resistances are followed beside the others, each with a variance
/// of its own. What readers see is held within limits at once, the rest by the next prediction, and every divisor is guarded, so that any
/// input whatever leaves a finite state.
/// Sources: Plett, "Battery Management Systems, Volume II", chapter 3; Schmidt's consider parameters in Simon (2006), section 10.2.
/// </remarks>
sealed class EdgeSoc
{
    /// <summary>Numbers that a voltage corrects: SOC, offset, slow error, past load, excess. The first three have a covariance, kept as an upper triangle.</summary>
    const int Gains = 5, Covariances = 6;

    /// <summary>Limits of the state: SOC a little beyond its ends, volts, excess; offset and past load as multiples of their first deviation.</summary>
    const float LowSoc = -0.02f, HighSoc = 1.02f, MostPairV = 2, MostErrorV = 0.5f, LeastExcess = -0.6f, MostExcess = 2, MostDeviations = 20;

    /// <summary>Limits of the covariance.</summary>
    const float LeastVariance = 1e-12f, MostSocVariance = 0.1f, MostErrorV2 = 0.25f, MostVariance = 10000, MostMixed = 1000, LeastExcessVariance = 1e-6f;

    /// <summary>Sections of the OCV's table that its slope is taken over, to each side, at most; factor on the noise, at most.</summary>
    const float MostReach = 8, MostAdapted = 16;

    public float Soc, OffsetA, ErrorV, PastA, PastVariance, Excess, ExcessVariance, Branch, Adapted, ResidualV, VarianceV2, ModelV, OcvV, SlopeV, DropV, SeriesOhm;
    public readonly float[] P = new float[Covariances], PairV = new float[EdgeCell.Pairs];
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
        float past = PastLoad(cell, measuredA), memory = EdgeOcv.CurveNear(cell, 0.5f, now.AboveK).MemoryV;
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
        P[3] = EdgeMath.Clamp(cell.OffsetDeviationA * cell.OffsetDeviationA, LeastVariance, MostVariance);
        P[5] = EdgeMath.Clamp(variance, LeastVariance, MostErrorV2);
        PastVariance = EdgeMath.Clamp(cell.PastLoadDeviationA * cell.PastLoadDeviationA, LeastVariance, MostVariance);
        ExcessVariance = cell.ResistanceVarianceFraction;
    }

    /// <summary>Takes over all that another filter of the same cell knows.</summary>
    public void CopyFrom(EdgeSoc other)
    {
        (Soc, OffsetA, ErrorV, PastA, PastVariance) = (other.Soc, other.OffsetA, other.ErrorV, other.PastA, other.PastVariance);
        (Excess, ExcessVariance) = (other.Excess, other.ExcessVariance);
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
        float trueA = measuredA - OffsetA, perAmpere = EdgeMath.Clamp(now.StepS * now.SocPerAs, 0, 1), kept = now.KeptError;
        Soc = EdgeMath.Clamp(Soc + (trueA > 0 ? cell.ChargeEfficiency : 1) * trueA * perAmpere, LowSoc, HighSoc);
        for (int j = 0; j < EdgeCell.Pairs; j++)
            PairV[j] = EdgeMath.Clamp(now.SettledV[j] + (PairV[j] - now.SettledV[j]) * now.Kept[j], -MostPairV, MostPairV);
        Branch = EdgeMath.Clamp(now.Branch + (Branch - now.Branch) * now.KeptBranch, -1, 1);
        ErrorV *= kept;

        // P ← F·P·Fᵀ + Q: SOC takes the offset in, the slow error fades. Its limits are held here, once a step, whatever a correction before it left.
        var p = P;
        float mixed = p[1] - perAmpere * p[3];
        p[0] = EdgeMath.Clamp(p[0] - perAmpere * (p[1] + mixed) + now.AddedSoc, LeastVariance, MostSocVariance);
        p[1] = EdgeMath.Clamp(mixed, -MostMixed, MostMixed);
        p[2] = EdgeMath.Clamp((p[2] - perAmpere * p[4]) * kept, -MostMixed, MostMixed);
        p[3] = EdgeMath.Clamp(p[3] + now.AddedOffsetA2, LeastVariance, MostVariance);
        p[4] = EdgeMath.Clamp(p[4] * kept, -MostMixed, MostMixed);
        p[5] = EdgeMath.Clamp(p[5] * kept * kept + now.AddedErrorV2, LeastVariance, MostErrorV2);
        PastVariance = EdgeMath.Clamp(PastVariance, LeastVariance, MostVariance);
        ExcessVariance = EdgeMath.Clamp(ExcessVariance + cell.ExcessWalkPerS * now.StepS, LeastExcessVariance, 1);
    }

    /// <summary>OCV and its slope over the sections that the deviation of SOC reaches: a curve bends less over what is not known.</summary>
    float OcvOf(EdgeCell cell, out float slope)
    {
        var ocv = cell.OcvV.Span;
        float place = Soc * (EdgeCell.OcvNodes - 1), wide = MathF.Sqrt(P[0]) * (EdgeCell.OcvNodes - 1);
        int k = (int)EdgeMath.Clamp(place, 0, EdgeCell.OcvNodes - 2), reach = (int)(wide > MostReach ? MostReach : wide);
        int from = Math.Max(k - reach, 0), to = Math.Min(k + reach + 1, EdgeCell.OcvNodes - 1);
        slope = (ocv[to] - ocv[from]) * (EdgeCell.OcvNodes - 1) / (to - from);
        return ocv[k] + (ocv[k + 1] - ocv[k]) * (place - k);
    }

    /// <summary>Takes in a measured voltage.</summary>
    public void Correct(EdgeCell cell, EdgeNow now, float measuredV, float measuredA)
    {
        var p = P;
        var gain = _gain;
        float scale = 1 + Excess;
        float drop = now.ResistanceOhm[0] * (measuredA - OffsetA) + PairV[0] + PairV[1] + PairV[2] + now.LeftOhm * PastA;
        (float thermal, float thermalSlope, float memory) = EdgeOcv.CurveNear(cell, Soc, now.AboveK);
        float total = -(scale * now.TotalOhm), left = scale * now.LeftOhm, noise = now.NoiseV2 * Adapted;
        OcvV = OcvOf(cell, out float slope) + thermal;
        SlopeV = slope += thermalSlope;
        DropV = scale * drop;
        SeriesOhm = now.ResistanceOhm[0];
        ModelV = OcvV + memory * Branch + DropV + ErrorV;
        ResidualV = measuredV - ModelV;
        gain[0] = p[0] * slope + p[1] * total + p[2];
        gain[1] = p[1] * slope + p[3] * total + p[4];
        gain[2] = p[2] * slope + p[4] * total + p[5];
        gain[3] = PastVariance * left;
        gain[4] = ExcessVariance * drop;
        float variance = slope * gain[0] + total * gain[1] + gain[2] + (left * gain[3] + drop * gain[4]);
        variance = EdgeMath.Clamp(noise + EdgeMath.Clamp(variance, 1e-7f, 1e6f), 1e-7f, 1e6f);
        VarianceV2 = variance;

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        float square = ResidualV * ResidualV, far = square * (1f / 16), inverse = 1 / (far < variance ? variance : far);
        Adapted = EdgeMath.Clamp(now.KeptNoise * Adapted + (1 - now.KeptNoise) * (square * inverse), 1, MostAdapted);
        Apply(cell, inverse, inverse * ResidualV);
    }

    /// <summary>Takes in the belief that the past load differed from the assumed one by this much, A.</summary>
    public void TakePast(EdgeCell cell, float pastA, float deviationA)
    {
        float mostPastA = MostDeviations * cell.PastLoadDeviationA, inverse = 1 / EdgeMath.Clamp(PastVariance + deviationA * deviationA, 1e-9f, 1e9f);
        float share = PastVariance * inverse;
        PastA = EdgeMath.Clamp(PastA + share * (pastA - PastA), -mostPastA, mostPastA);
        PastVariance = EdgeMath.Clamp(PastVariance - share * PastVariance, LeastVariance, MostVariance);
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
        ExcessVariance -= gain[4] * inverse * gain[4];
        var p = P;
        float scaled = gain[0] * inverse;
        p[0] = EdgeMath.Clamp(p[0] - scaled * gain[0], LeastVariance, MostSocVariance);
        p[1] -= scaled * gain[1];
        p[2] -= scaled * gain[2];
        scaled = gain[1] * inverse;
        p[3] -= scaled * gain[1];
        p[4] -= scaled * gain[2];
        p[5] -= gain[2] * inverse * gain[2];
        PastVariance -= gain[3] * inverse * gain[3];
    }
}
