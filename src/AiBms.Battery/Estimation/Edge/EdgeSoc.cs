namespace AiBms.Battery.Estimation.Edge;

/// <summary>The state-of-charge filter of one cell in float: covariance of SOC, sensor offset and slow voltage error; the rest of the circuit follows the current.</summary>
/// <remarks>
/// The same circuit and beliefs as <see cref="SocFilter{T}"/> with less to carry: pair voltages and hysteresis are driven, resistances
/// are uncertain by a known size instead of being followed, one filter starts where the OCV says instead of nine side by side. Every
/// stored number is clamped and every divisor is guarded, so that any input whatever leaves a finite state.
/// Sources: Plett, "Battery Management Systems, Volume II", chapter 3; Schmidt's consider parameters in Simon (2006), section 10.2.
/// </remarks>
sealed class EdgeSoc
{
    /// <summary>Limits of the state: SOC a little beyond its ends, volts, the offset as a multiple of its first deviation.</summary>
    const float LowSoc = -0.02f, HighSoc = 1.02f, MostPairV = 2, MostErrorV = 0.5f, MostOffset = 20;

    /// <summary>Limits of the variances.</summary>
    const float LeastVariance = 1e-12f, MostSocVariance = 0.1f, MostErrorV2 = 0.25f, MostOffsetVariance = 400;

    public float Soc, OffsetA, ErrorV, Branch, Adapted, ResidualV, ModelV, OcvV, SlopeV;
    public float SocVariance, SocOffset, SocError, OffsetVariance, OffsetError, ErrorVariance;
    public readonly float[] PairV = new float[EdgeCell.Pairs];

    /// <summary>Starts from a belief about SOC, with pairs driven by the past load and as uncertain as that is.</summary>
    /// <param name="cell">Parameters.</param>
    /// <param name="now">Circuit at the start.</param>
    /// <param name="soc">SOC, 0…1.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <param name="measuredA">Current at the start, A.</param>
    public void Begin(EdgeCell cell, EdgeNow now, float soc, float deviation, float measuredA)
    {
        Soc = EdgeMath.Clamp(soc, LowSoc, HighSoc);
        (OffsetA, ErrorV, Branch, Adapted, ResidualV, ModelV, OcvV, SlopeV) = (0, 0, 0, 1, 0, 0, 0, 0);
        SocVariance = EdgeMath.Clamp(deviation * deviation, LeastVariance, MostSocVariance);
        OffsetVariance = EdgeMath.Clamp(cell.OffsetDeviationA * cell.OffsetDeviationA, LeastVariance, MostOffsetVariance);
        (SocOffset, SocError, OffsetError) = (0, 0, 0);

        // A cell found under load has been discharged for a while; one found at rest may have rested or just stopped.
        float size = measuredA < 0 ? -measuredA : measuredA;
        float past = size > cell.CapacityAh * 0.05f ? -cell.PastLoadA : -cell.PastLoadA * (1f / 3);
        float variance = now.LoadErrorV2 + 0.36f * MemoryV2(cell, now);
        for (int j = 0; j < EdgeCell.Pairs; j++)
        {
            // now.Kept holds what is left after the first current has flowed for some seconds.
            float left = now.ResistanceOhm[1 + j] * past, spread = now.ResistanceOhm[1 + j] * cell.PastLoadDeviationA * now.Kept[j];
            float fresh = 0.3f * now.SettledV[j] * (1 - now.Kept[j]);
            PairV[j] = EdgeMath.Clamp(now.SettledV[j] + (left - now.SettledV[j]) * now.Kept[j], -MostPairV, MostPairV);
            variance += spread * spread + fresh * fresh;
        }

        ErrorVariance = EdgeMath.Clamp(variance, LeastVariance, MostErrorV2);
    }

    /// <summary>Puts an unknown SOC where the OCV has the voltage less its drops; what is unsure of the voltage is unsure of the SOC, together.</summary>
    public void Find(EdgeCell cell, EdgeNow now, float measuredV, float measuredA)
    {
        float ocv = measuredV - now.ResistanceOhm[0] * measuredA - PairV[0] - PairV[1] - PairV[2];
        float deviation = MathF.Sqrt(ErrorVariance + now.NoiseV2);
        float low = EdgeOcv.SocAt(cell, ocv - deviation, now.AboveK), high = EdgeOcv.SocAt(cell, ocv + deviation, now.AboveK);
        float half = EdgeMath.Clamp((high - low) * 0.5f, 0.005f, 0.29f);
        Soc = EdgeOcv.SocAt(cell, ocv, now.AboveK);
        float perV = half / EdgeMath.Clamp(deviation, 1e-4f, 1);
        SocVariance = EdgeMath.Clamp(half * half, LeastVariance, MostSocVariance);
        SocError = EdgeMath.Clamp(-ErrorVariance * perV, -1, 1);
        SocOffset = EdgeMath.Clamp(OffsetVariance * now.TotalOhm * perV, -10, 10);
    }

