namespace AiBms.Battery.Estimation.Edge;

/// <summary>One cell on a microcontroller: the filter with what real readings need around it, in float, operation for operation the C code.</summary>
/// <remarks>
/// A step never allocates, never throws and takes any bits whatever. What is known comes out of the answer's validity. One instance, one cell.
/// </remarks>
public sealed class EdgeCellEstimator
{
    /// <summary>A step longer than this and than four usual ones is a gap, s; longest step that is counted, s.</summary>
    const float GapS = 20, LongestStepS = 1e7f;

    /// <summary>What may have flowed in a gap, one standard deviation, SOC an hour and at most; time found loaded before a start, s.</summary>
    const float GapSocPerS = 0.2f / 3600, MostGap = 0.25f, SettleS = 3;

    /// <summary>An unknown start is searched for this long, s; the load since is looked at in windows of this length, s, so many; how far it may be from that before, C.</summary>
    const float SearchS = 120, WindowS = 300, LoadChangeCRate = 0.15f;
    const int Windows = 6;

    /// <summary>Deviations: nothing known; no temperature ever seen; limits for the answer.</summary>
    const float UnknownDeviation = 0.29f, BlindDeviation = 0.05f;

    /// <summary>From here on residuals are three times what they should be; below this slope voltage says little, V.</summary>
    const float DoubtfulNoise = 9, PlateauSlopeV = 0.2f;

    /// <summary>Tracked capacities that are believed, over the cell type's.</summary>
    const float LeastCapacity = 0.5f, MostCapacity = 1.2f;

    readonly EdgeCell _cell;
    readonly EdgePace _pace = new();
    readonly EdgeNow _now = new();
    readonly EdgeSoc _filter = new();
    readonly EdgeSearch _search = new();
    float _windowAs, _windowA2s, _windowS, _pastA;
    int _windows;
    bool _isSearching;
    float _startSoc, _startDeviation, _usualStepS, _sinceGapS, _sinceStartS, _loadA, _currentA, _temperatureDegC, _warmK;
    bool _running, _isUnknownStart, _hasMetTemperature;

    /// <param name="cell">Parameters.</param>
    public EdgeCellEstimator(EdgeCell cell)
    {
        _cell = cell;
        Start(0.5f, -1);
    }

    /// <summary>True once a voltage was seen; while an unknown start is searched; in a step whose current is unknown.</summary>
    internal bool IsRunning => _running;
    internal bool IsSearching => _isSearching;
    internal bool IsGap => !(_sinceGapS > 0);

    /// <summary>Current held, A; without the offset, A; drop over the resistances, V; series resistance, Ω; SOC not held to 0…1; excess of the resistances; core, °C.</summary>
    internal float HeldA => _currentA;
    internal float FlownA => _currentA - _filter.OffsetA;
    internal float DropV => _filter.DropV;
    internal float SeriesOhm => _filter.SeriesOhm;
    internal float FilterSoc => _filter.Soc;
    internal float Excess => _filter.Excess;
    internal float Branch => _filter.Branch;
    internal float CoreDegC => _temperatureDegC + _warmK;

    /// <summary>The cell type's capacity over the tracked one; SOC that an ampere adds in a second.</summary>
    internal float PerCapacity => _pace.PerCapacity;
    internal float SocPerAs => _cell.SocPerAs * _pace.PerCapacity;

    /// <summary>Voltages of the pairs, V; OCV with temperature, V; slow error, V; variance of the excess.</summary>
    internal ReadOnlySpan<float> PairV => _filter.PairV;
    internal float OcvV => _filter.OcvV;
    internal float ErrorV => _filter.ErrorV;
    internal float ExcessVariance => _filter.ExcessVariance;

    /// <summary>Forgets everything.</summary>
    /// <param name="soc">Claimed SOC, 0…1.</param>
    /// <param name="socDeviation">Its standard deviation; not positive when nothing is known.</param>
    public void Start(float soc, float socDeviation)
    {
        _isUnknownStart = !(socDeviation > 0);
        _startSoc = EdgeMath.Clamp(soc, 0, 1);
        _startDeviation = _isUnknownStart ? UnknownDeviation : EdgeMath.Clamp(socDeviation, 0.0001f, UnknownDeviation);
        (_usualStepS, _sinceGapS, _sinceStartS, _loadA, _currentA, _temperatureDegC, _warmK) = (0, 1000, 0, 0, 0, 25, 0);
        (_windowAs, _windowA2s, _windowS, _pastA, _windows) = (0, 0, 0, 0, 0);
        (_running, _isSearching, _hasMetTemperature) = (false, false, false);
        (_pace.StepS, _pace.PerCapacity) = (-1, 1);
    }

