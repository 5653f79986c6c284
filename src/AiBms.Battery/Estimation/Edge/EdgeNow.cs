namespace AiBms.Battery.Estimation.Edge;

/// <summary>The circuit at one moment: what cells under one temperature and current share, so that a pack computes it once a probe.</summary>
sealed class EdgeNow
{
    /// <summary>Step, s; 0 at a start.</summary>
    public float StepS;

    /// <summary>SOC that an ampere adds in a second, by the tracked capacity.</summary>
    public float SocPerAs;

    /// <summary>Temperature above 25 °C, K.</summary>
    public float AboveK;

    /// <summary>Series and pair resistances, Ω.</summary>
    public readonly float[] ResistanceOhm = new float[EdgeCell.ResistanceWidth];

    /// <summary>All resistances together; what the load before the start still counts for in the pairs, Ω.</summary>
    public float TotalOhm, LeftOhm;

    /// <summary>Voltages that the pairs settle at, V, and what is left of their way there.</summary>
    public readonly float[] SettledV = new float[EdgeCell.Pairs], Kept = new float[EdgeCell.Pairs];

    /// <summary>What is left of the way to the other hysteresis branch; branch that the current leads to, −1, 0 or 1.</summary>
    public float KeptBranch, Branch;

    /// <summary>What is left of the slow error; variance added to it, V²; its variance at a start, V².</summary>
    public float KeptError, AddedErrorV2, LoadErrorV2;

    /// <summary>Variance of the fast voltage error, V²; variance added to SOC by the gain, and to the offset, A².</summary>
    public float NoiseV2, AddedSoc, AddedOffsetA2;

    /// <summary>Memory of the adapted noise.</summary>
    public float KeptNoise;

    /// <summary>Looks everything up.</summary>
    /// <param name="cell">Parameters.</param>
    /// <param name="pace">Decays of this step.</param>
    /// <param name="soc">State of charge of the cells (their mean).</param>
    /// <param name="temperatureDegC">Temperature inside them, °C, finite.</param>
    /// <param name="trueA">Current without the sensor's offset, A, finite.</param>
    /// <param name="loadShare">How loaded the cells have been lately, 0…1.</param>
    public void Set(EdgeCell cell, EdgePace pace, float soc, float temperatureDegC, float trueA, float loadShare)
    {
        (int t, float wt) = EdgeMath.Place((temperatureDegC - cell.FirstTemperatureDegC) * cell.TemperaturePerK, cell.TemperatureCount - 1);
        (int s, float ws) = EdgeMath.Place(soc * (EdgeCell.SocNodes - 1), EdgeCell.SocNodes - 1);
        StepS = pace.StepS;
        SocPerAs = cell.SocPerAs * pace.PerCapacity;
        AboveK = temperatureDegC - 25;

        var cold = cell.ResistanceOhm.Span[((t * EdgeCell.SocNodes + s) * EdgeCell.ResistanceWidth)..];
        var warm = cold[(EdgeCell.SocNodes * EdgeCell.ResistanceWidth)..];
        for (int e = 0; e < EdgeCell.ResistanceWidth; e++)
        {
            float low = cold[e] + (cold[e + EdgeCell.ResistanceWidth] - cold[e]) * ws;
            float high = warm[e] + (warm[e + EdgeCell.ResistanceWidth] - warm[e]) * ws;
            ResistanceOhm[e] = low + (high - low) * wt;
        }

        TotalOhm = ResistanceOhm[0] + ResistanceOhm[1] + ResistanceOhm[2] + ResistanceOhm[3];
        LeftOhm = ResistanceOhm[1] * pace.Since[0] + ResistanceOhm[2] * pace.Since[1] + ResistanceOhm[3] * pace.Since[2];
        var row = cell.Row.Span[(t * EdgeCell.RowWidth)..];
        float knee = row[EdgeCell.Knee] + (row[EdgeCell.RowWidth + EdgeCell.Knee] - row[EdgeCell.Knee]) * wt;
        float load = row[EdgeCell.LoadError] + (row[EdgeCell.RowWidth + EdgeCell.LoadError] - row[EdgeCell.LoadError]) * wt;
        float noise = row[EdgeCell.Noise] + (row[EdgeCell.RowWidth + EdgeCell.Noise] - row[EdgeCell.Noise]) * wt;
        float bent = knee > 0.001f ? knee * EdgeMath.Asinh(trueA / knee) : trueA;
        SettledV[0] = ResistanceOhm[1] * bent;
        SettledV[1] = ResistanceOhm[2] * trueA;
        SettledV[2] = ResistanceOhm[3] * trueA;
        for (int j = 0; j < EdgeCell.Pairs; j++) Kept[j] = pace.Kept[j];

        // e^−x to second order: x is the hysteresis rate times the change of SOC, a thousandth in a usual step.
        float moved = EdgeMath.Clamp(cell.HysteresisRate * SocPerAs * StepS * (trueA < 0 ? -trueA : trueA), 0, 1);
        KeptBranch = 1 - moved + 0.5f * moved * moved;
        Branch = trueA > 0 ? 1 : trueA < 0 ? -1 : 0;
        SetErrors(cell, pace, s, ws, load, noise, trueA, loadShare);
    }

    void SetErrors(EdgeCell cell, EdgePace pace, int s, float ws, float loadV, float noiseV, float trueA, float loadShare)
    {
        var curve = cell.Curve.Span[(s * EdgeCell.CurveWidth + EdgeCell.ErrorFactor)..];
        float load = loadV * (curve[0] + (curve[EdgeCell.CurveWidth] - curve[0]) * ws);
        float rest = cell.RestErrorV < load ? cell.RestErrorV : load;
        LoadErrorV2 = load * load;
        KeptError = pace.KeptError;
        AddedErrorV2 = (rest * rest + (LoadErrorV2 - rest * rest) * loadShare) * (1 - KeptError * KeptError);

        // Resistances are off by their usual share, and each pair by a fifth besides: no table has them everywhere.
        float drop = ResistanceOhm[0] * trueA + SettledV[0];
        float pairsV2 = SettledV[0] * SettledV[0] + SettledV[1] * SettledV[1] + SettledV[2] * SettledV[2];
        NoiseV2 = noiseV * noiseV + cell.ResistanceVarianceFraction * drop * drop + cell.PairVarianceFraction * pairsV2;
        float charge = trueA * SocPerAs;
        AddedSoc = EdgeMath.Clamp(charge * charge * cell.GainVarianceS * StepS, 0, 0.1f);
        AddedOffsetA2 = EdgeMath.Clamp(cell.OffsetWalkA2PerS * StepS, 0, 400);
        KeptNoise = pace.KeptNoise;
    }
}
