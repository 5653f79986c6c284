using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>SOC straight from a trained model; the filter runs beside it and answers wherever the model was not trained.</summary>
public sealed class SocNetworkEstimator : ISocEstimator
{
    /// <summary>Models are trained at one sample a second; after a gap they are not stepped more often than this.</summary>
    const double StepS = 1;
    const int MostSteps = 30;

    /// <summary>Deviation of a guess.</summary>
    const double MostDeviation = 0.29;

    readonly Predictor _predictor;
    readonly SocFeatures _features;
    readonly EkfEstimator<double> _filter;
    readonly ModelBand? _band;
    readonly bool _corrects;
    double _owedS, _soc, _deviation;

    /// <param name="cell">A cell with a circuit.</param>
    /// <param name="file">A SOC model: outputs <c>soc</c> (or <c>soc-correction</c>, added to the filter's) and <c>log-deviation</c>.</param>
    public SocNetworkEstimator(CellType cell, ModelFile file)
    {
        if (file.Outputs.Length != 2 || file.Outputs[1].Name != "log-deviation") throw new ArgumentException($"{file.Id} does not give soc and log-deviation.", nameof(file));
        (_predictor, _filter, _band) = (new(file), new(cell), file.Band);
        _corrects = file.Outputs[0].Name == "soc-correction";
        _features = new(cell, [.. file.Inputs.Select(input => input.Name)], _filter);
        Start(SocStart.Unknown);
    }

    /// <inheritdoc/>
    public void Start(SocStart start)
    {
        _filter.Start(start);
        _features.Start();
        _predictor.Start();
        (_owedS, _soc, _deviation) = (StepS, double.NaN, MostDeviation);
    }

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        var filtered = _filter.Step(sample);
        if (!_features.Step(sample)) return filtered;
        _owedS = Math.Min(MostSteps * StepS, _owedS + _features.StepS);
        for (; _owedS > 0.999 * StepS; _owedS -= StepS)
        {
            var outputs = _predictor.Step(_features.Values);
            (_soc, _deviation) = (outputs[0], Math.Exp(outputs[1]));
        }

        if (!double.IsFinite(_soc) || _predictor.IsOutside(_features.Values)) return filtered with { Validity = SocValidity.OutOfRange };
        double soc = Math.Clamp(_corrects ? filtered.Soc + _soc : _soc, 0, 1), deviation = _deviation;
        if (_band is not null)
        {
            double floor = _band.FloorDeviationAt(_features.TemperatureDegC);
            deviation = _band.FactorAt(_features.TemperatureDegC) * Math.Sqrt(deviation * deviation + floor * floor);
        }

        deviation = Math.Min(MostDeviation, deviation);
        double half = Interval.NinetyPercent * deviation;
        return filtered with { Soc = soc, SocDeviation = deviation, SocLow = Math.Max(0, soc - half), SocHigh = Math.Min(1, soc + half) };
    }
}
