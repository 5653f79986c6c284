using AiBms.Battery.Packs;
using AiBms.Safety;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;

namespace AiBms.Agent.Protection;

/// <summary>The protection between a pack's port and the rest: readings in, commands cut down. Allocates nothing a step.</summary>
public sealed class PackProtection
{
    const double LargestMs = 1e15;

    readonly PackLayout _layout;
    readonly (float Min, float Max) _sensorA;
    readonly float[] _cellV, _probeDegC;

    /// <param name="layout">The pack.</param>
    /// <param name="limits">Its limits, as <see cref="ProtectionSettings.ToLimits"/> gives them.</param>
    /// <exception cref="ArgumentException">The limits contradict themselves or do not fit the pack.</exception>
    public PackProtection(PackLayout layout, SafetyLimits limits)
    {
        if (limits.CellCount != layout.SeriesCount || limits.ProbeCount != layout.Probes.Count)
            throw new ArgumentException($"the limits are for {limits.CellCount} cells and {limits.ProbeCount} probes, the pack has {layout.SeriesCount} and {layout.Probes.Count}");
        (_layout, _sensorA, Memory) = (layout, (limits.CurrentSignal.Min, limits.CurrentSignal.Max), new(limits));
        (_cellV, _probeDegC) = (new float[limits.CellCount], new float[limits.ProbeCount]);
    }

    /// <summary>Faults, levels and qualities; what must outlive a loss of power is saved and restored here.</summary>
    public SafetyMemory Memory { get; }

    /// <summary>True for a current that the pack's sensor can show.</summary>
    public bool IsPossibleCurrent(double currentA) => currentA >= _sensorA.Min && currentA <= _sensorA.Max;

    /// <summary>Takes in a reading. A signal whose quality is not good counts as missing.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="closeRequested">True while closing is asked for.</param>
    /// <param name="pumpOn">True while the coolant pump is told to run.</param>
    /// <param name="service">What a service asks for.</param>
    /// <param name="serviceAnswer">Its answer to the challenge.</param>
    public SafetyOutput Observe(
        PackReading reading, bool closeRequested, bool pumpOn, ServiceRequest service = ServiceRequest.None, uint serviceAnswer = 0)
    {
        // A bleeding tap is the protection's own business: it is told which resistors are on.
        for (int i = 0; i < _cellV.Length; i++)
            _cellV[i] = reading.CellQualities[i] is SignalQuality.Good or SignalQuality.Bleeding ? (float)reading.CellVoltageV[i] : float.NaN;
        for (int i = 0; i < _probeDegC.Length; i++) _probeDegC[i] = reading.ProbeQualities[i] == SignalQuality.Good ? (float)reading.ProbeTemperatureDegC[i] : float.NaN;

        return SafetyUnit.Observe(Memory, new()
        {
            TimeMs = Milliseconds(reading.TimeS),
            CellVoltageV = _cellV,
            BleedOn = reading.BleedOn,
            ProbeTemperatureDegC = _probeDegC,
            CurrentA = Signal(reading, PackSignal.CurrentA),
            RedundantCurrentA = Signal(reading, PackSignal.RedundantCurrentA),
            PackVoltageV = Signal(reading, PackSignal.PackVoltageV),
            LinkVoltageV = Signal(reading, PackSignal.LinkVoltageV),
            IsolationOhm = Signal(reading, PackSignal.IsolationOhm),
            CoolantLevelFraction = Signal(reading, PackSignal.CoolantLevelFraction),
            CoolantFlowLPerMin = Signal(reading, PackSignal.CoolantFlowLPerMin),
            CoolantDegC = Coolant(reading),
            PumpOn = pumpOn,
            GasPpm = Signal(reading, PackSignal.GasPpm),
            PressureKPa = Signal(reading, PackSignal.HousingPressureKPa),
            BoardTemperatureDegC = Signal(reading, PackSignal.BalancingBoardDegC),
            PlusAux = Contact(reading.PlusContact),
            MinusAux = Contact(reading.MinusContact),
            PrechargeAux = Contact(reading.PrechargeContact),
            InterlockClosed = reading.InterlockClosed || !_layout.Sensors.Interlock,
            CrashDetected = reading.CrashDetected,
            ChargerConnected = reading.ChargerConnected,
            CloseRequested = closeRequested,
            Service = service,
            ServiceAnswer = serviceAnswer,
        });
    }

    /// <summary>Cuts a command down to what is allowed now, and sets its contactors: they are the protection's alone.</summary>
    public SafeCommand Restrict(PackCommand command)
    {
        var proposal = new CommandProposal((float)command.ChargeLimitA, (float)command.DischargeLimitA, (float)command.CurrentA);
        var safe = SafetyUnit.Restrict(Memory, proposal, command.Bleed);
        (command.PlusClosed, command.MinusClosed, command.PrechargeClosed) = (safe.Contactors.Plus, safe.Contactors.Minus, safe.Contactors.Precharge);
        // Rounding to single precision may go up: the lesser of the two is taken.
        command.ChargeLimitA = Lesser(safe.ChargeLimitA, command.ChargeLimitA);
        command.DischargeLimitA = Lesser(safe.DischargeLimitA, command.DischargeLimitA);
        command.CurrentA = safe.CurrentA > 0 ? Lesser(safe.CurrentA, command.CurrentA) : -Lesser(-safe.CurrentA, -command.CurrentA);
        return safe;
    }

    static double Lesser(float safeA, double askedA) => askedA < safeA && askedA >= 0 ? askedA : safeA;

    static float Signal(PackReading reading, PackSignal signal) => reading.Quality(signal) == SignalQuality.Good ? (float)reading[signal] : float.NaN;

    /// <summary>The colder end, where most of the pressure is lost; one of the two where the other is not known.</summary>
    static float Coolant(PackReading reading)
    {
        float inlet = Signal(reading, PackSignal.CoolantInletDegC), outlet = Signal(reading, PackSignal.CoolantOutletDegC);
        if (float.IsNaN(inlet)) return outlet;
        return float.IsNaN(outlet) ? inlet : Math.Min(inlet, outlet);
    }

    static AuxContact Contact(ContactState state)
    {
        if (state == ContactState.Closed) return AuxContact.Closed;
        return state == ContactState.Open ? AuxContact.Open : AuxContact.Unknown;
    }

    /// <summary>A time that is no number becomes 0: the clock then stands, and the protection sees to that.</summary>
    static long Milliseconds(double timeS)
    {
        double ms = 1000 * timeS;
        return ms > -LargestMs && ms < LargestMs ? (long)Math.Round(ms) : 0;
    }
}