    /// <summary>Advances over one step of constant current.</summary>
    public void Predict(EdgeCell cell, EdgeNow now, float measuredA)
    {
        float trueA = measuredA - OffsetA, perAmpere = now.StepS * cell.SocPerAs, kept = now.KeptError;
        Soc = EdgeMath.Clamp(Soc + (trueA > 0 ? cell.ChargeEfficiency : 1) * trueA * perAmpere, LowSoc, HighSoc);
        for (int j = 0; j < EdgeCell.Pairs; j++)
            PairV[j] = EdgeMath.Clamp(now.SettledV[j] + (PairV[j] - now.SettledV[j]) * now.Kept[j], -MostPairV, MostPairV);
        Branch = EdgeMath.Clamp(now.Branch + (Branch - now.Branch) * now.KeptBranch, -1, 1);
        ErrorV *= kept;

        // P ← F·P·Fᵀ + Q with F = [1 −c 0; 0 1 0; 0 0 kept].
        float mixed = SocOffset - perAmpere * OffsetVariance;
        SocVariance = SocVariance - perAmpere * (SocOffset + mixed) + now.AddedSoc;
        SocError = (SocError - perAmpere * OffsetError) * kept;
        SocOffset = mixed;
        OffsetVariance += now.AddedOffsetA2;
        OffsetError *= kept;
        ErrorVariance = ErrorVariance * kept * kept + now.AddedErrorV2;
    }

    /// <summary>Takes in a measured voltage.</summary>
    public void Correct(EdgeCell cell, EdgeNow now, float measuredV, float measuredA)
    {
        float drop = now.ResistanceOhm[0] * (measuredA - OffsetA) + PairV[0] + PairV[1] + PairV[2];
        float width = EdgeMath.Clamp(MathF.Sqrt(SocVariance), 0.01f, 0.08f);
        float above = EdgeOcv.AtReference(cell, Soc + width), below = EdgeOcv.AtReference(cell, Soc - width);
        (float thermal, float thermalSlope, float memory) = EdgeOcv.Curve(cell, Soc, now.AboveK);
        OcvV = EdgeOcv.AtReference(cell, Soc) + thermal;
        SlopeV = (above - below) / (width + width) + thermalSlope;
        ModelV = OcvV + memory * Branch + drop + ErrorV;
        ResidualV = measuredV - ModelV;

        float slope = SlopeV, total = -now.TotalOhm, noise = now.NoiseV2 * Adapted;
        float gainSoc = SocVariance * slope + SocOffset * total + SocError;
        float gainOffset = SocOffset * slope + OffsetVariance * total + OffsetError;
        float gainError = SocError * slope + OffsetError * total + ErrorVariance;
        float variance = noise + (slope * gainSoc + total * gainOffset + gainError);
        if (!(variance > noise)) variance = noise;

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        float square = ResidualV * ResidualV, believed = square * (1f / 16), least = EdgeMath.Clamp(variance, 1e-7f, 1e6f);
        float inverse = 1 / EdgeMath.Clamp(believed > least ? believed : least, 1e-7f, 1e6f), step = inverse * ResidualV;
        Adapted = EdgeMath.Clamp(now.KeptNoise * Adapted + (1 - now.KeptNoise) * (square > 25 * least ? 25 : square / least), 1, 25);
        Apply(cell, gainSoc, gainOffset, gainError, inverse, step);
    }

    void Apply(EdgeCell cell, float gainSoc, float gainOffset, float gainError, float inverse, float step)
    {
        float mostA = MostOffset * cell.OffsetDeviationA, scaled = gainSoc * inverse;
        Soc = EdgeMath.Clamp(Soc + gainSoc * step, LowSoc, HighSoc);
        OffsetA = EdgeMath.Clamp(OffsetA + gainOffset * step, -mostA, mostA);
        ErrorV = EdgeMath.Clamp(ErrorV + gainError * step, -MostErrorV, MostErrorV);
        SocVariance = EdgeMath.Clamp(SocVariance - scaled * gainSoc, LeastVariance, MostSocVariance);
        SocOffset = EdgeMath.Clamp(SocOffset - scaled * gainOffset, -10, 10);
        SocError = EdgeMath.Clamp(SocError - scaled * gainError, -1, 1);
        scaled = gainOffset * inverse;
        OffsetVariance = EdgeMath.Clamp(OffsetVariance - scaled * gainOffset, LeastVariance, MostOffsetVariance);
        OffsetError = EdgeMath.Clamp(OffsetError - scaled * gainError, -10, 10);
        ErrorVariance = EdgeMath.Clamp(ErrorVariance - gainError * inverse * gainError, LeastVariance, MostErrorV2);
    }

    /// <summary>Keeps the state within its limits where no voltage was taken in.</summary>
    public void Hold(EdgeCell cell) => Apply(cell, 0, 0, 0, 0, 0);

    /// <summary>Widens the SOC, for what happened unseen.</summary>
    public void Widen(float deviation) => SocVariance = EdgeMath.Clamp(SocVariance + deviation * deviation, LeastVariance, MostSocVariance);

    static float MemoryV2(EdgeCell cell, EdgeNow now)
    {
        float memory = EdgeOcv.Curve(cell, 0.5f, now.AboveK).MemoryV;
        return memory * memory;
    }
}
