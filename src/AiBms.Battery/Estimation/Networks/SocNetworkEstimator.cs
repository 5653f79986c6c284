using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>SOC from a trained model; the filter runs beside it and answers wherever the model was not trained.</summary>
/// <remarks>
/// Five ways, told by the model file: its SOC as it is (output <c>soc</c>), what it adds to the filter's (<c>soc-correction</c>), both weighed by
/// their variances, its SOC with its variance as a measurement in the filter (<see cref="FusionSetting"/>), or the filter with a learned
/// band alone (no outputs).
/// </remarks>
public sealed class SocNetworkEstimator : ISocEstimator
{
    /// <summary>Setting: how long one error of the model lasts, s; its SOC then goes into the filter as a measurement.</summary>
    public const string FusionSetting = "fusion-error-lasts-s";

    /// <summary>Setting: one standard deviation of a model that gives SOC alone, 0…1.</summary>
    public const string DeviationSetting = "deviation";

    /// <summary>Output: logarithm of the deviation of the correction, where a model gives SOC and a correction.</summary>
    public const string CorrectionDeviation = "log-deviation-of-correction";

    /// <summary>Models are trained at one sample a second; after a gap they are not stepped more often than this.</summary>
    const double StepS = 1;
    const int MostSteps = 30;

    /// <summary>Deviation of a guess.</summary>
    const double MostDeviation = 0.29;

    /// <summary>No model knows SOC better than this.</summary>
    const double LeastDeviation = 1e-4;

    readonly ModelFile _file;
    readonly IStepModel? _model;
    readonly SocFeatures _features;
    readonly EkfEstimator<double> _filter;
    readonly AdaptiveWidth? _adaptive;
    readonly bool _corrects, _weighs;
    readonly double _errorLastsS, _toldDeviation;
    double _owedS, _soc, _deviation, _correction, _correctionDeviation, _halfWidth;

    /// <param name="cell">A cell with a circuit.</param>
    /// <param name="file">A SOC model, see the remarks; refused with an <see cref="ArgumentException"/> where it is another.</param>
    /// <param name="model">What runs it; null for the file's own layers or trees.</param>
    public SocNetworkEstimator(CellType cell, ModelFile file, IStepModel? model = null)
    {
        string[] outputs = [.. file.Outputs.Select(output => output.Name)];
        if (!(outputs is [] or ["soc"] or ["soc", "log-deviation"] or ["soc-correction", "log-deviation"] or ["soc", "log-deviation", "soc-correction", CorrectionDeviation])) throw new ArgumentException($"{file.Id} gives {string.Join(", ", outputs)}, which is no state of charge.", nameof(file));
        (_file, _filter) = (file, new(cell));
        _model = outputs.Length == 0 ? null : model ?? new Predictor(file);
        (_corrects, _weighs) = (outputs is ["soc-correction", _], outputs.Length == 4);
        _errorLastsS = file.Settings.GetValueOrDefault(FusionSetting);
        _toldDeviation = outputs.Length == 1 ? file.Settings.GetValueOrDefault(DeviationSetting, MostDeviation) : double.NaN;
        _adaptive = file.Band?.AdaptationRate is { } rate ? new(rate) : null;
        _features = new(cell, [.. file.Inputs.Select(input => input.Name)], _filter);
        Start(SocStart.Unknown);
    }

    /// <summary>What the last rest of ten minutes or more taught the filter beside the model; null before the first.</summary>
    public RestCorrection? LastRest => _filter.LastRest;

    /// <inheritdoc/>
    public void Start(SocStart start)
    {
        _filter.Start(start);
        _features.Start();
        _model?.Start();
        _adaptive?.Start();
        (_owedS, _soc, _deviation, _halfWidth) = (StepS, double.NaN, MostDeviation, 1);
        (_correction, _correctionDeviation) = (0, MostDeviation);
    }

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        var filtered = _filter.Step(sample);
        _adaptive?.Watch(_filter.LastRest, _halfWidth);
        if (!_features.Step(sample)) return filtered;
        if (_model is null) return Banded(filtered, filtered.Soc, filtered.SocDeviation);
        _owedS = Math.Min(MostSteps * StepS, _owedS + _features.StepS);
        for (; _owedS > 0.999 * StepS; _owedS -= StepS)
        {
            var outputs = _model.Step(_features.Values);
            (_soc, _deviation) = (outputs[0], double.IsNaN(_toldDeviation) ? Deviation(outputs[1]) : _toldDeviation);
            if (_weighs) (_correction, _correctionDeviation) = (outputs[2], Deviation(outputs[3]));
        }

        if (!double.IsFinite(_soc + _correction) || _file.IsOutside(_features.Values)) return filtered with { Validity = SocValidity.OutOfRange };
        if (_errorLastsS > 0) return Fused(filtered);
        return _weighs ? Weighed(filtered) : Banded(filtered, _corrects ? filtered.Soc + _soc : _soc, _deviation);
    }

    /// <summary>Both errors come from the same sensors: no more is claimed than the mean of both certainties.</summary>
    SocEstimate Weighed(in SocEstimate filtered)
    {
        double direct = 1 / (_deviation * _deviation), corrected = 1 / (_correctionDeviation * _correctionDeviation), sum = direct + corrected;
        return Banded(filtered, (direct * _soc + corrected * (filtered.Soc + _correction)) / sum, Math.Sqrt(2 / sum));
    }

    /// <summary>One error of the model lasts for minutes: what it says in a second counts as that second's share of one measurement.</summary>
    SocEstimate Fused(in SocEstimate filtered)
    {
        if (_features.StepS > 0) _filter.TakeInSoc(Math.Clamp(_soc, 0, 1), _deviation * _deviation * _errorLastsS / Math.Min(_features.StepS, _errorLastsS));
        return Banded(filtered, _filter.Filter.Soc, _filter.Filter.SocDeviation);
    }

    // NaN comes out as the widest.
    static double Deviation(double logarithm) => Math.Exp(logarithm) is var deviation && deviation < MostDeviation ? Math.Max(deviation, LeastDeviation) : MostDeviation;

    SocEstimate Banded(in SocEstimate filtered, double soc, double deviation)
    {
        soc = Math.Clamp(soc, 0, 1);
        if (_file.Band is { } band)
        {
            double floor = band.FloorDeviationAt(_features.TemperatureDegC);
            deviation = band.FactorAt(_features.TemperatureDegC, soc) * Math.Sqrt(deviation * deviation + floor * floor) * (_adaptive?.Factor ?? 1);
        }

        deviation = Math.Min(MostDeviation, deviation);
        _halfWidth = Interval.NinetyPercent * deviation;
        return filtered with { Soc = soc, SocDeviation = deviation, SocLow = Math.Max(0, soc - _halfWidth), SocHigh = Math.Min(1, soc + _halfWidth) };
    }
}
