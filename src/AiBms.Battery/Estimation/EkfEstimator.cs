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

    /// <summary>Self-discharge is far below a percent a day; its deviation is taken as this much an hour, SOC.</summary>
    const double SelfDischargePerHour = 2e-5;

    /// <summary>How long the start is searched for (a claim may be wrong), s.</summary>
    const double SearchS = 120;

    /// <summary>A told start whose deviation grows beyond this, and beyond twice the claim's own, is doubted: no number that wide is an answer.</summary>
    const double Doubted = 0.1;

    /// <summary>The load before an unknown start is taken to be like the load since; it is looked at in this many windows of this length, s.</summary>
    const int LoadWindows = 4;
    const double LoadWindowS = 60, IndependentCurrentS = 15;

    /// <summary>A rest this long recalibrates, s.</summary>
    const double RestS = 600;

    /// <summary>Least deviation without a temperature, SOC: a drive at −10 °C taken for 25 °C ends some points off, however well it fits.</summary>
    const double BlindToTemperatureSoc = 0.05;

    /// <summary>How often the curve is looked at, s, and up to which mean slope it counts as flat, V from empty to full: NMC and NCA are steeper everywhere.</summary>
    const double LookEveryS = 60, FlatSlopeV = 0.35;

    /// <summary>The voltage after a gap says that more than this has flowed unseen, SOC.</summary>
    const double SearchAnewSoc = 0.03;

    /// <summary>Where voltage says little: slope of the OCV, V from empty to full.</summary>
    const double PlateauSlopeV = 0.2;

    readonly CellType _cell;
    readonly SocFilterOptions _options;
    readonly double _coreS, _coreKPerW;
    readonly SocFilter<T> _filter;
    readonly SocStartBank<T> _bank;
    readonly Circuit<double> _entropic;
    readonly double _lowestV, _highestV;
    SocStart _start = SocStart.Unknown;
    bool _running, _isSearching;
    double _timeS, _usualStepS, _sinceStartS, _sinceGapS, _loadA, _adapted, _temperatureDegC, _currentA;
    double _restS, _restSoc, _restOffsetA, _loadSumAs, _loadSquareA2s, _loadS, _searchedS, _aboveCaseDegC;
    double _rememberedS = double.NaN, _forgetLoad, _forgetNoise = 1, _keepCore = 1;
    int _loadWindow;
    double _blindSoc, _lookedS, _uncountedSoc;
    bool _hasMetTemperature;

    /// <param name="cell">A cell with a circuit; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    public EkfEstimator(CellType cell, SocFilterOptions? options = null)
    {
        _cell = cell;
        _options = options ?? new();
        _filter = new(cell, _options);
        _bank = new(cell, _options);
        _entropic = TheveninModel.Of<double>(cell);
        _coreKPerW = cell.Thermal?.CoreToCaseKPerW ?? 0;
        _coreS = _coreKPerW * (cell.Thermal?.CoreHeatCapacityJPerK ?? 0);
        double[] ocv = cell.Circuit!.OcvV;
        (_lowestV, _highestV) = (Math.Min(ocv[0], cell.Ratings?.MinVoltageV ?? ocv[0]) - 1.5, Math.Max(ocv[^1], cell.Ratings?.MaxVoltageV ?? ocv[^1]) + 0.6);
        Start(SocStart.Unknown);
    }

    /// <summary>What the last rest of ten minutes or more taught; null before the first.</summary>
    public RestCorrection? LastRest { get; private set; }

    /// <summary>Estimated relative excess of the cell's resistances over the cell file's: ageing, or a temperature sensor that is off.</summary>
    public double ResistanceExcessFraction => double.CreateTruncating(_filter.ResistanceExcessFraction);

    /// <summary>Heat made in the cell at the last sample, W, positive when the cell warms: over the resistances and reversible.</summary>
    public double HeatW => FlownA * (double.CreateTruncating(_filter.DropV) + Units.ToKelvin(CoreDegC) * _entropic.Entropic(Math.Clamp(Soc, 0, 1)));

    /// <summary>Copies the state of the circuit, as <see cref="TheveninModel"/> has it: SOC, pair voltages, hysteresis branch.</summary>
    public void CopyCircuitTo(Span<T> state) => _filter.CopyCircuitTo(state);

    /// <summary>The filter's arithmetic, for those that build on this cell's state.</summary>
    internal SocFilter<T> Filter => _filter;

    /// <summary>Length of the last step, s; 0 where time did not advance.</summary>
    internal double StepS { get; private set; }

    /// <summary>Current believed to have flowed during the last step, offset taken off, A; 0 over a gap.</summary>
    internal double FlownA { get; private set; }

    /// <summary>True where nothing was measured during the last step.</summary>
    internal bool IsGap { get; private set; }

    /// <summary>True while the start is still being searched for.</summary>
    internal bool IsSearching => _isSearching || !_running;

    /// <summary>Temperature inside the cell, °C.</summary>
    internal double CoreDegC => _temperatureDegC + _aboveCaseDegC;

    /// <summary>Takes in a SOC that something else has measured, once the start is found; see <see cref="SocFilter{T}.CorrectSoc"/>.</summary>
    internal void TakeInSoc(double soc, double variance)
    {
        if (!IsSearching) _filter.CorrectSoc(N(soc), N(variance));
    }

    /// <summary>Another current sensor measures from now on.</summary>
    internal void ForgetOffset() => _filter.ForgetOffset();

    /// <inheritdoc/>
    public void Start(SocStart start)
    {
        (_start, _running, _sinceStartS, _sinceGapS, _usualStepS) = (start, false, 0, double.PositiveInfinity, 0);
        (_loadA, _adapted, _restS, _aboveCaseDegC) = (0, 1, 0, 0);
        (_loadSumAs, _loadSquareA2s, _loadS, _loadWindow) = (0, 0, 0, 0);
        (_temperatureDegC, _currentA, _timeS, LastRest) = (double.NaN, 0, double.NaN, null);
        (_isSearching, _searchedS, StepS, FlownA, _uncountedSoc) = (false, 0, 0, 0, 0);
        (_blindSoc, _lookedS, _hasMetTemperature) = (start.SocDeviation, double.NegativeInfinity, false);
    }

    /// <summary>Keeps all that is known, or takes it back; only once the search for the start is over.</summary>
    internal void Keep(StateTape tape)
    {
        _filter.Keep(tape);
        (_timeS, _lookedS) = (tape.TimeS(_timeS), tape.TimeS(_lookedS));
        (_usualStepS, _sinceStartS, _sinceGapS, _searchedS) = (tape.Value(_usualStepS), tape.Value(_sinceStartS), tape.Value(_sinceGapS), tape.Value(_searchedS));
        (_loadA, _adapted, _temperatureDegC, _currentA) = (tape.Value(_loadA), tape.Value(_adapted), tape.Value(_temperatureDegC), tape.Value(_currentA));
        (_restS, _restSoc, _restOffsetA) = (tape.Value(_restS), tape.Value(_restSoc), tape.Value(_restOffsetA));
        (_aboveCaseDegC, _blindSoc, _hasMetTemperature) = (tape.Value(_aboveCaseDegC), tape.Value(_blindSoc), tape.Flag(_hasMetTemperature));
        if (tape.IsReading) (_running, _isSearching, _loadWindow) = (true, false, LoadWindows);
    }

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        bool hasVoltage = sample.VoltageV > _lowestV && sample.VoltageV < _highestV;
        bool hasCurrent = Math.Abs(sample.CurrentA) < 1000 * _cell.CapacityAh, hasTemperature = sample.TemperatureDegC is > -60 and < 150;
        _hasMetTemperature |= hasTemperature;
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
        if (hasVoltage) LookAtCurve();
        return Answer(isSuspect, hasVoltage, hasTemperature);
    }

    void Begin(in CellSample sample, bool hasCurrent)
    {
        _running = true;
        _timeS = sample.TimeS;
        _currentA = hasCurrent ? sample.CurrentA : 0;
        _loadA = Math.Abs(_currentA);
        _isSearching = true;
        _bank.Begin(_start, N(_currentA), Core);
        if (!_hasMetTemperature) _bank.WidenResistances(N(_options.UnknownTemperatureFactorDeviation));
        _bank.MergeInto(_filter);
    }

    void Advance(in CellSample sample, bool hasCurrent)
    {
        double stepS = double.IsFinite(sample.TimeS) ? sample.TimeS - _timeS : 0;
        if (double.IsFinite(sample.TimeS)) _timeS = sample.TimeS;
        (StepS, FlownA) = (Math.Max(0, stepS), 0);
        if (!(stepS > 0)) return;
        bool isGap = stepS > GapS && stepS > 4 * _usualStepS && _usualStepS > 0;
        _sinceStartS += stepS;
        _sinceGapS = isGap ? 0 : _sinceGapS + stepS;
        if (!isGap) _usualStepS = _usualStepS == 0 ? stepS : 0.9 * _usualStepS + 0.1 * stepS;
        if (hasCurrent) _currentA = sample.CurrentA;

        // Nothing is known of a gap: no current is assumed, and the SOC widened by what may have flowed.
        double heldA = isGap ? 0 : _currentA;
        IsGap = isGap;
        if (!isGap) FlownA = heldA - double.CreateTruncating(_filter.OffsetA);
        Remember(stepS);
        double forget = _forgetLoad;
        _loadA = forget * _loadA + (1 - forget) * Math.Abs(heldA);
        double share = Math.Min(1, _loadA / (_cell.CapacityAh / 10));
        Predict(heldA, stepS, share, isGap);
        if (isGap)
        {
            double flown = Math.Min(SocStart.GapMostDeviation, SocStart.GapLoadOfCapacity * stepS / Units.SecondsPerHour);
            double leaked = SelfDischargePerHour * stepS / Units.SecondsPerHour;
            Widen(Math.Sqrt(flown * flown + leaked * leaked));
        }
        else if (!hasCurrent)
        {
            WidenUncounted(stepS);
        }

        if (hasCurrent || isGap) _uncountedSoc = 0;

        EndSearch(heldA, stepS);
        WatchRest(stepS, isGap);
    }

    /// <summary>Decays of this step length; most recordings have one.</summary>
    void Remember(double stepS)
    {
        if (stepS == _rememberedS) return;
        _rememberedS = stepS;
        double usual = Math.Min(stepS, 60);
        (_forgetLoad, _forgetNoise, _keepCore) = (Math.Exp(-stepS / 300), Math.Exp(-usual / 120), _coreS > 0 ? Math.Exp(-usual / _coreS) : 0);
    }

    void Predict(double heldA, double stepS, double share, bool isGap)
    {
        if (isGap && _isSearching) _bank.PredictUnseen(Core, N(stepS));
        else if (isGap) _filter.PredictUnseen(Core, N(stepS));
        else if (_isSearching) _bank.Predict(N(heldA), Core, N(stepS), N(share));
        else _filter.Predict(N(heldA), Core, N(stepS), N(share));
    }

    void Widen(double deviation)
    {
        if (_isSearching) _bank.WidenSoc(N(deviation));
        else _filter.WidenSoc(N(deviation));
    }

    /// <summary>A current that is missing was wrong all the while: what may have flowed grows with the time, not with its root, by the load lately seen.</summary>
    void WidenUncounted(double stepS)
    {
        double before = _uncountedSoc;
        _uncountedSoc += stepS / Units.SecondsPerHour * Math.Max(0.1, Math.Max(Math.Abs(_currentA), _loadA) / _cell.CapacityAh);
        Widen(Math.Sqrt(_uncountedSoc * _uncountedSoc - before * before));
    }

    void EndSearch(double heldA, double stepS)
    {
        _searchedS += stepS;
        TakePastLoad(heldA, stepS);
        if (!_isSearching || _searchedS < SearchS) return;
        _isSearching = false;
        _bank.MergeInto(_filter);
    }

    /// <summary>A cell in use has been in use: the slow pairs of an unknown start are held against the load that follows it.</summary>
    void TakePastLoad(double heldA, double stepS)
    {
        if (_loadWindow >= LoadWindows || !_start.IsUnknown) return;
        (_loadSumAs, _loadSquareA2s, _loadS) = (_loadSumAs + heldA * stepS, _loadSquareA2s + heldA * heldA * stepS, _loadS + stepS);
        if (_loadS < LoadWindowS) return;
        double meanA = _loadSumAs / _loadS, varianceA2 = Math.Max(0, _loadSquareA2s / _loadS - meanA * meanA) / Math.Max(1, _loadS / IndependentCurrentS);
        double changeA = _options.LoadChangeCRate * _cell.CapacityAh;

        // The change between past and present is the same in every window: each may claim only its share of the evidence.
        double spreadA = Math.Sqrt(varianceA2 + LoadWindows * changeA * changeA);
        if (_isSearching) _bank.CorrectPastLoad(N(meanA), N(spreadA));
        else _filter.CorrectPastLoad(N(meanA), N(spreadA));
        (_loadSumAs, _loadSquareA2s, _loadS) = (0, 0, 0);
        _loadWindow++;
    }

    void WatchRest(double stepS, bool isGap)
    {
        bool isRest = isGap || Math.Abs(_currentA - double.CreateTruncating(_filter.OffsetA)) < _cell.CapacityAh / 50;
        if (isRest)
        {
            if (_restS == 0) (_restSoc, _restOffsetA) = (Soc, double.CreateTruncating(_filter.OffsetA));
            _restS += stepS;
            if (!isGap) _restSoc += (_currentA - double.CreateTruncating(_filter.OffsetA)) * stepS / Units.SecondsPerHour / _cell.CapacityAh;
            return;
        }

        if (_restS >= RestS) LastRest = new(_timeS, _restS, Soc - _restSoc, double.CreateTruncating(_filter.OffsetA) - _restOffsetA);
        _restS = 0;
    }

    void TakeIn(double voltageV)
    {
        WarmCore(voltageV);
        if (_isSearching)
        {
            _bank.Correct(N(voltageV), N(_currentA), Core, N(_adapted));
            _bank.MergeInto(_filter);
            return;
        }

        double before = Soc;
        _filter.Correct(N(voltageV), N(_currentA), Core, N(_adapted));
        if (IsGap && Math.Abs(Soc - before) > SearchAnewSoc)
        {
            SearchAnew(voltageV);
            return;
        }

        double residualV = double.CreateTruncating(_filter.ResidualV), deviationV = double.CreateTruncating(_filter.ResidualDeviationV);
        double forget = _forgetNoise;

        // Noise follows what is seen: larger residuals than expected for two minutes mean a noisier sensor or a worse model.
        double seen = residualV * residualV / (deviationV * deviationV);
        _adapted = Math.Clamp(forget * _adapted + (1 - forget) * Math.Min(seen, 25), 1, 25);
    }

    /// <summary>Charge flowed unseen: the curve is another one there, and one slope of it would lead to the wrong place with a narrow band. The search of a start begins.</summary>
    void SearchAnew(double voltageV)
    {
        (_isSearching, _searchedS, _blindSoc) = (true, 0, SocStart.Unknown.SocDeviation);
        _bank.Begin(SocStart.Unknown, N(_currentA), Core);
        _bank.Correct(N(voltageV), N(_currentA), Core, N(_adapted));
        _bank.MergeInto(_filter);
    }

    /// <summary>What is known of SOC without trusting one slope: the best that voltage could ever tell since the start, or the claim.</summary>
    void LookAtCurve()
    {
        if (_timeS - _lookedS < LookEveryS || _sinceStartS < LookEveryS) return;
        _lookedS = _timeS;
        _blindSoc = Math.Min(_blindSoc, double.CreateTruncating(_filter.VoltageResolution(Core, N(FlatSlopeV))));
    }

    /// <summary>Circuit parameters follow the core, which is warmer than the case by what its heat takes to get out.</summary>
    T Core => N(_temperatureDegC + _aboveCaseDegC);

    void WarmCore(double voltageV)
    {
        if (_coreS <= 0 || _filter.OcvV == T.Zero) return;
        double settled = _coreKPerW * Math.Max(0, _currentA * (voltageV - double.CreateTruncating(_filter.OcvV)));
        _aboveCaseDegC = Math.Clamp(settled + (_aboveCaseDegC - settled) * _keepCore, 0, 40);
    }

    double Soc => double.CreateTruncating(_filter.Soc);

    /// <summary>Residuals three times what they should be for minutes, or an offset that no sound sensor of such a cell has.</summary>
    bool IsDoubtful => _adapted > 9
        || Math.Abs(double.CreateTruncating(_filter.OffsetA)) > 5 * _options.OffsetCRateDeviation * _cell.CapacityAh;

    SocEstimate Answer(bool isSuspect, bool hasVoltage, bool hasTemperature)
    {
        double soc = Math.Clamp(Soc, 0, 1), deviation = double.CreateTruncating(_filter.SocDeviation);
        deviation = Math.Max(deviation, IsDoubtful ? SocStart.Unknown.SocDeviation : _blindSoc);
        if (!_hasMetTemperature) deviation = Math.Max(deviation, BlindToTemperatureSoc);
        if (_cell.CapacityError is { } capacity)
        {
            // What the reference capacity leaves open is no error of the filter's state, and no voltage can take it away.
            double open = capacity.At(_temperatureDegC) * (1 - soc);
            deviation = Math.Sqrt(deviation * deviation + open * open);
        }

        double half = Interval.NinetyPercent * deviation;
        double model = hasVoltage ? double.CreateTruncating(_filter.ModelVoltageV) : double.NaN;
        double residual = hasVoltage ? double.CreateTruncating(_filter.ResidualV) : double.NaN;
        return new(soc, deviation, Math.Max(0, soc - half), Math.Min(1, soc + half), Validity(isSuspect, hasTemperature, deviation), model, residual,
            double.CreateTruncating(_filter.OffsetA));
    }

    SocValidity Validity(bool isSuspect, bool hasTemperature, double deviation)
    {
        if (isSuspect) return SocValidity.SensorSuspect;
        if (_sinceGapS < 60) return SocValidity.AfterGap;
        if (!_hasMetTemperature) return SocValidity.TemperatureMissing;
        if (!hasTemperature) return SocValidity.SensorSuspect;
        if (IsDoubtful) return SocValidity.ModelDoubtful;
        if (_start.IsUnknown && _sinceStartS < 300 && (_isSearching || deviation > 0.02)) return SocValidity.Converging;
        if (_isSearching && !_start.IsUnknown && _bank.IsClaimDoubted) return SocValidity.Converging;
        bool isFlat = Math.Abs(double.CreateTruncating(_filter.OcvSlopeV)) < PlateauSlopeV && deviation > 0.03;
        if (isFlat || (_start.IsUnknown && _blindSoc > 0.02)) return SocValidity.Plateau;
        if (_isSearching && !_start.IsUnknown && double.CreateTruncating(_filter.SocDeviation) > Math.Max(Doubted, 2 * _start.SocDeviation)) return SocValidity.Converging;
        if (_cell.Validity is { } range
            && (_temperatureDegC < range.MinTemperatureDegC - 5 || _temperatureDegC > range.MaxTemperatureDegC + 5
                || _currentA > 1.5 * range.MaxChargeA + 0.1 * _cell.CapacityAh || _currentA < -1.5 * range.MaxDischargeA - 0.1 * _cell.CapacityAh))
            return SocValidity.OutOfRange;
        return SocValidity.Valid;
    }

    static SocEstimate Nothing(SocValidity why) => new(double.NaN, double.NaN, double.NaN, double.NaN, why, double.NaN, double.NaN, double.NaN);

    static T N(double value) => T.CreateTruncating(value);
}
