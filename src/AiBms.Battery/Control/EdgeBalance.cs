using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Edge;

namespace AiBms.Battery.Control;

/// <summary>Which balancing resistors are worth switching on, in float: <see cref="BalancingControl"/> as the C code in <c>firmware/src/balance.c</c> has it.</summary>
/// <param name="rules">The pack.</param>
public sealed class EdgeBalance(EdgePackRules rules)
{
    const float StartFraction = 0.004f, StopFraction = 0.001f, StartDeviations = 3, StopDeviations = 1, MarginK = 5, UnknownAmbientDegC = 45, MostBoardDegC = 1000, UnknownV = 4.5f;

    readonly bool[] _isWanted = new bool[rules.CellCount];
    readonly int[] _order = [.. Enumerable.Range(0, rules.CellCount)];
    float _riseK;
    bool _isTooHot;

    /// <summary>What the board may carry for ever, as it was found in the last step, W.</summary>
    public float AllowedW { get; private set; }

    /// <summary>Chooses which resistors are on.</summary>
    /// <param name="imbalance">How uneven the pack is.</param>
    /// <param name="stepS">Time since the step before, s.</param>
    /// <param name="cellV">Voltages, V; NaN where none is.</param>
    /// <param name="bleedOn">Which were on.</param>
    /// <param name="boardDegC">Temperature of the board, °C; NaN where it is not measured.</param>
    /// <param name="bleed">Filled.</param>
    public void Update(EdgeImbalance imbalance, float stepS, ReadOnlySpan<float> cellV, ReadOnlySpan<bool> bleedOn, float boardDegC, Span<bool> bleed)
    {
        bool isKnown = imbalance.Validity != SocValidity.Unknown && imbalance.Validity != SocValidity.Converging;
        WatchBoard(EdgeMath.Clamp(stepS, 0, 1e7f), cellV, bleedOn, boardDegC);
        float leftW = isKnown && !_isTooHot ? AllowedW : 0;
        ReadOnlySpan<float> bleedAh = imbalance.BleedAh.Span, capacityAh = imbalance.CapacityAh.Span;
        for (int i = 0; i < _isWanted.Length; i++)
        {
            float share = _isWanted[i] ? StopFraction : StartFraction, leastAh = (_isWanted[i] ? StopDeviations : StartDeviations) * imbalance.RecoverableLossAhDeviation;
            _isWanted[i] = isKnown && bleedAh[i] > share * capacityAh[i] && bleedAh[i] >= leastAh;
            bleed[i] = false;
        }

        Sort(bleedAh);
        foreach (int cell in _order)
        {
            if (!_isWanted[cell]) continue;
            float powerW = PowerW(cellV[cell]);
            bleed[cell] = powerW <= leftW;
            leftW = powerW <= leftW ? leftW - powerW : 0;
        }
    }

    /// <summary>The board lags its surroundings; how much it may carry follows from where it would settle.</summary>
    void WatchBoard(float stepS, ReadOnlySpan<float> cellV, ReadOnlySpan<bool> bleedOn, float boardDegC)
    {
        float carriedW = 0, targetDegC = rules.MostBoardDegC - MarginK;
        for (int i = 0; i < _isWanted.Length; i++)
            if (bleedOn[i]) carriedW = EdgeMath.Clamp(carriedW + PowerW(cellV[i]), 0, 1e6f);
        _riseK = EdgeMath.Clamp(_riseK + (carriedW * rules.BoardKPerW - _riseK) * stepS / (stepS + rules.BoardTimeS), 0, MostBoardDegC);
        float board = boardDegC > -MostBoardDegC && boardDegC < MostBoardDegC ? boardDegC : UnknownAmbientDegC + _riseK;
        AllowedW = EdgeMath.Clamp((targetDegC - (board - _riseK)) / rules.BoardKPerW, 0, 1e9f);
        if (board > targetDegC + 0.5f * MarginK) _isTooHot = true;
        else if (board < targetDegC) _isTooHot = false;
    }

    /// <summary>Most charge first; the order of the step before is nearly right.</summary>
    void Sort(ReadOnlySpan<float> bleedAh)
    {
        for (int k = 1; k < _order.Length; k++)
        {
            int cell = _order[k], at = k;
            for (; at > 0 && bleedAh[_order[at - 1]] < bleedAh[cell]; at--) _order[at] = _order[at - 1];
            _order[at] = cell;
        }
    }

    float PowerW(float cellV)
    {
        float v = cellV > -10 && cellV < 10 ? cellV : UnknownV;
        return v * v / rules.BleedOhm;
    }
}
