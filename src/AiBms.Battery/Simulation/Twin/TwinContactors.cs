using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Contactors, precharge and the link capacitor behind them.</summary>
/// <remarks>
/// Plus and minus closed: on line. Precharge and minus closed: the capacitor fills through the resistor, by its exact exponential.
/// A plus contactor that closes onto a link far below the pack takes its inrush, ΔV over the cable, and welds where that is above
/// <see cref="WeldFactor"/> times what it can break.
/// </remarks>
sealed class TwinContactors(PackLayout layout)
{
    const double WeldFactor = 20;

    readonly ContactorDesign _design = layout.Contactors;
    double _plusMovingS, _minusMovingS, _prechargeMovingS;
    bool _isPlusWelded, _isPlusClosed, _isMinusClosed, _isPrechargeClosed;

    public bool IsPlusClosed => _isPlusClosed;

    public bool IsMinusClosed => _isMinusClosed;

    public bool IsPrechargeClosed => _isPrechargeClosed;

    public bool IsOnLine => _isPlusClosed && _isMinusClosed;

    public bool IsPrecharging => !_isPlusClosed && _isPrechargeClosed && _isMinusClosed;

    /// <summary>Voltage behind the contactors, V.</summary>
    public double LinkV { get; set; }

    /// <summary>Resistance of the precharge path, Ω.</summary>
    public double PrechargeOhm(TwinEffects effects) => effects.IsPrechargeBroken ? double.PositiveInfinity : _design.PrechargeOhm;

    /// <summary>Lets the contacts travel; they are where they arrive within the step.</summary>
    public void Travel(PackCommand command, TwinEffects effects, double packV, double cableOhm, double stepS)
    {
        bool wasPlusClosed = _isPlusClosed;
        var plus = _isPlusWelded ? ContactorFault.Welded : effects.Plus;
        _isPlusClosed = Position(_isPlusClosed, command.PlusClosed, plus, ref _plusMovingS, stepS);
        _isMinusClosed = Position(_isMinusClosed, command.MinusClosed, effects.Minus, ref _minusMovingS, stepS);
        _isPrechargeClosed = Position(_isPrechargeClosed, command.PrechargeClosed, effects.Precharge, ref _prechargeMovingS, stepS);
        if (!_isPlusClosed || wasPlusClosed || !_isMinusClosed) return;
        if (Math.Abs(packV - LinkV) / Math.Max(cableOhm, 1e-4) > WeldFactor * _design.BreakCurrentA) _isPlusWelded = true;
    }

    /// <summary>Mean current out of the pack into the link while it fills, A, positive while charging (so: not positive), and its new voltage.</summary>
    public double Precharge(double packV, double ohm, double stepS)
    {
        if (!double.IsFinite(ohm)) return 0;
        double beforeV = LinkV;
        LinkV = packV + (LinkV - packV) * Math.Exp(-stepS / (ohm * _design.LinkCapacitanceF));
        return -(LinkV - beforeV) * _design.LinkCapacitanceF / stepS;
    }

    /// <summary>Lets the link fall through its bleed resistor.</summary>
    public void Bleed(double stepS) => LinkV *= Math.Exp(-stepS / (_design.LinkBleedOhm * _design.LinkCapacitanceF));

    bool Position(bool isClosed, bool isTold, ContactorFault fault, ref double movingS, double stepS)
    {
        if (fault == ContactorFault.StuckOpen) return false;
        if (fault == ContactorFault.Welded) return true;
        if (isClosed == isTold)
        {
            movingS = 0;
            return isClosed;
        }

        movingS += stepS;
        if (movingS < _design.TravelS) return isClosed;
        movingS = 0;
        return isTold;
    }
}
