using System.Numerics;
using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation;

/// <summary>SOC by an extended Kalman filter on the cell's circuit, with everything around it that real recordings need.</summary>
/// <remarks>
/// Around the arithmetic of <see cref="SocFilter{T}"/>: unknown starts, claims that turn out wrong, gaps and sleep, missing and
/// impossible values, noise that adapts, rests that recalibrate, and a reason for every doubt.
/// </remarks>
public sealed class EkfEstimator<T> : ISocEstimator where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A step longer than this, and longer than four usual ones, is a gap that nothing was seen in, s.</summary>
    const double GapS = 20;

    /// <summary>Charge that may have flowed in a gap, one standard deviation, as a fraction of 1C; capped below.</summary>
    const double GapLoadOfCapacity = 0.2, GapMostDeviation = 0.25;

    /// <summary>Self-discharge is far below a percent a day; its deviation is taken as this much an hour, SOC.</summary>
    const double SelfDischargePerHour = 2e-5;

    /// <summary>How long a told start is on probation, s, and how long its residual must stay impossible to be dropped, s.</summary>
    const double ProbationS = 900, ImpossibleS = 8, ImpossibleDeviations = 3.5;

    /// <summary>When the load seen so far stands in for the load before an unknown start, s.</summary>
    const double PastLoadAfterS = 120;

    /// <summary>A rest this long recalibrates, s.</summary>
    const double RestS = 600;

    /// <summary>Where voltage says little: slope of the OCV, V from empty to full.</summary>
    const double PlateauSlopeV = 0.2;

    readonly CellType _cell;
    readonly SocFilter<T> _filter;
    readonly double _lowestV, _highestV;
    SocStart _start = SocStart.Unknown;
    bool _running;
    double _timeS, _usualStepS, _sinceStartS, _sinceGapS, _loadA, _meanResidualV, _impossibleS, _adapted, _temperatureDegC, _currentA;
    double _restS, _restSoc, _restOffsetA, _loadSumAs;
    bool _pastLoadTaken;

    /// <param name="cell">A cell with a circuit; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    public EkfEstimator(CellType cell, SocFilterOptions? options = null)
    {
        _cell = cell;
        _filter = new(cell, options ?? new());
        double[] ocv = cell.Circuit!.OcvV;
        (_lowestV, _highestV) = (Math.Min(ocv[0], cell.Ratings?.MinVoltageV ?? ocv[0]) - 1.5, Math.Max(ocv[^1], cell.Ratings?.MaxVoltageV ?? ocv[^1]) + 0.6);
        Start(SocStart.Unknown);
    }

    /// <summary>What the last rest of ten minutes or more taught; null before the first.</summary>
    public RestCorrection? LastRest { get; private set; }

    /// <summary>Estimated relative excess of the cell's resistances over the cell file's: ageing, or a temperature sensor that is off.</summary>
    public double ResistanceExcess => double.CreateTruncating(_filter.ResistanceExcess);

    /// <inheritdoc/>
    public void Start(SocStart start)
    {
        (_start, _running, _sinceStartS, _sinceGapS, _usualStepS) = (start, false, 0, double.PositiveInfinity, 0);
        (_loadA, _meanResidualV, _impossibleS, _adapted, _restS, _loadSumAs) = (0, 0, 0, 1, 0, 0);
        (_temperatureDegC, _currentA, _timeS, _pastLoadTaken, LastRest) = (double.NaN, 0, double.NaN, false, null);
    }

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        bool hasVoltage = sample.VoltageV > _lowestV && sample.VoltageV < _highestV;
        bool hasCurrent = Math.Abs(sample.CurrentA) < 1000 * _cell.CapacityAh, hasTemperature = sample.TemperatureDegC is > -60 and < 150;
        if (hasTemperature) _temperatureDegC = sample.TemperatureDegC;
        else if (double.IsNaN(_temperatureDegC)) _temperatureDegC = 25;
        if (!_running)
        {
            if (!hasVoltage || !double.IsFinite(sample.TimeS)) return Nothing(SocValidity.Unknown);
            Begin(sample, hasCurrent);
        }
        else
        {
            Advance(sample, hasCurrent);
        }

        bool isSuspect = !hasVoltage || !hasCurrent;
        if (hasVoltage) TakeIn(sample.VoltageV);
        return Answer(isSuspect, hasVoltage, hasTemperature);
    }

    void Begin(in CellSample sample, bool hasCurrent)
    {
        _running = true;
        _timeS = sample.TimeS;
        _currentA = hasCurrent ? sample.CurrentA : 0;
        T temperature = N(_temperatureDegC);
        _loadA = Math.Abs(_currentA);
        if (!_start.IsUnknown)
        {
            _filter.Begin(N(_start.Soc), N(_start.SocDeviation), temperature);
            return;
        }

        // With no belief of its own the filter is linearised where the first voltage puts it, not in the middle of the scale.
        T first = _filter.SocAtVoltage(N(sample.VoltageV), N(_currentA), temperature);
        _filter.Begin(first, N(_start.SocDeviation), temperature);
    }

    void Advance(in CellSample sample, bool hasCurrent)
    {
        double stepS = double.IsFinite(sample.TimeS) ? sample.TimeS - _timeS : 0;
        if (double.IsFinite(sample.TimeS)) _timeS = sample.TimeS;
        if (!(stepS > 0)) return;
        bool isGap = stepS > GapS && stepS > 4 * _usualStepS && _usualStepS > 0;
        _sinceStartS += stepS;
        _sinceGapS = isGap ? 0 : _sinceGapS + stepS;
        if (!isGap) _usualStepS = _usualStepS == 0 ? stepS : 0.9 * _usualStepS + 0.1 * stepS;
        if (hasCurrent) _currentA = sample.CurrentA;

        // Nothing is known of a gap: no current is assumed, and the SOC widened by what may have flowed.
        double heldA = isGap ? 0 : _currentA;
        double forget = Math.Exp(-stepS / 300);
        _loadA = forget * _loadA + (1 - forget) * Math.Abs(heldA);
        double share = Math.Min(1, _loadA / (_cell.CapacityAh / 10));
        _filter.Predict(N(heldA), N(_temperatureDegC), N(stepS), N(share));
        if (isGap)
        {
            double flown = Math.Min(GapMostDeviation, GapLoadOfCapacity * stepS / Units.SecondsPerHour);
            double leaked = SelfDischargePerHour * stepS / Units.SecondsPerHour;
            _filter.WidenSoc(N(Math.Sqrt(flown * flown + leaked * leaked)));
        }
        else if (!hasCurrent)
        {
            _filter.WidenSoc(N(stepS / Units.SecondsPerHour * Math.Max(0.1, Math.Abs(_currentA) / _cell.CapacityAh)));
        }

        TakePastLoad(heldA, stepS);
        WatchRest(stepS, isGap);
    }

    void TakePastLoad(double heldA, double stepS)
    {
        if (_pastLoadTaken || !_start.IsUnknown) return;
        _loadSumAs += heldA * stepS;
        if (_sinceStartS < PastLoadAfterS) return;
        _pastLoadTaken = true;
        double meanA = _loadSumAs / _sinceStartS, spreadA = 0.5 * Math.Abs(meanA) + 0.06 * _cell.CapacityAh;
        _filter.CorrectPastLoad(N(meanA), N(spreadA));
    }

    void WatchRest(double stepS, bool isGap)
    {
        bool isRest = isGap || Math.Abs(_currentA - double.CreateTruncating(_filter.OffsetA)) < _cell.CapacityAh / 50;
        if (isRest)
        {
            if (_restS == 0) (_restSoc, _restOffsetA) = (Soc, double.CreateTruncating(_filter.OffsetA));
            _restS += stepS;
            return;
        }

        if (_restS >= RestS) LastRest = new(_timeS, _restS, Soc - _restSoc, double.CreateTruncating(_filter.OffsetA) - _restOffsetA);
        _restS = 0;
    }

    void TakeIn(double voltageV)
    {
        _filter.Correct(N(voltageV), N(_currentA), N(_temperatureDegC), N(_adapted));
        double residualV = double.CreateTruncating(_filter.ResidualV), deviationV = double.CreateTruncating(_filter.ResidualDeviationV);
        double stepS = Math.Clamp(_usualStepS, 0.01, 60), forget = Math.Exp(-stepS / 120);

        // Noise follows what is seen: larger residuals than expected for two minutes mean a noisier sensor or a worse model.
        double seen = residualV * residualV / (deviationV * deviationV);
        _adapted = Math.Clamp(forget * _adapted + (1 - forget) * Math.Min(seen, 25), 1, 25);

        if (_start.IsUnknown || _sinceStartS > ProbationS) return;
        _impossibleS = Math.Abs(residualV) > ImpossibleDeviations * deviationV ? _impossibleS + stepS : 0;
        if (_impossibleS < ImpossibleS) return;

        // The claim was wrong: go on as from an unknown start, keeping what is known of time and sensors.
        _start = SocStart.Unknown;
        _impossibleS = 0;
        _filter.ForgetSoc();
        _filter.PlaceSoc(_filter.SocAtVoltage(N(voltageV), N(_currentA), N(_temperatureDegC)));
    }

    double Soc => double.CreateTruncating(_filter.Soc);

    SocEstimate Answer(bool isSuspect, bool hasVoltage, bool hasTemperature)
    {
        double soc = Math.Clamp(Soc, 0, 1), deviation = double.CreateTruncating(_filter.SocDeviation), half = Interval.NinetyPercent * deviation;
        double model = hasVoltage ? double.CreateTruncating(_filter.ModelVoltageV) : double.NaN;
        double residual = hasVoltage ? double.CreateTruncating(_filter.ResidualV) : double.NaN;
        return new(soc, deviation, Math.Max(0, soc - half), Math.Min(1, soc + half), Validity(isSuspect, hasTemperature, deviation), model, residual,
            double.CreateTruncating(_filter.OffsetA));
    }

    SocValidity Validity(bool isSuspect, bool hasTemperature, double deviation)
    {
        if (isSuspect) return SocValidity.SensorSuspect;
        if (_sinceGapS < 60) return SocValidity.AfterGap;
        if (!hasTemperature) return SocValidity.SensorSuspect;
        if (_start.IsUnknown && _sinceStartS < 300 && deviation > 0.02) return SocValidity.Converging;
        if (Math.Abs(double.CreateTruncating(_filter.OcvSlopeV)) < PlateauSlopeV && deviation > 0.03) return SocValidity.Plateau;
        if (_cell.Validity is { } range
            && (_temperatureDegC < range.MinTemperatureDegC - 5 || _temperatureDegC > range.MaxTemperatureDegC + 5
                || _currentA > 1.5 * range.MaxChargeA + 0.1 * _cell.CapacityAh || _currentA < -1.5 * range.MaxDischargeA - 0.1 * _cell.CapacityAh))
            return SocValidity.OutOfRange;
        return SocValidity.Valid;
    }

    static SocEstimate Nothing(SocValidity why) => new(double.NaN, double.NaN, double.NaN, double.NaN, why, double.NaN, double.NaN, double.NaN);

    static T N(double value) => T.CreateTruncating(value);
}
