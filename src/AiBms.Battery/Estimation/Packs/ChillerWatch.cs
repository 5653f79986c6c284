using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Finds a chiller that is told to run at full power and takes no heat away.</summary>
/// <remarks>
/// A chiller that takes away more than twice what the cells make cools the coolant or, where these are still warm, the cells. Where neither
/// has cooled for minutes it does not run. Only what control told it is needed, no sensor of its own.
/// </remarks>
sealed class ChillerWatch(PackLayout layout, FindingOptions options)
{
    /// <summary>Full power is this share of it or more; heat above this share of it proves nothing; what is no noise of the sensors, K.</summary>
    const double FullFraction = 0.9, MostHeatFraction = 0.5, CoolsK = 0.5, SmoothS = 60, LeastFlowFraction = 0.1;

    double _inletDegC, _heatW, _fromInletDegC, _fromCaseDegC;

    /// <summary>How long it has been told to run at full power and cooled nothing, s.</summary>
    public double IdleS { get; private set; }

    /// <summary>True where that is too long.</summary>
    public bool IsLost => IdleS >= options.ChillerHoldS;

    /// <summary>Forgets everything.</summary>
    public void Start() => (_inletDegC, _heatW, _fromInletDegC, _fromCaseDegC, IdleS) = (double.NaN, 0, double.NaN, double.NaN, 0);

    /// <summary>Takes in what was measured.</summary>
    /// <param name="reading">The pack.</param>
    /// <param name="toldFraction">Power the chiller is told to run at, of its largest; NaN where nobody says.</param>
    /// <param name="meanCaseDegC">Mean temperature of the cases, °C; NaN where unknown.</param>
    /// <param name="heatW">Heat that all cells make, W.</param>
    /// <param name="passedS">Time since the last call, s.</param>
    public void Update(PackReading reading, double toldFraction, double meanCaseDegC, double heatW, double passedS)
    {
        if (layout.Cooling.MaxChillerW <= 0 || reading.Quality(PackSignal.CoolantInletDegC) != SignalQuality.Good) return;
        double inletDegC = reading[PackSignal.CoolantInletDegC], share = 1 - Math.Exp(-passedS / SmoothS);
        _heatW += (heatW - _heatW) * share;
        _inletDegC = double.IsNaN(_inletDegC) ? inletDegC : _inletDegC + (inletDegC - _inletDegC) * share;
        bool mustCool = toldFraction >= FullFraction && Flows(reading) && _heatW < MostHeatFraction * layout.Cooling.MaxChillerW && double.IsFinite(meanCaseDegC);
        bool hasCooled = _inletDegC < _fromInletDegC - CoolsK || meanCaseDegC < _fromCaseDegC - CoolsK;
        if (!mustCool || hasCooled || double.IsNaN(_fromInletDegC))
        {
            (_fromInletDegC, _fromCaseDegC, IdleS) = (mustCool ? _inletDegC : double.NaN, meanCaseDegC, 0);
            return;
        }

        IdleS += passedS;
        (_fromInletDegC, _fromCaseDegC) = (Math.Max(_fromInletDegC, _inletDegC), Math.Max(_fromCaseDegC, meanCaseDegC));
    }

    /// <summary>Where nothing flows a chiller cools nothing: that is the pump's to answer for.</summary>
    bool Flows(PackReading reading) =>
        reading.Quality(PackSignal.CoolantFlowLPerMin) == SignalQuality.Good ? reading[PackSignal.CoolantFlowLPerMin] > LeastFlowFraction * layout.Cooling.MaxFlowLPerMin
        : reading.Quality(PackSignal.PumpDutyFraction) == SignalQuality.Good && reading[PackSignal.PumpDutyFraction] > LeastFlowFraction;
}
