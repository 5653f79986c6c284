using AiBms.Safety;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

/// <summary>What must hold after every step whatever was measured, stated without looking into the protection.</summary>
sealed class SafetyLaws(SafetyRig rig)
{
    /// <summary>Longest time until a danger must have been decided on, ms, where it does not hang on how long a signal may be lost; and the opening
    /// that begins with the decision: the fuse's wait, then the stagger; and some steps.</summary>
    const int InterlockMs = 100, IsolationMs = 10_000, FuseMs = 500, StaggerMs = 50, ExtraSteps = 5;

    // A cell counts as lost for good after five times its signal's time, which is longer than a jump's confirmation and the debounce;
    // a probe is decided on after its own time, the debounce and the confirmation.
    readonly bool[] _bleed = new bool[rig.Limits.CellCount];
    readonly Danger _cells = new(5 * rig.Limits.CellSignal.LostMs), _probes = new(rig.Limits.ProbeSignal.LostMs + 300 + 200), _interlock = new(InterlockMs), _current = new(rig.Limits.CurrentSignal.LostMs), _clock = new(rig.Limits.ClockLostMs);
    readonly Danger _cold = new(rig.Limits.ProbeSignal.LostMs + 300 + 200), _isolation = new(IsolationMs);
    readonly (float Charge, float Discharge) _mostA = (Most(rig.Limits.ChargeTable), Most(rig.Limits.DischargeTable));
    SafetyOutput _before;
    long _timeBeforeMs;
    bool _started;
    long _openForMs = long.MaxValue / 2, _plusOpenForMs = long.MaxValue / 2;
    uint _challenge;

    public void Before()
    {
        _before = rig.Output;
        _challenge = rig.Output.ServiceChallenge;
    }

    public void After()
    {
        var now = rig.Output;
        bool advanced = !_started || rig.ClockMs > _timeBeforeMs;
        ulong gapMs = advanced ? unchecked((ulong)rig.ClockMs - (ulong)_timeBeforeMs) : 0;
        long creditMs = (long)Math.Min(gapMs, (ulong)rig.Limits.MaxStepMs);
        long dangerMs = advanced ? creditMs : rig.Limits.AssumedStepMs;
        _started = true;
        _timeBeforeMs = rig.ClockMs;

        Currents(now);
        Command(now);
        Contactors(now, creditMs);
        Latches(now);
        Dangers(now, dangerMs, advanced);
    }

    void Currents(in SafetyOutput now)
    {
        Law(now.ChargeLimitA >= 0 && now.ChargeLimitA <= _mostA.Charge && now.DischargeLimitA >= 0 && now.DischargeLimitA <= _mostA.Discharge, "limits beyond the tables");
        bool closed = now.Contactors is { Plus: true, Minus: true };
        Law(closed || (now.ChargeLimitA == 0 && now.DischargeLimitA == 0), "current allowed with open contactors");
        bool running = now.State is ProtectionState.Closed or ProtectionState.Derated;
        Law(running || (now.ChargeLimitA == 0 && now.DischargeLimitA == 0), "current allowed in a state that is not closed");
    }

    /// <summary>The least a command can be: what was asked and what is allowed.</summary>
    void Command(in SafetyOutput now)
    {
        foreach (float asked in (ReadOnlySpan<float>)[float.NaN, float.PositiveInfinity, float.NegativeInfinity, 20, -20, 1e30f])
        {
            Array.Fill(_bleed, asked > 0);
            _bleed[0] = false;
            var command = SafetyUnit.Restrict(rig.Memory, new(asked, asked, asked), _bleed);
            Law(command.ChargeLimitA <= now.ChargeLimitA && command.DischargeLimitA <= now.DischargeLimitA, "a command beyond the envelope");
            Law(!(command.ChargeLimitA > asked) || command.ChargeLimitA == 0, "more than was asked");
            Law(command.CurrentA <= command.ChargeLimitA && command.CurrentA >= -command.DischargeLimitA, "a current beyond the command's limits");
            Law(command.Contactors == now.Contactors && !_bleed[0], "a command that closes or bleeds by itself");
            Law(now.State != ProtectionState.LatchedFault || !_bleed.Contains(true), "bleeding in a latched fault");
        }
    }

