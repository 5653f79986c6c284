using AiBms.Battery.Estimation.Edge;

namespace AiBms.Battery.Control;

/// <summary><see cref="ChargeControl"/> with its plating guard in float, operation for operation the C code in <c>firmware/src/charge.c</c>.</summary>
/// <param name="rules">How the pack is charged.</param>
public sealed class EdgeCharge(EdgeChargeRules rules)
{
    const float Nearly = 0.8f, FullSoc = 0.9f, MostA = 1e6f, Largest = 1e9f;

    float _used, _lastingA, _nowA, _endS, _lastA, _finishedSoc, _forS;
    ChargeReason _reason;
    int _cell = -1;
    bool _isFinished, _hasFinished;

    // Readings that were found to be numbers, within bounds.
    float _stepS, _flowsA, _worstV, _ohm, _coldestDegC, _soc, _envelopeA, _powerA, _pulseA, _targetSoc;
    bool _isFlowKnown, _isVoltageKnown, _isTemperatureKnown, _isSocKnown;

    /// <summary>Takes one step. Any bits whatever may come.</summary>
    public EdgeChargeDecision Update(in EdgeChargeInput input)
    {
        Read(input);
        Guard();
        var (limitA, limitReason) = Announce();
        var next = Decide(input) with { LimitA = limitA, LimitReason = limitReason };
        _forS = next.Reason == _reason && next.Cell == _cell ? EdgeMath.Clamp(_forS + _stepS, 0, Largest) : 0;
        (_reason, _cell, _lastA) = (next.Reason, next.Cell, next.CurrentA);
        return next with { ForS = _forS };
    }

    static bool IsWithin(float x, float bound) => x > -bound && x < bound;

    static float OrElse(float x, float bound, float otherwise) => IsWithin(x, bound) ? x : otherwise;

    void Read(in EdgeChargeInput input)
    {
        _stepS = EdgeMath.Clamp(input.StepS, 0, 1e6f);
        _isFlowKnown = IsWithin(input.CurrentA, MostA);
        _flowsA = EdgeMath.Clamp(OrElse(input.CurrentA, MostA, 0), 0, MostA);
        (_isVoltageKnown, _worstV) = (IsWithin(input.WorstV, 100), OrElse(input.WorstV, 100, 0));
        _ohm = EdgeMath.Clamp(input.ResistanceOhm, 1e-6f, 1e3f);
        (_isTemperatureKnown, _coldestDegC) = (IsWithin(input.ColdestDegC, 1000), OrElse(input.ColdestDegC, 1000, 0));
        (_isSocKnown, _soc) = (IsWithin(input.FullestSoc, 10), OrElse(input.FullestSoc, 10, 1));
        _envelopeA = EdgeMath.Clamp(input.EnvelopeA, 0, MostA);
        (_powerA, _pulseA, _targetSoc) = (OrElse(input.PowerA, MostA, MostA), OrElse(input.PulseA, MostA, MostA), OrElse(input.TargetSoc, 10, 1));
    }

    /// <summary>Remembers what charge went before: a short pulse may be strong, a long one not.</summary>
    void Guard()
    {
        float byTemperature = _isTemperatureKnown ? rules.ByTemperature.Line(_coldestDegC) : 0;
        _lastingA = rules.RatedA * byTemperature * rules.BySoc.Line(_soc);
        float beyond = _lastingA > 1e-6f ? EdgeMath.Clamp(_flowsA / _lastingA - 1, -1, Largest) : _flowsA > 0 ? rules.PulseFactor : -1;
        float rate = beyond > 0 ? beyond / (EdgeMath.Clamp(rules.PulseFactor - 1, 1e-3f, 1e3f) * rules.PulseS) : beyond / rules.RecoverS;
        _used = EdgeMath.Clamp(_used + rate * _stepS, 0, 1);
        _nowA = _lastingA * (1 + (rules.PulseFactor - 1) * (1 - _used));
    }

