namespace AiBms.Battery.Estimation.Packs;

/// <summary>What is usual for a temperature difference at a given heat: offset + K/W · heat, learnt with how sure it is.</summary>
/// <remarks>
/// Bayesian straight line (Bishop, "Pattern Recognition and Machine Learning" (2006), section 3.3): offset and slope begin with a belief,
/// so that what was seen at hardly any heat says nothing of what much heat does. What is wrong does not become usual.
/// </remarks>
sealed class UsualLine(double slopeDeviationKPerW, FindingOptions options)
{
    /// <summary>Belief of the offset, K; smallest noise ever believed, K; samples closer than this say the same, s.</summary>
    const double OffsetDeviationK = 0.5, LeastNoiseK = 0.1, SameS = 600, DoubtShare = 0.1, MostNoise = 4;

    double _one, _heat, _heat2, _k, _kHeat, _squares, _seenS;

    /// <summary>Forgets everything.</summary>
    public void Start() => (_one, _heat, _heat2, _k, _kHeat, _squares, _seenS) = (0, 0, 0, 0, 0, 0, 0);

    /// <summary>Keeps what was seen, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        (_one, _heat, _heat2) = (tape.Value(_one), tape.Value(_heat), tape.Value(_heat2));
        (_k, _kHeat, _squares, _seenS) = (tape.Value(_k), tape.Value(_kHeat), tape.Value(_squares), tape.Value(_seenS));
    }

    /// <summary>How far a difference is beyond the usual one and what it has to exceed; the usual follows where it does not.</summary>
    /// <param name="nowK">The difference, K.</param>
    /// <param name="heatW">Heat, W.</param>
    /// <param name="leastK">Smallest excess that counts, K.</param>
    /// <param name="passedS">Time since the last call, s.</param>
    public (double BeyondK, double ThresholdK) Beyond(double nowK, double heatW, double leastK, double passedS)
    {
        double noise2 = (LeastNoiseK * LeastNoiseK + _squares) / (1 + _one);
        double p0 = noise2 / (OffsetDeviationK * OffsetDeviationK) + _one, p2 = noise2 / (slopeDeviationKPerW * slopeDeviationKPerW) + _heat2, determinant = p0 * p2 - _heat * _heat;
        double offset = (p2 * _k - _heat * _kHeat) / determinant, perW = (p0 * _kHeat - _heat * _k) / determinant, beyond = nowK - offset - perW * heatW;

        // How unsure the line is here, in units of the noise: far from what was seen it says little.
        double reach = 1 + (p2 - 2 * _heat * heatW + p0 * heatW * heatW) / determinant, threshold = Math.Max(leastK, options.CoolingDeviationScale * Math.Sqrt(noise2 * reach));
        _seenS += passedS;
        bool isLearning = _seenS < options.CoolingLearnS;
        if (beyond > threshold && !isLearning) return (beyond, threshold);
        double kept = Math.Exp(-passedS / options.CoolingUsualS), added = passedS / SameS;

        // What may be the beginning of a fault teaches little, and noise grows only slowly by what is beyond it.
        if (beyond > threshold / 2 && !isLearning) added *= DoubtShare;
        (_one, _heat, _heat2) = (kept * _one + added, kept * _heat + added * heatW, kept * _heat2 + added * heatW * heatW);
        (_k, _kHeat, _squares) = (kept * _k + added * nowK, kept * _kHeat + added * nowK * heatW, kept * _squares + added * Math.Min(beyond * beyond / reach, MostNoise * noise2));
        return (isLearning ? 0 : beyond, threshold);
    }
}
