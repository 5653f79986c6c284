using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation;

/// <summary>Reads SOC off the OCV curve: right after a long rest, and only a guess under load, which its deviation says.</summary>
public sealed class OcvLookup : ISocEstimator
{
    const double RestS = 1800, LoadErrorV = 0.1, RestErrorV = 0.01;

    readonly CellType _cell;
    readonly Circuit<double> _circuit;
    double _timeS, _restS;

    /// <param name="cell">A cell with a circuit.</param>
    public OcvLookup(CellType cell) => (_cell, _circuit, _timeS) = (cell, TheveninModel.Of<double>(cell), double.NaN);

    /// <inheritdoc/>
    public void Start(SocStart start) => (_timeS, _restS) = (double.NaN, 0);

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        double stepS = sample.TimeS - _timeS;
        if (double.IsFinite(sample.TimeS)) _timeS = sample.TimeS;
        if (!double.IsFinite(sample.VoltageV) || !double.IsFinite(sample.CurrentA))
            return new(double.NaN, double.NaN, double.NaN, double.NaN, SocValidity.SensorSuspect, double.NaN, double.NaN, double.NaN);
        _restS = Math.Abs(sample.CurrentA) > _cell.CapacityAh / 50 ? 0 : stepS > 0 ? _restS + stepS : _restS;
        double temperatureDegC = sample.TemperatureDegC is > -60 and < 150 ? sample.TemperatureDegC : 25;
        double soc = _circuit.SocAtOcv(sample.VoltageV, temperatureDegC);
        double slope = (_circuit.Ocv(soc + 0.01, temperatureDegC) - _circuit.Ocv(soc - 0.01, temperatureDegC)) / 0.02;
        double errorV = RestErrorV + (LoadErrorV - RestErrorV) * Math.Exp(-_restS / RestS);
        double deviation = Math.Min(0.29, errorV / Math.Max(slope, 0.05)), half = Interval.NinetyPercent * deviation;
        var validity = _restS >= RestS ? SocValidity.Valid : SocValidity.Converging;
        double expectedV = _circuit.Ocv(soc, temperatureDegC);
        return new(soc, deviation, Math.Max(0, soc - half), Math.Min(1, soc + half), validity, expectedV, sample.VoltageV - expectedV, double.NaN);
    }
}