    void Contactors(in SafetyOutput now, long creditMs)
    {
        bool wasOpen = _before.Contactors.AllOpen, closesPlus = now.Contactors.Plus && !_before.Contactors.Plus;
        if (wasOpen) _openForMs += creditMs;
        if (!_before.Contactors.Plus) _plusOpenForMs += creditMs;
        var rules = rig.Limits.Contactors;
        // Chatter: between an opening and the next closing of anything the clock must have advanced by the wait of a retry at least,
        // and by the wait of a closing before the plus contactor.
        Law(!wasOpen || now.Contactors.AllOpen || _openForMs >= rules.RetryWaitMs, "closed too soon after opening");
        Law(!closesPlus || _plusOpenForMs >= rules.RecloseWaitMs, "plus closed too soon after opening");
        Law(!closesPlus || _before.Contactors is { Minus: true, Precharge: true }, "plus closed without precharge");
        if (!now.Contactors.AllOpen) _openForMs = 0;
        if (now.Contactors.Plus) _plusOpenForMs = 0;
        bool closes = (now.Contactors.Plus && !_before.Contactors.Plus) || (now.Contactors.Minus && !_before.Contactors.Minus) || (now.Contactors.Precharge && !_before.Contactors.Precharge);
        Law(!closes || now.State is ProtectionState.Precharge, "a contactor closes outside precharge");
    }

    void Latches(in SafetyOutput now)
    {
        if (_before.State != ProtectionState.LatchedFault || now.State == ProtectionState.LatchedFault) return;
        uint right = ServiceChallenge.Answer(_challenge, rig.Limits.ServiceKey, ServiceRequest.ResetFaults);
        Law(rig.Service == ServiceRequest.ResetFaults && (rig.Answer ?? right) == right && !rig.Close, "a latched fault ended by itself");
    }

    void Dangers(in SafetyOutput now, long dangerMs, bool advanced)
    {
        bool cells = false, probes = true, cold = true;
        foreach (float v in rig.CellV) cells |= !(v >= Of(LimitKind.CellVoltageLow).Safety && v <= Of(LimitKind.CellVoltageHigh).Safety);
        foreach (float t in rig.ProbeDegC) (probes, cold) = (probes && !(t <= Of(LimitKind.TemperatureHigh).Safety), cold && t <= Of(LimitKind.ChargeTemperatureLow).Safety);
        float currentA = rig.CurrentOverride ?? rig.CurrentA;
        bool bleeding = rig.Bleed.Contains(true);
        // Undervoltage is allowed while a charger is connected; a bleeding tap delays what is seen.
        _cells.Step(cells && !rig.Charger && !bleeding, dangerMs);
        _probes.Step(probes, dangerMs);
        _interlock.Step(!rig.Interlock, dangerMs);
        _current.Step(!(currentA is >= -1000 and <= 1000), dangerMs);
        _clock.Step(!advanced, dangerMs);
        _cold.Step(cold, dangerMs);
        _isolation.Step(rig.Limits.HasIsolationMonitor && rig.IsolationOhm >= 0 && rig.IsolationOhm < Of(LimitKind.IsolationLow).Safety * rig.Limits.WorkingVoltageV, dangerMs);
        bool open = now.Contactors.AllOpen;
        Law(open || !_cells.Due, "closed although a cell is beyond its safety limits or unknown");
        Law(open || !_probes.Due, "closed although every probe is too hot or unknown");
        Law(open || !_interlock.Due, "closed although the interlock is open");
        Law(open || !_current.Due, "closed although the current is unknown");
        Law(open || !_clock.Due, "closed although the clock stands");
        Law(open || !_isolation.Due, "closed although the isolation is lost");
        Law(now.ChargeLimitA == 0 || !_cold.Due, "charge allowed although every probe is too cold for it");
        Law(open || !rig.Crash, "closed after a crash");
    }

    LimitBand Of(LimitKind kind) => rig.Limits.Bands[(int)kind];

    static float Most(CurrentTable table) => Enumerable.Range(-60, 160).Max(degC => table.At(degC));

    void Law(bool holds, string broken)
    {
        if (!holds) throw new InvalidOperationException($"{broken}; at step to {rig.ElapsedMs} ms, {_before.State} -> {rig.Output.State}, {_before.Contactors} -> {rig.Output.Contactors}, limits {rig.Output.ChargeLimitA} and {rig.Output.DischargeLimitA} A, open for {_openForMs} and {_plusOpenForMs} ms");
    }

    /// <summary>How long a danger has lasted without a break, and for how many steps it has lasted too long.</summary>
    /// <remarks>One leap of the clock can end the stage in which it falls, not those that only begin after it.</remarks>
    sealed class Danger(int decisionMs)
    {
        readonly int[] _stagesMs = [decisionMs, FuseMs, StaggerMs];
        long _ms;
        int _steps, _stage, _over;

        public bool Due => _over > ExtraSteps;

        public void Step(bool present, long stepMs)
        {
            if (!present)
            {
                (_ms, _steps, _stage, _over) = (0, 0, 0, 0);
                return;
            }

            // The first step only shows that it is there.
            if (_steps++ > 0) _ms += stepMs;
            if (_stage == _stagesMs.Length) _over++;
            else if (_ms > _stagesMs[_stage]) (_stage, _ms) = (_stage + 1, 0);
        }
    }
}
