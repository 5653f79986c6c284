namespace AiBms.Battery.Control;

/// <summary>Constant current or several stages, then constant voltage on the worst cell: the least of named currents, and which it is.</summary>
/// <remarks>
/// The taper is I + (V − v)/(factor·R): a step towards the current at which the worst cell is just at its voltage; as the resistance is
/// taken too large it comes near from one side and does not swing. Every limit cuts at once and comes back by a ramp, so none can make
/// the current oscillate. Regeneration is announced by the same plating guard, with its allowance for short times.
/// </remarks>
public sealed class ChargeControl
{
    const double NearlyFraction = 0.8, FullSoc = 0.9;

    readonly ChargeOptions _options;
    readonly double _capacityAh, _ratedA, _fullV;
    readonly PlatingGuard _plating;
    double _endS, _lastA, _finishedSoc = double.NaN;
    bool _finished;
    ChargeDecision _decision;

    /// <param name="capacityAh">Capacity of a parallel group, Ah.</param>
    /// <param name="ratedA">Rated charge current of the pack, A.</param>
    /// <param name="fullV">Charge cut-off of a cell, V.</param>
    /// <param name="options">Stages, taper, plating; null for the defaults.</param>
    public ChargeControl(double capacityAh, double ratedA, double fullV, ChargeOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityAh);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratedA);
        _options = (options ?? new()).Validated();
        (_capacityAh, _ratedA, _fullV) = (capacityAh, ratedA, fullV);
        _plating = new(_options.Plating, ratedA);
    }

    /// <summary>What may flow into the pack now from anywhere, regeneration included, A: for the announced limit.</summary>
    public double LimitA { get; private set; }

    /// <summary>What binds <see cref="LimitA"/>.</summary>
    public ChargeReason LimitReason { get; private set; }

    /// <summary>Takes one step.</summary>
    public ChargeDecision Update(in ChargeInput input)
    {
        _plating.Update(input.CurrentA, input.ColdestDegC, input.FullestSoc, input.StepS);
        Announce(input);
        var next = Decide(input);
        double sinceS = next.Reason == _decision.Reason && next.Cell == _decision.Cell ? _decision.SinceS : input.TimeS;
        _lastA = next.CurrentA;
        return _decision = next with { SinceS = sinceS };
    }

    void Announce(in ChargeInput input)
    {
        (LimitA, LimitReason) = (Math.Max(0, input.EnvelopeA), ChargeReason.Envelope);
        bool isTired = _plating.UsedFraction > 0.5;
        if (_plating.NowA < LimitA) (LimitA, LimitReason) = (_plating.NowA, isTired ? ChargeReason.PlatingHistory : ChargeReason.Plating);
        if (double.IsNaN(input.FullestSoc) && UnknownA < LimitA) (LimitA, LimitReason) = (UnknownA, ChargeReason.EstimateUnknown);
        if (input.PulseA < LimitA) (LimitA, LimitReason) = (input.PulseA, ChargeReason.Power);
        if (!(LimitA > 0)) LimitA = 0;
    }

    ChargeDecision Decide(in ChargeInput input)
    {
        if (!input.IsRequested || !input.IsConnected)
        {
            (_finished, _endS) = (false, 0);
            return new(0, input.IsRequested ? ChargeReason.NoCharger : ChargeReason.NotRequested, 0, 0, -1, 0);
        }

        double soc = input.FullestSoc;
        if (soc >= input.TargetSoc) Finish(soc);
        if (soc < _finishedSoc - _options.RestartBelowSoc) _finished = false;
        if (_finished) return new(0, ChargeReason.Finished, soc, input.TargetSoc, -1, 0);

        var least = new ChargeDecision(Math.Max(0, input.EnvelopeA), ChargeReason.Envelope, input.CurrentA, input.EnvelopeA, -1, 0);
        Cut(ref least, new(StageFraction(soc) * _ratedA, ChargeReason.Stage, soc, 0, -1, 0));
        Cut(ref least, new(_plating.LastingA, ChargeReason.Plating, input.ColdestDegC, _plating.LastingA, -1, 0));
        if (double.IsNaN(soc)) Cut(ref least, new(UnknownA, ChargeReason.EstimateUnknown, 0, 0, -1, 0));
        // A power that is not known cuts nothing: taper, plating guard and envelope hold without it.
        Cut(ref least, new(input.PowerA, ChargeReason.Power, input.CurrentA, input.PowerA, -1, 0));
        Taper(input, ref least);
        // Quick far away, slow near the limit: under a limit that flickers the current stays at the flicker's lower edge.
        double nearA = (least.CurrentA - _lastA) * input.StepS / (input.StepS + _options.SettleS);
        double rising = _lastA + Math.Min(_options.RiseCRatePerS * _capacityAh * input.StepS, nearA);
        // What is nearly reached keeps its reason, so that noise on a limit does not make the reason flicker.
        if (least.CurrentA * NearlyFraction > rising) least = new(rising, ChargeReason.Rising, input.CurrentA, least.CurrentA, -1, 0);
        else if (least.CurrentA > rising) least = least with { CurrentA = rising };
        if (!(least.CurrentA > 0)) least = least with { CurrentA = 0 };
        return least;
    }

    void Taper(in ChargeInput input, ref ChargeDecision least)
    {
        double heldV = _fullV - _options.VoltageMarginV;
        double flowsA = double.IsFinite(input.CurrentA) ? Math.Max(0, input.CurrentA) : _lastA;
        double taperA = flowsA + (heldV - input.WorstCellV) / (_options.TaperFactor * Math.Max(input.ResistanceOhm, 1e-6));
        if (!double.IsFinite(taperA)) taperA = 0;
        Cut(ref least, new(Math.Max(0, taperA), ChargeReason.CellVoltage, input.WorstCellV, heldV, input.WorstCell, 0));
        // The estimated limit foresees the same end by its margin earlier.
        bool isFull = least.Reason == ChargeReason.CellVoltage || (least.Reason == ChargeReason.Power && input.FullestSoc > FullSoc);
        bool isEnding = isFull && least.CurrentA < _options.EndCRate * _capacityAh && flowsA < _options.EndCRate * _capacityAh;
        // The wait is needed: a charge that only begins, on a full pack, tapers too.
        _endS = isEnding ? _endS + input.StepS : 0;
        if (_endS >= _options.EndHoldS) Finish(input.FullestSoc);
    }

    double UnknownA => _options.UnknownCRate * _capacityAh;

    /// <summary>It begins again by the SOC at which it ended, whatever that was: a wrong estimate must not start a full pack again and again.</summary>
    void Finish(double soc)
    {
        if (!_finished) _finishedSoc = soc;
        _finished = true;
    }

    double StageFraction(double soc)
    {
        for (int k = 0; k < _options.Stages.Count; k++)
            if (soc < _options.Stages[k].UpToSoc) return _options.Stages[k].CurrentFraction;
        return _options.Stages[^1].CurrentFraction;
    }

    static void Cut(ref ChargeDecision least, in ChargeDecision other)
    {
        if (other.CurrentA < least.CurrentA) least = other;
    }
}
