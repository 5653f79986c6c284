using System.Numerics;
using AiBms.Battery.Cells;
using AiBms.Numerics;

namespace AiBms.Battery.Estimation;

/// <summary>Filters that begin side by side from empty to full, until the voltage has said which of them was right.</summary>
/// <remarks>
/// One linearisation cannot span a whole OCV curve: a filter that starts at the wrong end grows sure of itself before it arrives.
/// Source: Gaussian-sum filter, Alspach, Sorenson, IEEE Trans. Automatic Control 17 (1972) 439, doi 10.1109/TAC.1972.1100034.
/// </remarks>
sealed class SocStartBank<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many parts the scale is cut into, in each of which OCV curves are nearly straight; the claim is one more filter.</summary>
    const int Parts = 8, Claim = Parts, Count = Parts + 1;

    /// <summary>How far a claim is trusted before the voltage speaks.</summary>
    const double ClaimTrust = 0.9;

    readonly SocFilter<T>[] _filters = new SocFilter<T>[Count];
    readonly T[] _logWeight = new T[Count], _weight = new T[Count];

    public SocStartBank(CellType cell, SocFilterOptions options)
    {
        for (int k = 0; k < Count; k++) _filters[k] = new(cell, options);
    }

    /// <summary>Mean of the mixture.</summary>
    public T Soc { get; private set; }

    /// <summary>Standard deviation of the mixture.</summary>
    public T SocDeviation { get; private set; }

    /// <summary>True where all others together have become likelier than the claim.</summary>
    public bool IsClaimDoubted { get; private set; }

    /// <summary>The likeliest of them.</summary>
    public SocFilter<T> Best { get; private set; } = null!;

    /// <summary>Begins with every state of charge equally likely, and the claim, if there is one, likelier than all of them.</summary>
    public void Begin(SocStart start, T measuredA, T temperatureDegC)
    {
        // Neighbours overlap so that their sum is flat.
        T width = T.CreateTruncating(0.6 / Parts), unsaid = T.CreateTruncating(start.IsUnknown ? 0 : Math.Log((1 - ClaimTrust) / Parts));
        for (int k = 0; k < Parts; k++)
        {
            _filters[k].Begin(T.CreateTruncating((k + 0.5) / Parts), width, measuredA, temperatureDegC);
            _logWeight[k] = unsaid;
        }

        T claimed = T.CreateTruncating(start.IsUnknown ? 0.5 : start.Soc), deviation = T.CreateTruncating(start.SocDeviation);
        _filters[Claim].Begin(claimed, deviation, measuredA, temperatureDegC);
        _logWeight[Claim] = T.CreateTruncating(start.IsUnknown ? -1e6 : Math.Log(ClaimTrust));
        Mix();
    }

    /// <summary>Advances all of them, as one filter would be.</summary>
    public void Predict(T measuredA, T temperatureDegC, T stepS, T loadShare)
    {
        foreach (var filter in _filters) filter.Predict(measuredA, temperatureDegC, stepS, loadShare);
        Mix();
    }

    /// <summary>Advances all of them unseen, see <see cref="SocFilter{T}.PredictUnseen"/>.</summary>
    public void PredictUnseen(T temperatureDegC, T stepS)
    {
        foreach (var filter in _filters) filter.PredictUnseen(temperatureDegC, stepS);
    }

    /// <summary>Forgets the size of the resistances in all of them.</summary>
    public void WidenResistances(T deviationFraction)
    {
        foreach (var filter in _filters) filter.WidenResistances(deviationFraction);
    }

    /// <summary>Widens all of them.</summary>
    public void WidenSoc(T deviation)
    {
        foreach (var filter in _filters) filter.WidenSoc(deviation);
    }

    /// <summary>Takes in a voltage and weighs the filters by how well they had expected it.</summary>
    public void Correct(T measuredV, T measuredA, T temperatureDegC, T noiseScale)
    {
        T half = T.CreateTruncating(0.5), most = T.CreateTruncating(16);
        for (int k = 0; k < Count; k++)
        {
            var filter = _filters[k];
            filter.Correct(measuredV, measuredA, temperatureDegC, noiseScale);
            T seen = filter.ResidualV / filter.ResidualDeviationV, square = seen * seen;
            if (!(square < most)) square = most;
            _logWeight[k] -= half * square + ReproducibleMath.Log(filter.ResidualDeviationV);
        }

        Mix();
    }

    /// <summary>Tells all of them about the load before the start, see <see cref="SocFilter{T}.CorrectPastLoad"/>.</summary>
    public void CorrectPastLoad(T meanA, T deviationA)
    {
        T half = T.CreateTruncating(0.5);
        for (int k = 0; k < Count; k++)
        {
            // How far each has to move its slow pairs to agree with the load is evidence too.
            T square = _filters[k].CorrectPastLoad(meanA, deviationA);
            _logWeight[k] -= half * square;
        }

        Mix();
    }

    /// <summary>Puts the mixture into one filter: the likeliest, as wide as all.</summary>
    public void MergeInto(SocFilter<T> filter)
    {
        filter.CopyFrom(Best);
        filter.PlaceSoc(Soc);
        T extra = SocDeviation * SocDeviation - Best.SocDeviation * Best.SocDeviation;
        if (extra > T.Zero) filter.WidenSoc(T.Sqrt(extra));
    }

    void Mix()
    {
        int best = 0;
        for (int k = 1; k < Count; k++) if (_logWeight[k] > _logWeight[best]) best = k;
        T highest = _logWeight[best], sum = T.Zero, mean = T.Zero, square = T.Zero;
        for (int k = 0; k < Count; k++)
        {
            _logWeight[k] -= highest;
            _weight[k] = ReproducibleMath.Exp(_logWeight[k]);
            sum += _weight[k];
        }

        IsClaimDoubted = _weight[Claim] + _weight[Claim] < sum;
        for (int k = 0; k < Count; k++) mean += _weight[k] / sum * _filters[k].Soc;
        for (int k = 0; k < Count; k++)
        {
            T off = _filters[k].Soc - mean, deviation = _filters[k].SocDeviation;
            square += _weight[k] / sum * (off * off + deviation * deviation);
        }

        (Soc, SocDeviation, Best) = (mean, T.Sqrt(square), _filters[best]);
    }
}
