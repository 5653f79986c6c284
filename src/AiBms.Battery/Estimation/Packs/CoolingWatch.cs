using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Holds the cases against the coolant that enters and against each other, for the heat that leaves them.</summary>
/// <remarks>
/// Heat that leaves a group is what its circuit makes less what its heat capacity takes up; both sides of the balance pass the same
/// low-pass, so that no derivative is needed: LP[C·dT/dt] = C·(T − LP[T])/τ. A case is then above the coolant by offset + K/W · heat.
/// The film's share of the K/W hardly depends on the flow (laminar), the coolant's own rise goes with one over it. Low level, a blocked
/// passage and a stopped pump raise the K/W of all cells or of some.
/// </remarks>
sealed class CoolingWatch
{
    /// <summary>Low-pass of both sides, s; nothing is learnt before it has settled.</summary>
    const double FilterS = 600, SettledS = 3 * FilterS;

    /// <summary>The film's share of the K/W at full duty; a pump whose duty reads less than this stands, and should perhaps not.</summary>
    const double FilmShare = 0.2, LeastDutyFraction = 0.05;

    readonly PackLayout _layout;
    readonly FindingOptions _options;
    readonly double _heatJPerK;
    UsualLine[] _lines, _otherLines;
    readonly double[] _caseDegC, _aboveK;
    double _inletDegC, _madeW, _dutyFraction, _runS;

    public CoolingWatch(PackLayout layout, CellType group, FindingOptions options)
    {
        (_layout, _options) = (layout, options);
        _heatJPerK = group.Thermal is { } thermal ? thermal.CoreHeatCapacityJPerK + thermal.CaseHeatCapacityJPerK : 0;
        int probes = layout.Probes.Count;
        (_caseDegC, _aboveK, OwnK, OwnThresholdK) = (new double[probes], new double[probes], new double[probes], new double[probes]);
        UsualLine[] lines() => [.. Enumerable.Range(0, probes + 1).Select(_ => new UsualLine(group.Thermal?.CaseToAmbientKPerW ?? 1, options))];
        (_lines, _otherLines) = (lines(), lines());
        Start();
    }

    /// <summary>How far the cases are above the coolant beyond what is usual, K; 0 while that is not known.</summary>
    public double CommonK { get; private set; }

    /// <summary>What <see cref="CommonK"/> must exceed, K.</summary>
    public double CommonThresholdK { get; private set; }

    /// <summary>The same of the case at each probe against the other cases, K; 0 where not known.</summary>
    public double[] OwnK { get; }

    /// <summary>What each of <see cref="OwnK"/> must exceed, K.</summary>
    public double[] OwnThresholdK { get; }

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        Array.Fill(_caseDegC, double.NaN);
        foreach (var line in _lines) line.Start();
        foreach (var line in _otherLines) line.Start();
        (_inletDegC, _madeW, _dutyFraction, _runS) = (double.NaN, 0, 1, 0);
    }

    /// <summary>The flow was turned round: how cases differ along it is learnt for each direction, and nothing is said until it has settled.</summary>
    public void Reversed()
    {
        (_lines, _otherLines) = (_otherLines, _lines);
        (_runS, _inletDegC) = (0, double.NaN);
        Array.Fill(_caseDegC, double.NaN);
    }

    /// <summary>Keeps what is usual, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        tape.Values(_caseDegC);
        foreach (var line in _lines) line.Keep(tape);
        foreach (var line in _otherLines) line.Keep(tape);
        (_inletDegC, _madeW, _dutyFraction, _runS) = (tape.Value(_inletDegC), tape.Value(_madeW), tape.Value(_dutyFraction), tape.Value(_runS));
    }

    /// <summary>Takes in what was measured.</summary>
    /// <param name="reading">The pack.</param>
    /// <param name="madeW">Heat of the mean group since the last call, W.</param>
    /// <param name="isBelieved">Of each probe: it is on a case and does not contradict itself.</param>
    /// <param name="passedS">Time since the last call, s.</param>
    public void Update(PackReading reading, double madeW, ReadOnlySpan<bool> isBelieved, double passedS)
    {
        Array.Clear(OwnK);
        CommonK = 0;
        if (reading.Quality(PackSignal.CoolantInletDegC) != SignalQuality.Good) return;
        double share = 1 - Math.Exp(-passedS / FilterS), inletDegC = reading[PackSignal.CoolantInletDegC], duty = reading[PackSignal.PumpDutyFraction];
        _inletDegC = double.IsNaN(_inletDegC) ? inletDegC : _inletDegC + (inletDegC - _inletDegC) * share;
        _madeW += (madeW - _madeW) * share;
        _runS += passedS;
        if (reading.Quality(PackSignal.PumpDutyFraction) == SignalQuality.Good && duty >= LeastDutyFraction) _dutyFraction += (duty - _dutyFraction) * (_runS > passedS ? share : 1);
        double sumK = 0, sumW = 0;
        int count = 0;
        for (int k = 0; k < _layout.Probes.Count; k++)
        {
            if (!isBelieved[k]) continue;
            double now = reading.ProbeTemperatureDegC[k];
            _caseDegC[k] = double.IsNaN(_caseDegC[k]) ? now : _caseDegC[k] + (now - _caseDegC[k]) * share;
            _aboveK[k] = _caseDegC[k] - _inletDegC;
            (sumK, sumW, count) = (sumK + _aboveK[k], sumW + _madeW - _heatJPerK * (now - _caseDegC[k]) / FilterS, count + 1);
        }

        if (count == 0 || _runS < SettledS) return;
        double aboveK = sumK / count, heatW = sumW / count * (FilmShare + (1 - FilmShare) / _dutyFraction);
        (CommonK, CommonThresholdK) = _lines[^1].Beyond(aboveK, heatW, _options.CoolingK, passedS);

        // What is wrong with all of them changes how they differ, too: it is not said, nor learnt, of each.
        if (count < 3 || CommonK > CommonThresholdK) return;
        for (int k = 0; k < _layout.Probes.Count; k++)
            if (isBelieved[k]) (OwnK[k], OwnThresholdK[k]) = _lines[k].Beyond(_aboveK[k] - aboveK, heatW, _options.LocalCoolingK, passedS);
    }
}
