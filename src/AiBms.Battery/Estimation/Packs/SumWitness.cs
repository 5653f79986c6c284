using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Tells a cell from its tap by the pack's own voltage sensor: a cell that drops takes the pack's voltage with it, a tap that lies does not.</summary>
/// <remarks>
/// g = pack voltage − sum of the taps − (a + ρ·I), with a what the sensors differ by and ρ what lies between the outer taps and the pack's
/// terminals. a and ρ are learnt by a filter of two states while g is small; how large g is then is what the sensor is good for. Where a tap is
/// off by e and lies, g = −e; where its cell is off by e, g = 0. A wire between two cells gives one what it takes from the other: g says nothing of it.
/// </remarks>
public sealed class SumWitness
{
    /// <summary>Noise of a tap and of the pack's sensor as first believed: V and of the pack's voltage; least noise of a tap, V.</summary>
    const double FirstTapV = 0.003, FirstFraction = 5e-4, LeastTapV = 5e-4;

    /// <summary>What is between the taps and the terminals is known to this fraction and this, Ω; what the sensors differ by wanders so much in an hour, of the pack's voltage.</summary>
    const double WireFraction = 0.5, LeastWireOhm = 2e-4, WanderFraction = 2.5e-4;

    /// <summary>More deviations than this are not learnt from; noise is learnt over this, s; what lasts so long is another sensor, s.</summary>
    const double Gate = 5, NoiseS = 60, AnotherS = 3600;

    /// <summary>Half a tap's error must be this many deviations of g; what is left of it, of the error, speaks for a cell below the first and for a tap above the second.</summary>
    const double Surely = 4, CellBelow = 0.3, TapAbove = 0.7;

    readonly int _count;
    readonly double _wireOhm;
    double _offsetV, _ohm, _offset2, _ohm2, _both, _noise2, _known2, _strangeS, _lastS;

    public SumWitness(PackLayout layout)
    {
        (_count, _wireOhm) = (layout.SeriesCount, layout.SeriesCount * layout.Wiring.BusbarOhm + layout.Wiring.CableOhm);
        Start();
    }

    /// <summary>g of the last reading that was looked at, V; NaN where a tap, the pack's voltage or the current was not read, or a cell bleeds.</summary>
    public double GapV { get; private set; }

    /// <summary>One standard deviation of a single <see cref="GapV"/>, V; infinite until it has been seen.</summary>
    public double DeviationV { get; private set; }

    /// <summary>One standard deviation of the mean of so many <see cref="GapV"/>, V.</summary>
    internal double MeanDeviationV(double readings) => double.IsNaN(_offset2) ? double.PositiveInfinity : Math.Sqrt(_noise2 / readings + _known2);

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        (_offsetV, _ohm, _offset2, _both, _noise2, _strangeS, _lastS) = (0, _wireOhm, double.NaN, 0, double.NaN, 0, double.NaN);
        _ohm2 = Math.Pow(Math.Max(WireFraction * _wireOhm, LeastWireOhm), 2);
        (GapV, DeviationV) = (double.NaN, double.PositiveInfinity);
    }

    /// <summary>Looks at a reading; nothing is learnt.</summary>
    public void Look(PackReading reading)
    {
        GapV = double.NaN;
        double currentA = reading[PackSignal.CurrentA], packV = reading[PackSignal.PackVoltageV];
        if (reading.Quality(PackSignal.PackVoltageV) != SignalQuality.Good || reading.Quality(PackSignal.CurrentA) != SignalQuality.Good || !double.IsFinite(currentA) || !double.IsFinite(packV)) return;
        double sumV = 0;
        foreach (double v in reading.CellVoltageV) sumV += v;
        if (!double.IsFinite(sumV) || Array.IndexOf(reading.BleedOn, true) >= 0) return;
        GapV = packV - sumV - _offsetV - _ohm * currentA;
        _known2 = KnownTo2(currentA);
        DeviationV = MeanDeviationV(1);
    }

    /// <summary>Learns from the reading that was looked at, unless a cell or a tap is known to be off.</summary>
    /// <param name="reading">That reading.</param>
    /// <param name="isAnyOff">True where one is.</param>
    public void Learn(PackReading reading, bool isAnyOff)
    {
        double passedS = double.IsNaN(_lastS) ? 0 : Math.Clamp(reading.TimeS - _lastS, 0, Units.SecondsPerHour);
        _lastS = reading.TimeS;
        double packV = reading[PackSignal.PackVoltageV], currentA = reading[PackSignal.CurrentA];
        if (double.IsNaN(GapV)) return;
        if (double.IsNaN(_offset2))
        {
            if (isAnyOff) return;
            _noise2 = _count * FirstTapV * FirstTapV + Math.Pow(FirstFraction * packV, 2);
            (_offsetV, _offset2, _both) = (_offsetV + GapV, _noise2 + _ohm2 * currentA * currentA, -_ohm2 * currentA);
            return;
        }

        _offset2 += Math.Pow(WanderFraction * packV, 2) * passedS / Units.SecondsPerHour;
        double known2 = KnownTo2(currentA), square = GapV * GapV;
        bool isStrange = isAnyOff || square > Gate * Gate * (_noise2 + known2);
        _strangeS = isStrange && !isAnyOff ? _strangeS + passedS : 0;
        if (_strangeS > AnotherS) Start();
        if (isStrange) return;
        _noise2 = Math.Max(_count * LeastTapV * LeastTapV, _noise2 + (square - _noise2) * Math.Min(1, passedS / NoiseS));
        double variance = _noise2 + known2, a = _offset2 + _both * currentA, r = _both + _ohm2 * currentA;
        (_offsetV, _ohm) = (_offsetV + a / variance * GapV, _ohm + r / variance * GapV);
        (_offset2, _both, _ohm2) = (_offset2 - a * a / variance, _both - a * r / variance, _ohm2 - r * r / variance);
    }

    /// <summary>Who is off: a cell or its tap.</summary>
    /// <param name="gapV">g, or its mean over some readings, V.</param>
    /// <param name="deviationV">One standard deviation of that, V.</param>
    /// <param name="offV">How far the cell's voltage is off, V.</param>
    /// <param name="beforeV">How far that of the cell before is off, V; 0 where it is not.</param>
    /// <param name="afterV">And of the cell after.</param>
    /// <param name="tapsV">How far taps beside these are off that are known to lie, all together, V.</param>
    public static OffSide Side(double gapV, double deviationV, double offV, double beforeV, double afterV, double tapsV)
    {
        if (IsShared(offV, beforeV) || IsShared(offV, afterV)) return OffSide.Tap;
        if (!(Math.Abs(offV) / 2 > Surely * deviationV)) return OffSide.Unknown;
        double lies = -(gapV + tapsV) / offV;
        return Math.Abs(lies) < CellBelow ? OffSide.Cell : lies > TapAbove && lies < 2 - TapAbove ? OffSide.Tap : OffSide.Unknown;
    }

    /// <summary>True where one cell shows too much what the other shows too little: the wire between them.</summary>
    static bool IsShared(double offV, double otherV) => Math.Abs(offV + otherV) < CellBelow * Math.Abs(offV);

    double KnownTo2(double currentA) => Math.Max(0, _offset2 + 2 * _both * currentA + _ohm2 * currentA * currentA);
}
