using AiBms.Safety;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;

namespace AiBms.Trials.Edge;

/// <summary>Inputs of the protection as words of a file, and what the C# protection decides for them, hashed as <c>conformance/guard.c</c> does.</summary>
sealed class GuardRows(SafetyLimits limits, int seed)
{
    const int Readings = 11;
    const ulong Prime = 1099511628211;

    readonly Random _random = new(seed);
    readonly SafetyMemory _memory = new(limits);
    readonly float[] _cells = new float[limits.CellCount], _probes = new float[limits.ProbeCount];
    readonly bool[] _bleedOn = new bool[limits.CellCount];
    ulong _hash = 14695981039346656037;
    long _timeMs = 1000;
    float _currentA, _linkV;
    bool _closed, _isClosing;

    /// <summary>Words of a row.</summary>
    public int Words { get; } = 2 + limits.CellCount + limits.ProbeCount + Readings + 4 + (limits.CellCount + 31) / 32 + 3;

    /// <summary>States that were reached, so that a trial can see that its inputs reach them.</summary>
    public HashSet<ProtectionState> Reached { get; } = [];

    /// <summary>Writes so many rows and gives the hash of all that was decided.</summary>
    public string Write(BinaryWriter writer, int rows)
    {
        for (int k = 0; k < rows; k++) Step(writer, k, rows);
        return $"{rows} {_hash:x16}";
    }

    void Step(BinaryWriter writer, int k, int rows)
    {
        // Half a plausible drive with faults now and then, a quarter with many, a quarter of bits of every kind.
        bool isWild = k > rows * 3 / 4;
        bool isCalm = k < rows / 2;
        int rarity = isCalm ? 4000 : 150;
        float Pick(float usual) => isWild && _random.Next(6) == 0 ? BitConverter.Int32BitsToSingle(_random.Next(int.MinValue, int.MaxValue)) : _random.Next(rarity) == 0 ? float.NaN : usual;
        bool Rare() => _random.Next(rarity) == 0;
        float Noise() => (float)_random.NextDouble() - 0.5f;

        var told = _memory.Output.Contactors;
        int advance = limits.AssumedStepMs;
        if (Rare()) advance = _random.Next(-5000, 20000);
        _timeMs = isWild && _random.Next(3000) == 0 ? _random.NextInt64(long.MinValue, long.MaxValue) : unchecked(_timeMs + advance);
        float highV = limits.Bands[0].Operating, lowV = limits.Bands[1].Operating, middleV = 0.5f * (highV + lowV) + (isCalm ? 0.51f : 0.56f) * (highV - lowV) * MathF.Sin(k * 0.0007f);
        float hot = 25 + (isCalm ? 17 : 40) * MathF.Sin(k * 0.00031f);
        for (int i = 0; i < _cells.Length; i++) _cells[i] = Pick(middleV + 0.01f * Noise());
        if (Rare()) _cells[_random.Next(_cells.Length)] = 4.9f * (float)_random.NextDouble();
        for (int i = 0; i < _probes.Length; i++) _probes[i] = Pick(hot + 0.5f * Noise() + 0.2f * i);
        float packV = middleV * _cells.Length;
        if (told.Minus && (told.Plus || told.Precharge)) _linkV += (packV - _linkV) * 0.6f;
        else _linkV *= 0.5f;
        _currentA = _closed ? 0.9f * _currentA + 0.1f * (Load(MathF.Sin(k * 0.003f), isCalm ? 0.6f : 1.3f)) : 0;
        if (_random.Next(1500) == 0) _isClosing = !_isClosing;
        for (int i = 0; i < _bleedOn.Length; i++) _bleedOn[i] = k % 600 < (isCalm ? 3 : 30) && i % 5 == k / 600 % 5;
        float[] readings = [Pick(_currentA), Pick(_currentA), Pick(packV), Pick(_linkV), Pick(2e6f), Pick(0.9f), Pick(6.5f + 2 * MathF.Sin(k * 0.0005f)), Rare() ? 900 : float.NaN, Pick(100 + (Rare() ? 5 : 0)), Pick(30), Pick(5 + 30 * MathF.Sin(k * 0.00023f))];
        // Now and then the interlock stays open until the contactors open without a latch.
        bool pump = _random.Next(50) != 0, interlock = !Rare() && k % 3000 is < 2000 or >= 2040, crash = isWild && Rare(), charger = k / 3000 % 2 == 0;
        AuxContact Aux(bool closed) => Rare() ? isCalm ? AuxContact.Unknown : (AuxContact)_random.Next(3) : closed ? AuxContact.Closed : AuxContact.Open;
        AuxContact plus = Aux(told.Plus), minus = Aux(told.Minus), precharge = Aux(told.Precharge);
        var service = _random.Next(40) == 0 && !_isClosing ? (ServiceRequest)_random.Next(3) : ServiceRequest.None;
        bool isRight = _random.Next(4) != 0;
        uint challenge = _memory.Output.ServiceChallenge == 0 ? ServiceChallenge.Answer(0, 0, ServiceRequest.None) : _memory.Output.ServiceChallenge;
        uint answer = k > 0 && isRight ? ServiceChallenge.Answer(challenge, limits.ServiceKey, service) : 12345;
        float[] likes = [Pick(300), Pick(300), Pick(_currentA + 20 * Noise())];

        writer.Write(_timeMs);
        foreach (float value in _cells) writer.Write(value);
        foreach (float value in _probes) writer.Write(value);
        foreach (float value in readings) writer.Write(value);
        writer.Write((pump ? 1u : 0) | (interlock ? 2u : 0) | (crash ? 4u : 0) | (charger ? 8u : 0) | (_isClosing ? 16u : 0));
        writer.Write((uint)plus | ((uint)minus << 2) | ((uint)precharge << 4));
        writer.Write((uint)service);
        writer.Write(k > 0 && isRight ? 0u : 12345u);
        for (int at = 0; at < _bleedOn.Length; at += 32)
        {
            uint word = 0;
            for (int i = at; i < Math.Min(at + 32, _bleedOn.Length); i++) word |= _bleedOn[i] ? 1u << (i - at) : 0;
            writer.Write(word);
        }

        foreach (float value in likes) writer.Write(value);

        var output = SafetyUnit.Observe(_memory, new()
        {
            TimeMs = _timeMs,
            CellVoltageV = _cells,
            BleedOn = _bleedOn,
            ProbeTemperatureDegC = _probes,
            CurrentA = readings[0],
            RedundantCurrentA = readings[1],
            PackVoltageV = readings[2],
            LinkVoltageV = readings[3],
            IsolationOhm = readings[4],
            CoolantLevelFraction = readings[5],
            CoolantFlowLPerMin = readings[6],
            CoolantDegC = readings[10],
            GasPpm = readings[7],
            PressureKPa = readings[8],
            BoardTemperatureDegC = readings[9],
            PumpOn = pump,
            PlusAux = plus,
            MinusAux = minus,
            PrechargeAux = precharge,
            InterlockClosed = interlock,
            CrashDetected = crash,
            ChargerConnected = charger,
            CloseRequested = _isClosing,
            Service = service,
            ServiceAnswer = answer,
        });
        _closed = output.Contactors is { Plus: true, Minus: true };
        Reached.Add(output.State);
        Hash(output, likes);
    }