    (float LimitA, ChargeReason Reason) Announce()
    {
        var (limitA, reason) = (_envelopeA, ChargeReason.Envelope);
        if (_nowA < limitA) (limitA, reason) = (_nowA, _used > 0.5f ? ChargeReason.PlatingHistory : ChargeReason.Plating);
        if (!_isSocKnown && rules.UnknownA < limitA) (limitA, reason) = (rules.UnknownA, ChargeReason.EstimateUnknown);
        if (_pulseA < limitA) (limitA, reason) = (_pulseA, ChargeReason.Power);
        return (limitA < 0 ? 0 : limitA, reason);
    }

    EdgeChargeDecision Decide(in EdgeChargeInput input)
    {
        if (!input.IsRequested || !input.IsConnected)
        {
            (_isFinished, _endS) = (false, 0);
            return Made(0, input.IsRequested ? ChargeReason.NoCharger : ChargeReason.NotRequested, 0, 0, -1);
        }

        if (_isSocKnown && _soc >= _targetSoc) Finish();
        if (_isSocKnown && _hasFinished && _soc < _finishedSoc - rules.RestartBelowSoc) _isFinished = false;
        if (_isFinished) return Made(0, ChargeReason.Finished, _soc, _targetSoc, -1);

        var least = Made(_envelopeA, ChargeReason.Envelope, _flowsA, _envelopeA, -1);
        Cut(ref least, Made(StageFraction() * rules.RatedA, ChargeReason.Stage, _soc, 0, -1));
        Cut(ref least, Made(_lastingA, ChargeReason.Plating, _coldestDegC, _lastingA, -1));
        if (!_isSocKnown) Cut(ref least, Made(rules.UnknownA, ChargeReason.EstimateUnknown, 0, 0, -1));
        Cut(ref least, Made(_powerA, ChargeReason.Power, _flowsA, _powerA, -1));
        Taper(input.WorstCell, ref least);
        Settle(ref least);
        return least;
    }

    /// <summary>A step towards the current at which the worst cell is just at its voltage.</summary>
    void Taper(int worstCell, ref EdgeChargeDecision least)
    {
        float heldV = rules.FullV - rules.MarginV, flowsA = _isFlowKnown ? _flowsA : _lastA;
        float taperA = _isVoltageKnown ? EdgeMath.Clamp(flowsA + (heldV - _worstV) / (rules.TaperFactor * _ohm), 0, Largest) : 0;
        Cut(ref least, Made(taperA, ChargeReason.CellVoltage, _worstV, heldV, worstCell));
        bool isFull = least.Reason == ChargeReason.CellVoltage || (least.Reason == ChargeReason.Power && _isSocKnown && _soc > FullSoc);
        _endS = isFull && least.CurrentA < rules.EndA && flowsA < rules.EndA ? EdgeMath.Clamp(_endS + _stepS, 0, Largest) : 0;
        if (_endS >= rules.EndHoldS) Finish();
    }

    /// <summary>Falling at once, rising slowly: quick far away, slow near the limit.</summary>
    void Settle(ref EdgeChargeDecision least)
    {
        float nearA = (least.CurrentA - _lastA) * _stepS / (_stepS + rules.SettleS), mostA = rules.RiseAPerS * _stepS;
        float rising = _lastA + (nearA < mostA ? nearA : mostA);
        if (least.CurrentA * Nearly > rising) least = Made(rising, ChargeReason.Rising, _isFlowKnown ? _flowsA : 0, least.CurrentA, -1);
        else if (least.CurrentA > rising) least = least with { CurrentA = rising };
        least = least with { CurrentA = EdgeMath.Clamp(least.CurrentA, 0, MostA) };
    }

    void Finish()
    {
        if (!_isFinished) (_finishedSoc, _hasFinished) = (_soc, _isSocKnown);
        _isFinished = true;
    }

    float StageFraction()
    {
        var stages = rules.Stages;
        if (_isSocKnown)
            for (int k = 0; k < stages.At.Count; k++)
                if (_soc < stages.At[k]) return stages.Value[k];
        return stages.Value[^1];
    }

    static EdgeChargeDecision Made(float currentA, ChargeReason reason, float value, float threshold, int cell) =>
        new(currentA, reason, value, threshold, cell, 0, 0, default);

    static void Cut(ref EdgeChargeDecision least, in EdgeChargeDecision other)
    {
        if (other.CurrentA < least.CurrentA) least = other;
    }
}
