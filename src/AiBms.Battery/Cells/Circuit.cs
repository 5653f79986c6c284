using System.Numerics;
using AiBms.Numerics;

namespace AiBms.Battery.Cells;

/// <summary>The equations of an equivalent circuit in one precision: what simulator and filter both run.</summary>
/// <remarks>
/// State [z, v₁ … vₙ, h]. Every pair is advanced by its exact zero-order-hold solution, so any step length is stable. In float the
/// order of operations is that of the microcontroller's C code. An instance serves one cell at a time: it remembers the last step length.
/// </remarks>
public sealed class Circuit<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>2⁻⁴⁰ of the scale: far below what any sensor tells.</summary>
    const int BisectionSteps = 40;

    readonly T[] _ocv, _entropic, _bend, _hysteresis;
    readonly T[] _resistance;
    readonly T[] _timeConstant, _knee;
    readonly bool _isSteady;
    readonly int[] _bent;
    readonly T[] _steadyKept;
    T _steadyStepS;
    readonly T _ocvScale, _socScale, _firstTemperature, _temperatureScale, _hysteresisRate, _efficiency, _perCoulomb;
    readonly int _socCount, _temperatureCount;

    /// <param name="capacityAh">Reference capacity, Ah, positive.</param>
    /// <param name="cell">Parameters; refused with an <see cref="ArgumentException"/> when <see cref="TheveninParameters.Fault"/> finds one.</param>
    public Circuit(double capacityAh, TheveninParameters cell)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityAh);
        if (cell.Fault() is { } fault) throw new ArgumentException(fault, nameof(cell));
        PairCount = cell.Pairs.Length;
        _ocv = Convert(cell.OcvV);
        _entropic = Resample(cell.EntropicVPerK, _ocv.Length);
        _bend = Resample(cell.OcvBendVPerK2, _ocv.Length);
        _hysteresis = Resample(cell.HysteresisV, _ocv.Length);
        _ocvScale = T.CreateTruncating(_ocv.Length - 1);
        (_socCount, _temperatureCount) = (cell.Soc.Length, cell.TemperatureDegC.Length);
        _socScale = T.CreateTruncating(_socCount - 1);
        _firstTemperature = T.CreateTruncating(cell.TemperatureDegC[0]);
        _temperatureScale = T.CreateTruncating(1 / (cell.TemperatureDegC[1] - cell.TemperatureDegC[0]));
        _hysteresisRate = T.CreateTruncating(cell.HysteresisRate);
        _efficiency = T.CreateTruncating(cell.CoulombicEfficiency);
        _perCoulomb = T.CreateTruncating(1 / (Units.SecondsPerHour * capacityAh));

        // Time constants that are the same at every temperature need one exponential a step length, not one a step.
        _isSteady = cell.Pairs.All(p => p.TimeConstantS.All(t => t == p.TimeConstantS[0]));
        _steadyKept = new T[PairCount];
        _steadyStepS = T.CreateTruncating(-1);

        int width = 1 + PairCount;
        _resistance = new T[_temperatureCount * _socCount * width];
        _timeConstant = new T[_temperatureCount * PairCount];
        _knee = new T[_temperatureCount * PairCount];
        _bent = [.. Enumerable.Range(0, PairCount).Where(j => cell.Pairs[j].KneeCurrentA is not null)];
        for (int t = 0; t < _temperatureCount; t++)
        {
            for (int s = 0; s < _socCount; s++)
            {
                var row = _resistance.AsSpan((t * _socCount + s) * width, width);
                row[0] = T.CreateTruncating(cell.SeriesResistanceOhm[t][s]);
                for (int j = 0; j < PairCount; j++) row[1 + j] = T.CreateTruncating(cell.Pairs[j].ResistanceOhm[t][s]);
            }

            for (int j = 0; j < PairCount; j++)
            {
                _timeConstant[t * PairCount + j] = T.CreateTruncating(cell.Pairs[j].TimeConstantS[t]);
                _knee[t * PairCount + j] = T.CreateTruncating(cell.Pairs[j].KneeCurrentA?[t] ?? 0);
            }
        }
    }

    /// <summary>How many RC pairs.</summary>
    public int PairCount { get; }

    /// <summary>True when the cell's branches differ.</summary>
    public bool HasHysteresis => _hysteresis.AsSpan().ContainsAnyExcept(T.Zero);

    /// <summary>Fraction of the charge put in that is kept, for a charging current; 1 when discharging.</summary>
    public T Efficiency(T currentA) => currentA > T.Zero ? _efficiency : T.One;

    /// <summary>Change of SOC for each ampere-second.</summary>
    public T SocPerCoulomb => _perCoulomb;

    /// <summary>Open-circuit voltage without hysteresis, V. Outside 0…1 it goes on with the slope of the last section.</summary>
    public T Ocv(T soc, T temperatureDegC)
    {
        (int k, T w) = OcvSection(soc);
        T reference = _ocv[k] + (_ocv[k + 1] - _ocv[k]) * w;
        T entropic = _entropic[k] + (_entropic[k + 1] - _entropic[k]) * w;
        T bend = _bend[k] + (_bend[k + 1] - _bend[k]) * w, above = temperatureDegC - T.CreateTruncating(25);
        return reference + (entropic + bend * above) * above;
    }

    /// <summary>State of charge whose OCV without hysteresis is this voltage, by bisection: the curve rises. 0 or 1 where it lies beyond the ends.</summary>
    public T SocAtOcv(T voltageV, T temperatureDegC)
    {
        T low = T.Zero, high = T.One, half = T.CreateTruncating(0.5);
        for (int k = 0; k < BisectionSteps; k++)
        {
            T middle = (low + high) * half;
            if (Ocv(middle, temperatureDegC) < voltageV) low = middle;
            else high = middle;
        }

        return (low + high) * half;
    }

    /// <summary>dOCV/dT at this SOC, V/K. Without the bend: that holds more than entropy, and heat follows entropy.</summary>
    public T Entropic(T soc)
    {
        (int k, T w) = OcvSection(soc);
        return _entropic[k] + (_entropic[k + 1] - _entropic[k]) * w;
    }

    /// <summary>Half distance between the branches at this SOC, V.</summary>
    public T Hysteresis(T soc)
    {
        (int k, T w) = OcvSection(soc);
        return _hysteresis[k] + (_hysteresis[k + 1] - _hysteresis[k]) * w;
    }

    /// <summary>What is left of the way to the other branch after a step.</summary>
    public T HysteresisKept(T socChange) => ReproducibleMath.Exp(-(_hysteresisRate * T.Abs(socChange)));

    /// <summary>Resistances at a state of charge and temperature: series first, then the pairs.</summary>
    /// <param name="soc">State of charge.</param>
    /// <param name="temperatureDegC">Temperature, °C; held at the table's ends.</param>
    /// <param name="resistanceOhm">Filled, length 1 + <see cref="PairCount"/>, Ω.</param>
    public void Resistances(T soc, T temperatureDegC, Span<T> resistanceOhm)
    {
        (int t, T wt) = Section((temperatureDegC - _firstTemperature) * _temperatureScale, _temperatureCount);
        (int s, T ws) = Section(soc * _socScale, _socCount);
        int width = 1 + PairCount;
        var cold = _resistance.AsSpan((t * _socCount + s) * width, 2 * width);
        var warm = _resistance.AsSpan(((t + 1) * _socCount + s) * width, 2 * width);
        for (int e = 0; e < width; e++)
        {
            T low = cold[e] + (cold[e + width] - cold[e]) * ws;
            T high = warm[e] + (warm[e + width] - warm[e]) * ws;
            resistanceOhm[e] = low + (high - low) * wt;
        }
    }

    /// <summary>For each pair: what of its voltage is left after the step, and the current that its resistance sees.</summary>
    /// <param name="currentA">Current, A.</param>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    /// <param name="stepS">Step, s.</param>
    /// <param name="kept">Filled: e^(−step/τ), length <see cref="PairCount"/>.</param>
    /// <param name="seenA">Filled: i, or i₀·asinh(i/i₀) for a pair with a knee, A.</param>
    public void Pairs(T currentA, T temperatureDegC, T stepS, Span<T> kept, Span<T> seenA)
    {
        (int t, T w) = Section((temperatureDegC - _firstTemperature) * _temperatureScale, _temperatureCount);
        int cold = t * PairCount, warm = cold + PairCount;
        if (_isSteady)
        {
            if (stepS != _steadyStepS)
            {
                _steadyStepS = stepS;
                for (int j = 0; j < _steadyKept.Length; j++) _steadyKept[j] = ReproducibleMath.Exp(-(stepS / _timeConstant[j]));
            }

            _steadyKept.CopyTo(kept);
        }
        else
        {
            for (int j = 0; j < kept.Length; j++)
                kept[j] = ReproducibleMath.Exp(-(stepS / (_timeConstant[cold + j] + (_timeConstant[warm + j] - _timeConstant[cold + j]) * w)));
        }

        seenA.Fill(currentA);
        foreach (int j in _bent)
        {
            T knee = _knee[cold + j] + (_knee[warm + j] - _knee[cold + j]) * w;
            seenA[j] = knee * ReproducibleMath.Asinh(currentA / knee);
        }
    }

    (int Index, T Weight) OcvSection(T soc)
    {
        T place = soc * _ocvScale;
        int last = _ocv.Length - 2;
        int k = 0;
        if (place > T.Zero) k = place >= T.CreateTruncating(last) ? last : int.CreateTruncating(place);
        return (k, place - T.CreateTruncating(k));
    }

    static (int Index, T Weight) Section(T place, int count)
    {
        int last = count - 2;
        if (!(place > T.Zero)) return (0, T.Zero);
        if (place >= T.CreateTruncating(last + 1)) return (last, T.One);
        int k = int.CreateTruncating(place);
        return (k, place - T.CreateTruncating(k));
    }

    static T[] Convert(double[] values) => Array.ConvertAll(values, T.CreateTruncating);

    static T[] Resample(double[]? values, int count)
    {
        var result = new T[count];
        if (values is null || values.Length == 0) return result;
        for (int k = 0; k < count; k++)
        {
            double place = k * (values.Length - 1.0) / (count - 1);
            int low = Math.Min((int)place, Math.Max(0, values.Length - 2));
            double next = values[Math.Min(low + 1, values.Length - 1)];
            result[k] = T.CreateTruncating(values[low] + (next - values[low]) * (place - low));
        }

        return result;
    }
}
