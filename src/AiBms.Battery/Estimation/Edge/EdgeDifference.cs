namespace AiBms.Battery.Estimation.Edge;

/// <summary>Filter of one cell's difference from the mean cell in float: SOC, relative resistance, mean capacity over its own less 1, slow voltage error.</summary>
/// <remarks>
/// The form of <see cref="Packs.DifferenceFilters"/> without the leak, which a float cannot count up in steps of a second: what a cell loses
/// unseen is a walk of its SOC here. Operation for operation the C code in <c>firmware/src/pack.c</c>.
/// </remarks>
sealed class EdgeDifference
{
    /// <summary>What is believed of how cells differ; variances, walks by the hour.</summary>
    public const float StartSoc2 = 0.01f, Resistance2 = 0.0144f, Inverse2 = 0.0009f, LeastInverse2 = 1.6e-5f, OcvError2 = 1.6e-5f, DropError2 = 0.01f, Noise2 = 2.25e-6f;

    const float MostSoc = 1.2f, LeastResistance = -0.9f, MostResistance = 10, LeastInverse = -0.8f, MostInverse = 4, MostErrorV = 1;
    const float LeastVariance = 1e-14f, MostVariance = 1, MostMixed = 1;

    public float Soc, Resistance, Inverse, ErrorV, OcvV, MissingS;
    public bool IsSeen, IsTrusted;
    public readonly float[] P = new float[10];

    /// <summary>Variances of SOC and of the inverse capacity, within their limits.</summary>
    public float SocVariance => EdgeMath.Clamp(P[0], LeastVariance, MostVariance);
    public float InverseVariance => EdgeMath.Clamp(P[7], LeastInverse2, MostVariance);

    /// <summary>Nothing is known.</summary>
    public void Begin()
    {
        (Soc, Resistance, Inverse, ErrorV, OcvV, MissingS, IsSeen, IsTrusted) = (0, 0, 0, 0, 0, 0, false, false);
        Array.Clear(P);
        (P[0], P[4], P[7], P[9]) = (StartSoc2, Resistance2, Inverse2, OcvError2);
    }

    /// <summary>Voltage of a cell with all that is known of its difference taken off, V.</summary>
    public float AsMean(float voltageV, float dropV) => voltageV - OcvV - dropV * Resistance - ErrorV;

    /// <summary>Advances: SOC takes the capacity's difference in, the slow error fades. The limits of P are held here, once a step.</summary>
    public void Predict(in EdgePackPace now)
    {
        var p = P;
        float mixed = now.Change * p[7] + p[2], kept = now.Kept;
        Soc = EdgeMath.Clamp(Soc + now.Change * Inverse, -MostSoc, MostSoc);
        ErrorV *= kept;
        p[0] = EdgeMath.Clamp(now.Change * (p[2] + mixed) + p[0] + now.WalkSoc, LeastVariance, MostVariance);
        p[1] = Mixed(p[1] + now.Change * p[5]);
        p[2] = Mixed(mixed);
        p[3] = Mixed((now.Change * p[8] + p[3]) * kept);
        p[4] = EdgeMath.Clamp(p[4] + now.WalkResistance, LeastVariance, MostVariance);
        p[5] = Mixed(p[5]);
        p[6] = Mixed(p[6] * kept);
        p[7] = EdgeMath.Clamp(p[7], LeastInverse2, MostVariance);
        p[8] = Mixed(p[8] * kept);
        p[9] = EdgeMath.Clamp(p[9] * now.Kept2 + now.Error2, LeastVariance, MostVariance);
    }

    /// <summary>What was not seen: a resistor that was on, a tap that is not believed.</summary>
    public void MoveUnseen(in EdgePackPace now, bool isBleeding)
    {
        if (!isBleeding) MissingS = EdgeMath.Clamp(MissingS + EdgeMath.Clamp(now.StepS, 0.001f, 1e7f), 0, 1e9f);
        else if (IsSeen) Soc = EdgeMath.Clamp(Soc - now.Bled, -MostSoc, MostSoc);
    }

    /// <summary>Takes in what the cell's voltage says beyond what all cells share, V.</summary>
    public void Correct(float residualV, float slope, float drop)
    {
        var p = P;
        float z = p[0] * slope + p[1] * drop + p[3], r = p[1] * slope + p[4] * drop + p[6];
        float c = p[2] * slope + p[5] * drop + p[8], b = p[3] * slope + p[6] * drop + p[9];
        float variance = EdgeMath.Clamp(slope * z + drop * r + b + (DropError2 * drop * drop + Noise2), Noise2, 1e6f);

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        float inverse = 1 / EdgeMath.Clamp(residualV * residualV * 0.0625f, variance, 1e6f), step = inverse * residualV;
        Soc = EdgeMath.Clamp(Soc + z * step, -MostSoc, MostSoc);
        Resistance = EdgeMath.Clamp(Resistance + r * step, LeastResistance, MostResistance);
        Inverse = EdgeMath.Clamp(Inverse + c * step, LeastInverse, MostInverse);
        ErrorV = EdgeMath.Clamp(ErrorV + b * step, -MostErrorV, MostErrorV);
        float scaled = z * inverse;
        p[0] -= scaled * z;
        p[1] -= scaled * r;
        p[2] -= scaled * c;
        p[3] -= scaled * b;
        scaled = r * inverse;
        p[4] -= scaled * r;
        p[5] -= scaled * c;
        p[6] -= scaled * b;
        scaled = c * inverse;
        p[7] -= scaled * c;
        p[8] -= scaled * b;
        p[9] -= b * inverse * b;
    }

    static float Mixed(float value) => EdgeMath.Clamp(value, -MostMixed, MostMixed);
}
