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

    public float Soc, Resistance, Inverse, ErrorV, Seen, OcvV, MissingS;
    public bool IsSeen;
    public readonly float[] P = new float[10];

    /// <summary>1 and the inverse capacity within its limits.</summary>
    public float InverseFactor => 1 + EdgeMath.Clamp(Inverse, LeastInverse, MostInverse);

    /// <summary>Nothing is known.</summary>
    public void Begin()
    {
        (Soc, Resistance, Inverse, ErrorV, Seen, OcvV, MissingS, IsSeen) = (0, 0, 0, 0, 0, 0, 0, false);
        Array.Clear(P);
        (P[0], P[4], P[7], P[9]) = (StartSoc2, Resistance2, Inverse2, OcvError2);
    }

    /// <summary>Voltage of a cell with all that is known of its difference taken off, V.</summary>
    public float AsMean(float voltageV, float dropV) => voltageV - OcvV - dropV * Resistance - ErrorV;

    /// <summary>Advances: SOC takes the capacity's difference in, the slow error fades.</summary>
    public void Predict(in EdgePackPace now)
    {
        var p = P;
        float mixed = now.Change * p[7] + p[2];
        Soc = EdgeMath.Clamp(Soc + now.Change * Inverse, -MostSoc, MostSoc);
        ErrorV *= now.Kept;
        p[0] = now.Change * (p[2] + mixed) + p[0] + now.WalkSoc;
        p[1] += now.Change * p[5];
        p[2] = mixed;
        p[3] = (now.Change * p[8] + p[3]) * now.Kept;
        p[4] += now.WalkResistance;
        p[6] *= now.Kept;
        p[8] *= now.Kept;
        p[9] = p[9] * now.Kept2 + now.Error2;
    }

    /// <summary>What was not seen: a resistor that was on, a tap that is not believed.</summary>
    public void MoveUnseen(in EdgePackPace now, bool isTrusted, bool isBleeding)
    {
        if (isTrusted)
        {
            (IsSeen, MissingS) = (true, 0);
            return;
        }

        if (isBleeding && IsSeen) Soc = EdgeMath.Clamp(Soc - now.Bled, -MostSoc, MostSoc);
        if (!isBleeding) MissingS = EdgeMath.Clamp(MissingS + EdgeMath.Clamp(now.StepS, 0.001f, 1e7f), 0, 1e9f);
        var p = P;
        p[0] = EdgeMath.Clamp(p[0], LeastVariance, MostVariance);
        for (int j = 1; j < 4; j++) p[j] = EdgeMath.Clamp(p[j], -MostMixed, MostMixed);
        p[4] = EdgeMath.Clamp(p[4], LeastVariance, MostVariance);
        p[9] = EdgeMath.Clamp(p[9], LeastVariance, MostVariance);
    }

    /// <summary>Takes in what the cell's voltage says beyond what all cells share, V.</summary>
    public void Correct(float residualV, float slope, float drop)
    {
        var p = P;
        float z = p[0] * slope + p[1] * drop + p[3], r = p[1] * slope + p[4] * drop + p[6];
        float c = p[2] * slope + p[5] * drop + p[8], b = p[3] * slope + p[6] * drop + p[9];
        float variance = EdgeMath.Clamp(slope * z + drop * r + b + (DropError2 * drop * drop + Noise2), Noise2, 1e6f), square = residualV * residualV;
        float seen = square < 100 * variance ? square / variance : 100;
        Seen = EdgeMath.Clamp(Seen + 0.02f * (seen - Seen), 0, 100);

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        float inverse = 1 / EdgeMath.Clamp(square * 0.0625f, variance, 1e6f), step = inverse * residualV;
        Soc = EdgeMath.Clamp(Soc + z * step, -MostSoc, MostSoc);
        Resistance = EdgeMath.Clamp(Resistance + r * step, LeastResistance, MostResistance);
        Inverse = EdgeMath.Clamp(Inverse + c * step, LeastInverse, MostInverse);
        ErrorV = EdgeMath.Clamp(ErrorV + b * step, -MostErrorV, MostErrorV);
        float scaled = z * inverse;
        p[0] = EdgeMath.Clamp(p[0] - scaled * z, LeastVariance, MostVariance);
        p[1] = EdgeMath.Clamp(p[1] - scaled * r, -MostMixed, MostMixed);
        p[2] = EdgeMath.Clamp(p[2] - scaled * c, -MostMixed, MostMixed);
        p[3] = EdgeMath.Clamp(p[3] - scaled * b, -MostMixed, MostMixed);
        scaled = r * inverse;
        p[4] = EdgeMath.Clamp(p[4] - scaled * r, LeastVariance, MostVariance);
        p[5] = EdgeMath.Clamp(p[5] - scaled * c, -MostMixed, MostMixed);
        p[6] = EdgeMath.Clamp(p[6] - scaled * b, -MostMixed, MostMixed);
        scaled = c * inverse;
        p[7] = EdgeMath.Clamp(p[7] - scaled * c, LeastInverse2, MostVariance);
        p[8] = EdgeMath.Clamp(p[8] - scaled * b, -MostMixed, MostMixed);
        p[9] = EdgeMath.Clamp(p[9] - b * inverse * b, LeastVariance, MostVariance);
    }
}
