using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AiBms.Battery.Cells;
using AiBms.Numerics;

namespace AiBms.Battery.Estimation;

/// <summary>The arithmetic of the extended Kalman filter on a circuit, in one precision and one fixed order of operations.</summary>
/// <remarks>
/// State x = [z, v₁ … vₙ, h, o, b, r]: SOC, pair voltages, hysteresis branch, current-sensor offset (measured = true + o), slow error b
/// of the circuit's voltage, relative excess r of all resistances. Measured: v = OCV(z) + M·h + (1 + r)(R₀·i + Σ vⱼ) + b + noise.
/// The slow error as a state (an Ornstein–Uhlenbeck process of identified size and duration) is what makes the deviation of z honest:
/// a thousand samples with the same error are one piece of evidence, not a thousand.
/// Sources: Plett, "Battery Management Systems, Volume II", chapter 3; Schmidt's consider states in Simon, "Optimal State
/// Estimation" (2006), section 10.2. The slope of the OCV is taken across ± one deviation of z (statistical linearisation).
/// </remarks>
public sealed partial class SocFilter<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How long the first current seen is taken to have flowed, s.</summary>
    const double SettleS = 3;

    readonly Circuit<T> _circuit;
    readonly SocFilterOptions _options;
    readonly T[] _x, _p, _h, _gain, _decay, _couple, _cross, _added, _unit;
    readonly T[] _resistance, _kept, _seen, _fresh, _keptSince;
    readonly T[] _loadError, _noiseError, _socFactor;
    readonly T _restError, _errorRate, _firstErrorTemperature, _errorTemperatureScale, _capacityA;
    readonly int _pairs, _hysteresis, _offset, _error, _excess, _count, _stride;
    T _keptErrorStepS, _keptError;

    /// <param name="cell">A cell with a circuit.</param>
    /// <param name="options">Beliefs.</param>
    public SocFilter(CellType cell, SocFilterOptions options)
    {
        _options = options.Validated();
        _circuit = TheveninModel.Of<T>(cell);
        _pairs = _circuit.PairCount;
        (_hysteresis, _offset, _error, _excess, _count) = (_pairs + 1, _pairs + 2, _pairs + 3, _pairs + 4, _pairs + 5);

        // Rows are padded to whole vectors; every element sees the same operations in the same order, whatever the vector's width.
        int lanes = Vector256<T>.Count;
        _stride = (_count + lanes - 1) / lanes * lanes;
        (_x, _h, _gain, _decay, _couple, _cross) = (new T[_stride], new T[_stride], new T[_stride], new T[_stride], new T[_stride], new T[_stride]);
        (_p, _unit, _added) = (new T[_count * _stride], new T[_count * _stride], new T[_stride]);
        for (int i = 0; i < _count; i++) _unit[i * _stride + i] = T.One;
        (_resistance, _kept, _seen) = (new T[1 + _pairs], new T[_pairs], new T[_pairs]);
        (_fresh, _keptSince) = (new T[_pairs], new T[_pairs]);
        var error = cell.VoltageError ?? SocFilterOptions.UncheckedVoltageError;
        _loadError = [.. error.LoadDeviationV.Select(v => N(Math.Max(options.LeastVoltageErrorV, v)))];
        _noiseError = [.. error.NoiseDeviationV.Select(v => N(Math.Max(0.002, v)))];
        _restError = N(Math.Max(options.LeastVoltageErrorV, error.RestDeviationV));
        _socFactor = [.. (error.SocFactor ?? [1, 1]).Select(N)];
        _errorRate = N(1 / Math.Max(30, error.CorrelationS));
        _firstErrorTemperature = N(error.TemperatureDegC[0]);
        _errorTemperatureScale = N(1 / (error.TemperatureDegC[1] - error.TemperatureDegC[0]));
        _capacityA = N(cell.CapacityAh);
    }

    /// <summary>SOC as estimated; may lie a little outside 0…1.</summary>
    public T Soc => _x[0];

    /// <summary>One standard deviation of <see cref="Soc"/>.</summary>
    public T SocDeviation => T.Sqrt(_p[0]);

    /// <summary>Estimated offset of the current sensor, A.</summary>
    public T OffsetA => _x[_offset];

    /// <summary>Estimated relative excess of the resistances over the cell file's.</summary>
    public T ResistanceExcessFraction => _x[_excess];

    /// <summary>One standard deviation of <see cref="ResistanceExcessFraction"/>.</summary>
    public T ResistanceExcessFractionDeviation => T.Sqrt(_p[_excess * _stride + _excess]);

    /// <summary>Estimated hysteresis branch, −1…1.</summary>
    public T HysteresisBranch => _x[_hysteresis];

    /// <summary>Estimated slow error of the circuit's voltage, V.</summary>
    public T SlowErrorV => _x[_error];

    /// <summary>What the last <see cref="Correct"/> expected, V.</summary>
    public T ModelVoltageV { get; private set; }

    /// <summary>Measured minus expected voltage at the last <see cref="Correct"/>, V.</summary>
    public T ResidualV { get; private set; }

    /// <summary>Standard deviation that the last residual was expected to have, V.</summary>
    public T ResidualDeviationV { get; private set; }

    /// <summary>OCV without hysteresis at the last <see cref="Correct"/>, V.</summary>
    public T OcvV { get; private set; }

    /// <summary>Voltage over all resistances at the last <see cref="Correct"/>, their excess included, V, of the current's sign.</summary>
    public T DropV { get; private set; }

    /// <summary>Series resistance of the last step, without the excess, Ω.</summary>
    public T SeriesResistanceOhm => _resistance[0];

    /// <summary>Copies the state of the circuit, as <see cref="TheveninModel"/> has it: SOC, pair voltages, hysteresis branch.</summary>
    public void CopyCircuitTo(Span<T> state) => _x.AsSpan(0, _pairs + 2).CopyTo(state);

    /// <summary>Slope of the OCV at the last <see cref="Correct"/>, V for a change of SOC from 0 to 1.</summary>
    public T OcvSlopeV { get; private set; }

    /// <summary>Starts with nothing but a belief about SOC; pair voltages may be anything a load before the start could have left.</summary>
    /// <param name="soc">SOC, 0…1.</param>
    /// <param name="socDeviation">Its standard deviation.</param>
    /// <param name="measuredA">Current at the start, A: pairs that settle within seconds are taken as settled half way, give or take half.</param>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    public void Begin(T soc, T socDeviation, T measuredA, T temperatureDegC)
    {
        Array.Clear(_x);
        Array.Clear(_p);
        Array.Clear(_fresh);
        Array.Fill(_keptSince, T.One);
        (ModelVoltageV, ResidualV, ResidualDeviationV, OcvV, OcvSlopeV, DropV) = (T.Zero, T.Zero, T.Zero, T.Zero, T.Zero, T.Zero);
        _x[0] = soc;
        Set(0, socDeviation);
        _circuit.Resistances(soc, temperatureDegC, _resistance);

        // A cell found under load has most likely been discharged for a while; one found at rest may have rested or just stopped.
        bool isLoaded = T.Abs(measuredA) > _capacityA * N(0.05);
        T past = -(_capacityA * N(isLoaded ? _options.PastLoadCRate : _options.PastLoadCRate / 3));
        T spread = _capacityA * N(_options.PastLoadCRateDeviation);
        _circuit.Pairs(measuredA, temperatureDegC, N(SettleS), _kept, _seen);
        for (int j = 0; j < _pairs; j++)
        {
            _x[1 + j] = _resistance[1 + j] * (_seen[j] + (past - _seen[j]) * _kept[j]);
            Set(1 + j, _resistance[1 + j] * (spread * _kept[j] + N(0.3) * T.Abs(_seen[j]) * (T.One - _kept[j])));
        }

        Set(_hysteresis, _circuit.HasHysteresis ? N(0.6) : T.Zero);
        Set(_offset, _capacityA * N(_options.OffsetCRateDeviation));
        Set(_error, LoadErrorAt(soc, temperatureDegC));
        Set(_excess, N(_options.ResistanceFactorDeviation));
    }

    /// <summary>Takes over all that another filter of the same cell knows.</summary>
    public void CopyFrom(SocFilter<T> other)
    {
        other._x.CopyTo(_x, 0);
        other._p.CopyTo(_p, 0);
        other._fresh.CopyTo(_fresh, 0);
        other._keptSince.CopyTo(_keptSince, 0);
        other._resistance.CopyTo(_resistance, 0);
        (ModelVoltageV, ResidualV, ResidualDeviationV) = (other.ModelVoltageV, other.ResidualV, other.ResidualDeviationV);
        (OcvV, OcvSlopeV, DropV) = (other.OcvV, other.OcvSlopeV, other.DropV);
    }

    /// <summary>Takes this as the relative deviation of all resistances from now on.</summary>
    public void WidenResistances(T deviationFraction) => Set(_excess, deviationFraction);

    /// <summary>Widens the SOC, for what happened unseen.</summary>
    public void WidenSoc(T deviation) => _p[0] += deviation * deviation;

    /// <summary>Puts the SOC somewhere, for a start from several beliefs.</summary>
    public void PlaceSoc(T soc) => _x[0] = soc;

    /// <summary>Advances the state over a time in which nothing was measured and no current is assumed.</summary>
    public void PredictUnseen(T temperatureDegC, T stepS)
    {
        // With the offset as the reading the true current is zero; the offset is then no evidence for charge.
        Predict(_x[_offset], temperatureDegC, stepS, T.Zero, T.Zero);
    }

    /// <summary>Advances the state over one step of constant current.</summary>
    /// <param name="measuredA">Measured current, A.</param>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    /// <param name="stepS">Step, s, ≥ 0.</param>
    /// <param name="loadShare">How loaded the cell has been lately, 0 (long rest) … 1.</param>
    public void Predict(T measuredA, T temperatureDegC, T stepS, T loadShare) => Predict(measuredA, temperatureDegC, stepS, loadShare, T.One);

    void Predict(T measuredA, T temperatureDegC, T stepS, T loadShare, T offsetCounts)
    {
        T trueA = measuredA - _x[_offset];
        _circuit.Resistances(_x[0], temperatureDegC, _resistance);
        _circuit.Pairs(trueA, temperatureDegC, stepS, _kept, _seen);
        T perAmpere = stepS * _circuit.SocPerCoulomb;
        T socChange = _circuit.Efficiency(trueA) * trueA * perAmpere;
        T keptBranch = _circuit.HysteresisKept(socChange);
        if (stepS != _keptErrorStepS) (_keptErrorStepS, _keptError) = (stepS, ReproducibleMath.Exp(-(stepS * _errorRate)));
        T keptError = _keptError;

        _decay[0] = T.One;
        _couple[0] = -(perAmpere * offsetCounts);
        _x[0] += socChange;
        for (int j = 0; j < _pairs; j++)
        {
            T settled = _resistance[1 + j] * _seen[j];
            _x[1 + j] = settled + (_x[1 + j] - settled) * _kept[j];
            _fresh[j] = settled + (_fresh[j] - settled) * _kept[j];
            _keptSince[j] *= _kept[j];
            _decay[1 + j] = _kept[j];
            _couple[1 + j] = -(_resistance[1 + j] * (T.One - _kept[j]) * offsetCounts);
        }

        T branch = trueA > T.Zero ? T.One : trueA < T.Zero ? -T.One : T.Zero;
        _x[_hysteresis] = branch + (_x[_hysteresis] - branch) * keptBranch;
        _decay[_hysteresis] = keptBranch;
        _x[_error] *= keptError;
        _decay[_error] = keptError;
        _decay[_offset] = _decay[_excess] = T.One;
        SumProcessNoise(trueA, temperatureDegC, stepS, loadShare, keptError);
        Propagate();
    }

    /// <summary>Takes in a measured voltage.</summary>
    /// <param name="measuredV">Terminal voltage, V.</param>
    /// <param name="measuredA">Current at the same moment, A.</param>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    /// <param name="noiseScale">Multiplies the variance of the voltage noise, ≥ 1.</param>
    public void Correct(T measuredV, T measuredA, T temperatureDegC, T noiseScale)
    {
        T variance = Expect(measuredA, temperatureDegC, noiseScale);
        ResidualV = measuredV - ModelVoltageV;

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        T believed = ResidualV * ResidualV * N(1.0 / 16);
        Apply(ResidualV, believed > variance ? believed : variance);
    }

    /// <summary>Computes expected voltage, its deviation and the OCV slope without taking anything in. Resistances are those of the step.</summary>
    /// <returns>Variance expected of the residual, V².</returns>
    public T Expect(T measuredA, T temperatureDegC, T noiseScale)
    {
        T trueA = measuredA - _x[_offset], z = _x[0];
        T drop = _resistance[0] * trueA;
        for (int j = 0; j < _pairs; j++) drop += _x[1 + j];
        T scale = T.One + _x[_excess], width = SocDeviation, least = N(0.01);
        if (!(width > least)) width = least;
        if (width > N(0.08)) width = N(0.08);
        T above = _circuit.Ocv(z + width, temperatureDegC), below = _circuit.Ocv(z - width, temperatureDegC);
        OcvSlopeV = (above - below) / (width + width);
        T memory = _circuit.Hysteresis(z);
        OcvV = _circuit.Ocv(z, temperatureDegC);
        DropV = scale * drop;
        ModelVoltageV = OcvV + memory * _x[_hysteresis] + DropV + _x[_error];

        _h[0] = OcvSlopeV;
        for (int j = 0; j < _pairs; j++) _h[1 + j] = scale;
        _h[_hysteresis] = memory;
        _h[_offset] = -(scale * _resistance[0]);
        _h[_error] = T.One;
        _h[_excess] = drop;
        T noise = ErrorAt(_noiseError, temperatureDegC);
        return Project(noise * noise * noiseScale);
    }

    /// <summary>How far SOC could be off with the voltage just seen explained as well: half the part of the OCV curve within its blur.</summary>
    /// <returns>0 where the curve is steeper than <paramref name="flatSlopeV"/> (V from empty to full) across that part: one slope says enough.</returns>
    public T VoltageResolution(T temperatureDegC, T flatSlopeV)
    {
        T z = _x[0], gain = _h[0] * _gain[0], error = LoadErrorAt(z, temperatureDegC), own = _p[_error * _stride + _error];
        T rest = ResidualDeviationV * ResidualDeviationV - (gain + gain) + _h[0] * _h[0] * _p[0];
        T blur = T.Sqrt((rest > T.Zero ? rest : T.Zero) + (error * error > own ? error * error - own : T.Zero)), step = N(0.01), low = z, high = z;
        while (low > T.Zero && _circuit.Ocv(low, temperatureDegC) > OcvV - blur) low -= step;
        while (high < T.One && _circuit.Ocv(high, temperatureDegC) < OcvV + blur) high += step;
        return blur + blur > flatSlopeV * (high - low) ? T.Zero : (high - low) * N(0.5);
    }

    /// <summary>Takes in the belief that the load before the start was like the load since: a cell in use has been in use.</summary>
    /// <param name="meanA">Mean current since the start, A.</param>
    /// <param name="deviationA">How far the mean before may have been from it, one standard deviation, A.</param>
    /// <returns>Squared distance of the pairs from that belief, in deviations: evidence for or against the state.</returns>
    public T CorrectPastLoad(T meanA, T deviationA)
    {
        T distance = T.Zero;
        for (int j = 0; j < _pairs; j++)
        {
            T left = _resistance[1 + j] * _keptSince[j], deviation = left * deviationA, least = N(1e-4);
            Array.Clear(_h);
            _h[1 + j] = T.One;
            T variance = Project(deviation * deviation + least * least);
            T residual = _fresh[j] + left * meanA - _x[1 + j];
            distance += residual * residual / variance;
            Apply(residual, variance);
        }

        return distance;
    }

    static T N(double value) => T.CreateTruncating(value);

    void Set(int k, T deviation) => _p[k * _stride + k] = deviation * deviation;

    /// <summary>Deviation at a temperature from a table over temperature; held at its ends.</summary>
    T ErrorAt(T[] table, T temperatureDegC)
    {
        T place = (temperatureDegC - _firstErrorTemperature) * _errorTemperatureScale;
        if (!(place > T.Zero)) return table[0];
        int last = table.Length - 1;
        if (place >= N(last)) return table[last];
        int k = int.CreateTruncating(place);
        return table[k] + (table[k + 1] - table[k]) * (place - N(k));
    }

    /// <summary>Deviation of the slow error under load at a state of charge and temperature, V.</summary>
    T LoadErrorAt(T soc, T temperatureDegC)
    {
        int last = _socFactor.Length - 1;
        T place = soc * N(last), error = ErrorAt(_loadError, temperatureDegC);
        if (!(place > T.Zero)) return error * _socFactor[0];
        if (place >= N(last)) return error * _socFactor[last];
        int k = int.CreateTruncating(place);
        return error * (_socFactor[k] + (_socFactor[k + 1] - _socFactor[k]) * (place - N(k)));
    }

    /// <summary>P ← F·P·Fᵀ + diag(added) with F = diag(decay) + couple·eᵀ(offset). Sums are ordered so that both halves of P stay equal to the bit.</summary>
    /// <remarks>The diagonal is added as a row: a number written alone into a row would hold up its next reading as a vector.</remarks>
    void Propagate()
    {
        int width = _stride, lanes = Vector256<T>.Count;
        ref T p = ref MemoryMarshal.GetArrayDataReference(_p), decay = ref MemoryMarshal.GetArrayDataReference(_decay);
        ref T unit = ref MemoryMarshal.GetArrayDataReference(_unit);
        ref T couple = ref MemoryMarshal.GetArrayDataReference(_couple), cross = ref MemoryMarshal.GetArrayDataReference(_cross);
        T halfVariance = N(0.5) * _p[_offset * width + _offset];
        for (int c = 0; c < width; c += lanes)
        {
            var column = Vector256.LoadUnsafe(ref p, (nuint)(_offset * width + c));
            (Vector256.LoadUnsafe(ref decay, (nuint)c) * column + Vector256.LoadUnsafe(ref couple, (nuint)c) * halfVariance).StoreUnsafe(ref cross, (nuint)c);
        }

        for (int i = 0; i < _count; i++)
        {
            T decayI = _decay[i], coupleI = _couple[i], crossI = _cross[i], addedI = _added[i];
            for (int c = 0; c < width; c += lanes)
            {
                nuint at = (nuint)(i * width + c);
                var mixed = Vector256.LoadUnsafe(ref couple, (nuint)c) * crossI + Vector256.LoadUnsafe(ref cross, (nuint)c) * coupleI;
                var noise = Vector256.LoadUnsafe(ref unit, at) * addedI;
                (Vector256.LoadUnsafe(ref p, at) * (Vector256.LoadUnsafe(ref decay, (nuint)c) * decayI) + (mixed + noise)).StoreUnsafe(ref p, at);
            }
        }
    }

    void SumProcessNoise(T trueA, T temperatureDegC, T stepS, T loadShare, T keptError)
    {
        T gain = trueA * _circuit.SocPerCoulomb * N(_options.GainDeviation);
        _added[0] = gain * gain * stepS * N(_options.GainCorrelationS);
        for (int j = 0; j < _pairs; j++)
        {
            // A tenth of what the pair would settle at: its resistance is not the table's everywhere.
            T spread = N(0.1) * _resistance[1 + j] * _seen[j];
            _added[1 + j] = spread * spread * (T.One - _kept[j] * _kept[j]);
        }

        if (_circuit.HasHysteresis) _added[_hysteresis] = N(0.02) * (T.One - _decay[_hysteresis]);
        T hours = stepS * N(1 / Units.SecondsPerHour);
        T walk = _capacityA * N(_options.OffsetWalkCRatePerRootHour), excess = N(_options.ResistanceWalkPerRootHour);
        _added[_offset] = walk * walk * hours;
        _added[_excess] = excess * excess * hours;
        T load = LoadErrorAt(_x[0], temperatureDegC), rest = _restError < load ? _restError : load;
        T stationary = rest * rest + (load * load - rest * rest) * loadShare;
        _added[_error] = stationary * (T.One - keptError * keptError);
    }

    /// <summary>Gain ← P·h; returns hᵀ·P·h + noise.</summary>
    T Project(T noiseVariance)
    {
        int width = _stride, lanes = Vector256<T>.Count;
        ref T p = ref MemoryMarshal.GetArrayDataReference(_p), gain = ref MemoryMarshal.GetArrayDataReference(_gain);
        for (int c = 0; c < width; c += lanes)
        {
            var sum = Vector256<T>.Zero;
            for (int i = 0; i < _count; i++) sum += Vector256.LoadUnsafe(ref p, (nuint)(i * width + c)) * _h[i];
            sum.StoreUnsafe(ref gain, (nuint)c);
        }

        T variance = noiseVariance;
        for (int i = 0; i < _count; i++) variance += _h[i] * _gain[i];
        ResidualDeviationV = T.Sqrt(variance);
        return variance;
    }

    /// <summary>x ← x + gain·residual, P ← P − gain·gainᵀ / variance; both halves equal to the bit, diagonal kept positive.</summary>
    void Apply(T residual, T variance)
    {
        int width = _stride, lanes = Vector256<T>.Count;
        ref T p = ref MemoryMarshal.GetArrayDataReference(_p), gain = ref MemoryMarshal.GetArrayDataReference(_gain);
        T inverse = T.One / variance, least = N(1e-12), step = inverse * residual;
        for (int i = 0; i < _count; i++)
        {
            T gainI = _gain[i];
            _x[i] += gainI * step;
            for (int c = 0; c < width; c += lanes)
            {
                nuint at = (nuint)(i * width + c);
                (Vector256.LoadUnsafe(ref p, at) - Vector256.LoadUnsafe(ref gain, (nuint)c) * gainI * inverse).StoreUnsafe(ref p, at);
            }

            if (!(_p[i * width + i] > least)) _p[i * width + i] = least;
        }

        T low = N(-0.02), high = N(1.02);
        if (!(_x[0] > low)) _x[0] = low;
        if (_x[0] > high) _x[0] = high;
        if (!(_x[_hysteresis] > -T.One)) _x[_hysteresis] = -T.One;
        if (_x[_hysteresis] > T.One) _x[_hysteresis] = T.One;
    }
}
