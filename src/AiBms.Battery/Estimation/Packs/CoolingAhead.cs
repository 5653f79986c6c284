using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>What pump, flow and level say of where the cells' surroundings go, before any probe shows it.</summary>
/// <remarks>
/// For the same heat the cells stand above the coolant that enters by K/W = film / wetted share + the coolant's rise / flow. When flow or
/// level are other than they were while the surroundings were learnt, that height changes in the same ratio. Without a signal nothing is said.
/// </remarks>
sealed class CoolingAhead(PackLayout layout)
{
    /// <summary>The film's share of the K/W at full flow; the surroundings of a thermal filter follow over this, s.</summary>
    const double FilmShare = 0.2, FollowS = 300;

    /// <summary>Faces are wet down to this level; less than these shares is not believed; the height changes at most by this ratio.</summary>
    const double FullLevelFraction = 0.9, LeastFraction = 0.05, MostRatio = 8;

    double _flow = double.NaN, _duty = double.NaN, _wet = 1, _now = double.NaN, _usual = double.NaN;

    /// <summary>Forgets everything.</summary>
    public void Start() => (_flow, _duty, _wet, _now, _usual, InletDegC) = (double.NaN, double.NaN, 1, double.NaN, double.NaN, double.NaN);

    /// <summary>Coolant that enters, °C; NaN where not known.</summary>
    public double InletDegC { get; private set; } = double.NaN;

    /// <summary>Takes in a reading.</summary>
    /// <param name="reading">The pack.</param>
    /// <param name="passedS">Time since the last one, s.</param>
    public void Update(PackReading reading, double passedS)
    {
        double flow = Good(reading, PackSignal.CoolantFlowLPerMin) / layout.Cooling.MaxFlowLPerMin, level = Good(reading, PackSignal.CoolantLevelFraction);
        (InletDegC, _duty) = (Good(reading, PackSignal.CoolantInletDegC), Good(reading, PackSignal.PumpDutyFraction));
        _flow = double.IsNaN(flow) ? _duty : flow;
        _wet = double.IsNaN(level) ? 1 : Math.Clamp(level / FullLevelFraction, LeastFraction, 1);
        _now = Factor(_flow);
        if (double.IsNaN(_usual) || double.IsNaN(_now)) _usual = _now;
        else _usual += (_now - _usual) * (1 - Math.Exp(-passedS / FollowS));
    }

    /// <summary>How much warmer a case's surroundings become, K.</summary>
    /// <param name="caseDegC">The case now, °C.</param>
    /// <param name="pumpFraction">Duty of the pump from now on; NaN where it stays as it is.</param>
    public double ShiftK(double caseDegC, double pumpFraction)
    {
        double flow = double.IsNaN(pumpFraction) ? _flow : _duty > LeastFraction ? _flow * pumpFraction / _duty : pumpFraction;
        double ratio = Factor(flow) / _usual, aboveK = caseDegC - InletDegC;
        return double.IsNaN(ratio) || double.IsNaN(aboveK) ? 0 : aboveK * (Math.Clamp(ratio, 1 / MostRatio, MostRatio) - 1);
    }

    double Factor(double flow) => FilmShare / _wet + (1 - FilmShare) / Math.Clamp(flow, LeastFraction, 1);

    static double Good(PackReading reading, PackSignal signal) => reading.Quality(signal) == SignalQuality.Good ? reading[signal] : double.NaN;
}