    /// <summary>Tells the tracked capacity: counting, and what is said of capacities, go by it from then on.</summary>
    /// <param name="capacityAh">Capacity, Ah, held within half and 1.2 times the cell type's; what is none (beyond 0.01…10,000) changes nothing.</param>
    public void LearnCapacity(float capacityAh)
    {
        if (!(capacityAh >= 0.01f && capacityAh <= 1e4f)) return;
        _pace.PerCapacity = 1 / EdgeMath.Clamp(capacityAh / _cell.CapacityAh, LeastCapacity, MostCapacity);
    }

    /// <summary>Takes in what was measured and answers.</summary>
    /// <param name="stepS">Time since the step before, s; what is not positive counts as none.</param>
    /// <param name="currentA">Current, A, positive while charging.</param>
    /// <param name="voltageV">Terminal voltage, V.</param>
    /// <param name="temperatureDegC">Temperature of the case, °C.</param>
    public EdgeAnswer Step(float stepS, float currentA, float voltageV, float temperatureDegC)
    {
        float mostA = 1000 * _cell.CapacityAh;
        bool hasVoltage = voltageV > _cell.LowestV && voltageV < _cell.HighestV, hasCurrent = currentA > -mostA && currentA < mostA;
        bool hasTemperature = temperatureDegC > -60 && temperatureDegC < 150;
        if (hasTemperature) _temperatureDegC = temperatureDegC;
        if (hasTemperature) _hasMetTemperature = true;
        if (hasCurrent) _currentA = currentA;
        if (!_running)
        {
            if (!hasVoltage) return new(0.5f, UnknownDeviation, 0, 0, 0, _temperatureDegC, 0, SocValidity.Unknown);
            Begin();
        }
        else
        {
            Advance(EdgeMath.Clamp(stepS, 0, LongestStepS), hasCurrent);
        }

        if (hasVoltage) TakeIn(voltageV);
        return Answer(hasVoltage, hasVoltage && hasCurrent, hasTemperature);
    }

    void TakeIn(float voltageV)
    {
        if (_isSearching)
        {
            _search.Correct(_cell, _pace, voltageV, _currentA, _temperatureDegC + _warmK);
            _search.MergeInto(_filter);
        }
        else
        {
            _filter.Correct(_cell, _now, voltageV, _currentA);
        }

        float heat = _currentA * (voltageV - _filter.OcvV), settled = _cell.CoreKPerW * (heat > 0 ? heat : 0);
        _warmK = EdgeMath.Clamp(settled + (_warmK - settled) * _pace.KeptCore, 0, 40);
    }

    void Begin()
    {
        (_running, _isSearching) = (true, _isUnknownStart);
        float size = _currentA < 0 ? -_currentA : _currentA;
        _loadA = EdgeMath.Clamp(size, 0, 1e6f);
        _pastA = EdgeSoc.PastLoad(_cell, _currentA);
        _pace.Set(_cell, SettleS, _temperatureDegC);
        _pace.BeginSince();
        if (_isSearching)
        {
            _search.Begin(_cell, _pace, _currentA, _temperatureDegC);
            _search.MergeInto(_filter);
            return;
        }

        _now.Set(_cell, _pace, _startSoc, _temperatureDegC, _currentA, 1);
        _filter.Begin(_cell, _now, _startSoc, _startDeviation, _currentA);
    }

    void Advance(float stepS, bool hasCurrent)
    {
        bool isGap = stepS > GapS && stepS > 4 * _usualStepS && _usualStepS > 0;
        _sinceStartS = EdgeMath.Clamp(_sinceStartS + stepS, 0, 1e6f);
        _sinceGapS = isGap ? 0 : EdgeMath.Clamp(_sinceGapS + stepS, 0, 1000);
        if (!isGap) _usualStepS = EdgeMath.Clamp(_usualStepS > 0 ? 0.9f * _usualStepS + 0.1f * stepS : stepS, 0, LongestStepS);

        // Nothing is known of a gap: no current is assumed, and the SOC widened by what may have flowed.
        float heldA = isGap ? _filter.OffsetA : _currentA, size = isGap ? 0 : heldA < 0 ? -heldA : heldA;
        float share = EdgeMath.Clamp(_loadA * 10 / EdgeMath.Clamp(_cell.CapacityAh, 0.01f, 10000), 0, 1);
        _pace.Set(_cell, stepS, _temperatureDegC + _warmK);
        _pace.AdvanceSince();
        Predict(heldA, share, isGap);
        _loadA = EdgeMath.Clamp(_pace.KeptLoad * _loadA + (1 - _pace.KeptLoad) * size, 0, 1e6f);
        LookAtLoad(heldA, stepS);
        if (isGap) Widen(EdgeMath.Clamp(GapSocPerS * stepS, 0, MostGap));
        if (!isGap && !hasCurrent) Widen(EdgeMath.Clamp((0.1f + size * SocPerAs * 3600) * stepS * (1f / 3600), 0, 1));
    }

