using AiBms.Battery.Control;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Edge;

namespace AiBms.Trials.Edge;

/// <summary>Readings of a pack, and what the C# float forms of its estimators and controls answer to them, hashed as <c>conformance/parts.c</c> does.</summary>
sealed class PartRows(EdgeCell cell, EdgePackRules rules, EdgeChargeRules charging, EdgeThermalRules thermalRules, int seed)
{
    readonly Random _random = new(seed);
    readonly EdgePack _pack = new(cell, rules);
    readonly EdgeImbalance _imbalance = new(rules.CellCount);
    readonly EdgeBalance _balance = new(rules);
    readonly EdgeCharge _charge = new(charging);
    readonly EdgeHealth _health = new(cell, rules.CellCount);
    readonly EdgeThermal _thermal = new(thermalRules);
    readonly float[] _cellV = new float[rules.CellCount], _soc = new float[rules.CellCount];
    readonly bool[] _bleedOn = new bool[rules.CellCount], _bleed = new bool[rules.CellCount];
    ulong _hash = 14695981039346656037;
    float _currentA, _drawnA, _charged;

    /// <summary>Reasons and bindings that came up, so that a trial can see that its inputs reach them.</summary>
    public HashSet<string> Reached { get; } = [];

    /// <summary>Writes so many rows and gives the hash of all that was answered.</summary>
    public string Write(BinaryWriter writer, int rows)
    {
        for (int i = 0; i < _soc.Length; i++) _soc[i] = 0.6f + 0.05f * MathF.Sin(1.7f * i);
        for (int k = 0; k < rows; k++) Step(writer, k, rows);
        return $"{rows} {_hash:x16}";
    }

    void Step(BinaryWriter writer, int k, int rows)
    {
        // Three quarters cells that follow their circuit's resting voltage and a resistance, then bits of every kind.
        bool isWild = k > rows * 3 / 4;
        float Pick(float usual) => isWild && _random.Next(6) == 0 ? BitConverter.Int32BitsToSingle(_random.Next(int.MinValue, int.MaxValue)) : _random.Next(3000) == 0 ? float.NaN : usual;
        // Now and then the pack rests long enough for its OCV to be believed.
        bool isResting = k % 1800 is >= 600 and < 760 or >= 1500 and < 1660;
        float stepS = isResting ? 15 : _random.Next(4000) == 0 ? 300 : 12, hours = stepS / 3600;
        bool isCharging = k / 900 % 2 == 1;
        if (k % 60 == 0) _drawnA = (float)_random.NextDouble() * rules.DischargeA * 0.6f;
        _currentA += 0.3f * ((isResting ? 0 : isCharging ? _charged : -_drawnA) - _currentA);
        for (int i = 0; i < _cellV.Length; i++)
        {
            _soc[i] = Math.Clamp(_soc[i] + _currentA * hours / cell.CapacityAh, 0.02f, 0.995f);
            float place = _soc[i] * 100;
            int at = Math.Min(99, (int)place);
            var ocv = cell.OcvV.Span;
            float ohm = 0.05f / cell.CapacityAh * (1 + 0.2f * MathF.Cos(2.3f * i));
            _cellV[i] = Pick(ocv[at] + (ocv[at + 1] - ocv[at]) * (place - at) + ohm * _currentA + 0.001f * ((float)_random.NextDouble() - 0.5f));
            _bleedOn[i] = _bleed[i] && k % 4 != 3;
        }

        float[] head =
        [
            Pick(stepS), Pick(_currentA), Pick(18 + 30 * MathF.Sin(k * 3e-4f)), Pick(k % 700 < 350 ? 62 + 14 * MathF.Sin(k * 0.01f) : float.NaN), Pick(k % 200 < 10 ? 0 : rules.ChargeA),
            Pick(0.98f), _random.Next(500) == 0 ? 0 : isCharging ? 3 : k / 300 % 3,
        ];
        foreach (float value in head) writer.Write(value);
        foreach (float value in _cellV) writer.Write(value);
        foreach (bool isOn in _bleedOn) writer.Write(isOn ? 1f : 0f);
        Answer(head);
    }