    /// <summary>A load that follows what is announced, or takes a share more or less of it, A.</summary>
    float Load(float wish, float share) => wish > 0 ? share * wish * _memory.Output.ChargeLimitA : share * wish * _memory.Output.DischargeLimitA;

    void Hash(in SafetyOutput output, float[] likes)
    {
        bool[] bleed = [.. _bleedOn];
        var safe = SafetyUnit.Restrict(_memory, new(likes[0], likes[1], likes[2]), bleed);
        Add((uint)output.State);
        Add((safe.Contactors.Plus ? 1u : 0) | (safe.Contactors.Minus ? 2u : 0) | (safe.Contactors.Precharge ? 4u : 0));
        Add(output.ChargeLimitA);
        Add(output.DischargeLimitA);
        Add(safe.ChargeLimitA);
        Add(safe.DischargeLimitA);
        Add(safe.CurrentA);
        Add(safe.ChargeBinding);
        Add(safe.DischargeBinding);
        Add((output.Runaway.Active ? 1u : 0) | (output.BleedPause ? 2u : 0));
        Add((uint)output.Runaway.Signs);
        Add(output.ServiceChallenge);
        for (int code = 0; code < FaultCatalogue.Count; code++)
        {
            var fault = _memory.Fault((FaultCode)code);
            if (!fault.Present) continue;
            Add((fault.Active ? 1u : 0) | (fault.Latched ? 2u : 0));
            Add(fault.Value);
            Add(fault.Threshold);
            Add(unchecked((uint)fault.Where));
            Add((uint)fault.Count);
        }

        for (int i = 0; i < bleed.Length; i++) Add((uint)_memory.CellQuality(i) | (bleed[i] ? 16u : 0));
    }

    void Add(in Binding binding)
    {
        Add((uint)binding.Name);
        Add(binding.Value);
        Add(binding.Threshold);
        Add(unchecked((uint)binding.Where));
        Add(unchecked((uint)binding.SinceMs));
        Add((uint)binding.Fault);
    }

    void Add(float value) => Add(float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(value));

    void Add(uint word)
    {
        for (int k = 0; k < 4; k++) _hash = (_hash ^ ((word >> (8 * k)) & 0xFF)) * Prime;
    }
}