    void Predict(float heldA, float share, bool isGap)
    {
        float core = _temperatureDegC + _warmK;
        if (_isSearching)
        {
            _search.Predict(_cell, _pace, heldA, core, share);
            _search.MergeInto(_filter);
            if (!(_sinceStartS >= SearchS)) return;
            _isSearching = false;
            _now.Set(_cell, _pace, _filter.Soc, core, heldA - _filter.OffsetA, share);
            return;
        }

        _now.Set(_cell, _pace, _filter.Soc, core, heldA - _filter.OffsetA, share);

        // In a gap the current is unknown: the offset is then no evidence for charge.
        if (isGap) _now.StepS = 0;
        _filter.Predict(_cell, _now, heldA);
    }

    /// <summary>A cell in use has been in use: the load before an unknown start is taken to be like the load since.</summary>
    void LookAtLoad(float heldA, float stepS)
    {
        if (!_isUnknownStart || _windows >= Windows) return;
        _windowAs = EdgeMath.Clamp(_windowAs + heldA * stepS, -1e12f, 1e12f);
        _windowA2s = EdgeMath.Clamp(_windowA2s + heldA * heldA * stepS, 0, 1e18f);
        _windowS = EdgeMath.Clamp(_windowS + stepS, 0, 1e7f);
        if (!(_windowS >= WindowS)) return;
        float timeS = EdgeMath.Clamp(_windowS, WindowS, 1e7f), mean = _windowAs / timeS;
        float spread = EdgeMath.Clamp(_windowA2s / timeS - mean * mean, 0, 1e12f) / (timeS * (1f / 30));
        float change = _cell.CapacityAh * LoadChangeCRate;
        _filter.TakePast(_cell, mean - _pastA, MathF.Sqrt(spread + Windows * change * change));
        (_windowAs, _windowA2s, _windowS) = (0, 0, 0);
        _windows++;
    }

    void Widen(float deviation)
    {
        _filter.Widen(deviation);
        if (_isSearching) _search.Widen(deviation);
    }

    EdgeAnswer Answer(bool hasVoltage, bool isSound, bool hasTemperature)
    {
        float deviation = MathF.Sqrt(_filter.SocVariance), offset = _filter.OffsetA < 0 ? -_filter.OffsetA : _filter.OffsetA;
        bool isDoubtful = _filter.Adapted > DoubtfulNoise || offset > 5 * _cell.OffsetDeviationA;
        float soc = EdgeMath.Clamp(_filter.Soc, 0, 1);
        if (isDoubtful) deviation = EdgeMath.Clamp(deviation, UnknownDeviation, 1);
        if (!_hasMetTemperature) deviation = EdgeMath.Clamp(deviation, BlindDeviation, 1);

        // What the reference capacity leaves open, no voltage can take away.
        (int t, float w) = EdgeMath.Place((_temperatureDegC - _cell.FirstTemperatureDegC) * _cell.TemperaturePerK, _cell.TemperatureCount - 1);
        var row = _cell.Row.Span[(t * EdgeCell.RowWidth + EdgeCell.CapacityDeviation)..];
        float open = EdgeMath.Clamp((row[0] + (row[EdgeCell.RowWidth] - row[0]) * w) * (1 - soc), 0, 1);
        deviation = MathF.Sqrt(deviation * deviation + open * open);

        SocValidity validity = SocValidity.Valid;
        if (!isSound) validity = SocValidity.SensorSuspect;
        else if (_sinceGapS < 60) validity = SocValidity.AfterGap;
        else if (!_hasMetTemperature) validity = SocValidity.TemperatureMissing;
        else if (!hasTemperature) validity = SocValidity.SensorSuspect;
        else if (isDoubtful) validity = SocValidity.ModelDoubtful;
        else if (_isUnknownStart && _sinceStartS < 300 && deviation > 0.02f) validity = SocValidity.Converging;
        else if (_filter.SlopeV < PlateauSlopeV && deviation > 0.03f) validity = SocValidity.Plateau;
        return new(soc, deviation, _filter.ModelV, hasVoltage ? _filter.ResidualV : 0, _filter.OffsetA, _temperatureDegC + _warmK, _filter.Excess, validity);
    }
}