    void Answer(float[] head)
    {
        _pack.Step(head[0], head[1], _cellV, _bleedOn, head[2]);
        _health.Step(_pack, head[0], head[1], _cellV, _bleedOn);
        if (_health.Teach(_pack)) Reached.Add("Taught");
        _thermal.Step(head[0], EdgeThermal.HeatW(cell, _pack), head[2]);
        AddTrackers();
        _imbalance.Set(cell, rules, _pack);
        _balance.Update(_imbalance, head[0], _cellV, _bleedOn, head[3], _bleed);
        float worstV = float.NaN, fullest = float.NaN;
        int worst = -1;
        for (int i = 0; i < _cellV.Length; i++)
        {
            var one = _pack.Cell(i);
            Assert.InRange(one.Soc, 0, 1);
            foreach (float value in (ReadOnlySpan<float>)[one.Soc, one.SocDeviation, one.ResistanceRatio, one.CapacityAh, one.CapacityAhDeviation]) Add(value);
            Add((uint)one.Validity | (_bleed[i] ? 256u : 0));
            Add(_imbalance.BleedAh.Span[i]);
            if (!(_cellV[i] <= worstV) && !float.IsNaN(_cellV[i])) (worstV, worst) = (_cellV[i], i);
            if (one.Validity != SocValidity.Unknown && !(one.Soc <= fullest)) fullest = one.Soc;
        }

        Add((uint)_imbalance.FirstEmptyCell);
        Add((uint)_imbalance.FirstFullCell);
        foreach (float value in (ReadOnlySpan<float>)[_imbalance.Soc, _imbalance.SocDeviation, _imbalance.RecoverableLossAh, _imbalance.RecoverableLossAhDeviation, _imbalance.SpreadLossAh, _imbalance.BalancingHour, _balance.AllowedW])
            Add(value);
        EdgePower power = new(cell, rules, _pack);
        float pulseA = Power(power, true, 10), lastingA = Power(power, true, 30);
        Power(power, false, 2);
        Power(power, false, 600);
        bool isRequested = head[6] is 1 or 3, isConnected = head[6] >= 2;
        var decision = _charge.Update(new(head[0], head[1], worstV, worst, 0.002f, head[2], fullest, head[4], lastingA, pulseA, head[5], isRequested, isConnected));
        _charged = decision.CurrentA;
        foreach (float value in (ReadOnlySpan<float>)[decision.CurrentA, decision.Value, decision.Threshold, decision.ForS, decision.LimitA]) Add(value);
        Add((uint)decision.Reason | ((uint)decision.LimitReason << 8));
        Add((uint)decision.Cell);
        Reached.Add(decision.Reason.ToString());
        if (_bleed.AsSpan().Contains(true)) Reached.Add("Bleeding");
    }

    void AddTrackers()
    {
        foreach (var one in _health.Cells)
        {
            foreach (float value in (ReadOnlySpan<float>)[one.CapacityAh, one.VarianceAh2, one.ResistanceRatio]) Add(value);
            Add((uint)one.WindowCount);
        }

        Add(_health.ChargeAh);
        Add((uint)_health.TakenCount);
        Add((uint)_health.RejectedCount);
        Add((uint)_health.Reason);
        Reached.Add("Window" + _health.Reason);
        foreach ((float heatW, float timeS) in (ReadOnlySpan<(float, float)>)[(float.NaN, 60), (3, 1800)])
            if (_thermal.Forecast(heatW, timeS) is { } ahead)
                foreach (float value in (ReadOnlySpan<float>)[ahead.CoreDegC, ahead.CaseDegC, ahead.CoreDegCDeviation, ahead.CaseDegCDeviation]) Add(value);
        foreach (float value in (ReadOnlySpan<float>)[_thermal.CoreDegC, _thermal.CaseDegC, _thermal.SurroundingsDegC, _thermal.HeatFactor]) Add(value);
    }

    float Power(EdgePower power, bool isCharge, float timeS)
    {
        var limit = power.At(_imbalance, isCharge, timeS);
        Reached.Add("Power" + limit.Binding);
        foreach (float value in (ReadOnlySpan<float>)[limit.CurrentA, limit.PowerW, limit.CurrentADeviation]) Add(value);
        Add((uint)limit.Binding);
        Add((uint)limit.Cell);
        return limit.CurrentA;
    }

    void Add(float value) => Add(float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(value));

    void Add(uint word)
    {
        for (int k = 0; k < 4; k++) _hash = (_hash ^ ((word >> (8 * k)) & 0xFF)) * 1099511628211;
    }
}
