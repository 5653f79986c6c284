using AiBms.Safety;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

/// <summary>A pack on a bench around the protection: contactors with travel, a link capacitor behind a resistor, and sensors to tamper with.</summary>
sealed class SafetyRig
{
    const int TravelMs = 40;
    const float LinkTimeConstantS = 0.2f, LinkBleedS = 30;

    public readonly SafetyLimits Limits;
    public readonly SafetyMemory Memory;
    public readonly float[] CellV, ProbeDegC;
    public readonly bool[] Bleed;
    public int StepMs = 20;
    public long ClockMs, ElapsedMs;
    public float WarmingKPerS, LoadA, LinkV, LinkLoadV, IsolationOhm = 2e6f, Level = 1, Flow = 10, Coolant = 25, Gas = float.NaN, Pressure = float.NaN, Board = 30;
    public float? CurrentOverride, RedundantOverride, PackOverride, LinkOverride;
    public bool Obeys = true, Pump = true, Interlock = true, Crash, Charger, Close, Frozen, HasAux = true;
    public bool PlusWelded, MinusWelded, PrechargeWelded, PlusStuck, MinusStuck;
    public ServiceRequest Service;
    public uint? Answer;
    public SafetyOutput Output;
    public float CurrentA;
    bool _plus, _minus, _precharge;
    int _plusMs, _minusMs, _prechargeMs;

    public SafetyRig(SafetyLimits limits, float cellV)
    {
        (Limits, Memory) = (limits, new(limits));
        (CellV, ProbeDegC, Bleed) = (new float[limits.CellCount], new float[limits.ProbeCount], new bool[limits.CellCount]);
        Array.Fill(CellV, cellV);
        Array.Fill(ProbeDegC, 25);
    }

    public float PackV
    {
        get
        {
            float sumV = 0;
            foreach (float v in CellV) sumV += float.IsFinite(v) ? v : 3.7f;
            return sumV;
        }
    }

    public void Step()
    {
        ElapsedMs += StepMs;
        if (!Frozen) ClockMs += StepMs;
        Plant();
        for (int i = 0; i < ProbeDegC.Length; i++) ProbeDegC[i] += WarmingKPerS * 0.001f * StepMs;
        var input = new SafetyInput
        {
            TimeMs = ClockMs,
            CellVoltageV = CellV,
            BleedOn = Bleed,
            ProbeTemperatureDegC = ProbeDegC,
            CurrentA = CurrentOverride ?? CurrentA,
            RedundantCurrentA = RedundantOverride ?? CurrentA,
            PackVoltageV = PackOverride ?? PackV,
            LinkVoltageV = LinkOverride ?? LinkV,
            IsolationOhm = IsolationOhm,
            CoolantLevelFraction = Level,
            CoolantFlowLPerMin = Flow,
            CoolantDegC = Coolant,
            PumpOn = Pump,
            GasPpm = Gas,
            PressureKPa = Pressure,
            BoardTemperatureDegC = Board,
            PlusAux = Aux(_plus),
            MinusAux = Aux(_minus),
            PrechargeAux = Aux(_precharge),
            InterlockClosed = Interlock,
            CrashDetected = Crash,
            ChargerConnected = Charger,
            CloseRequested = Close,
            Service = Service,
            ServiceAnswer = Answer ?? ServiceChallenge.Answer(Output.ServiceChallenge, Limits.ServiceKey, Service),
        };
        if (Output == default) Output = Memory.Output;
        Output = SafetyUnit.Observe(Memory, input);
    }

    AuxContact Aux(bool closed) => !HasAux ? AuxContact.Unknown : closed ? AuxContact.Closed : AuxContact.Open;

    void Plant()
    {
        var told = Output.Contactors;
        Move(ref _plus, ref _plusMs, (told.Plus && !PlusStuck) || PlusWelded);
        Move(ref _minus, ref _minusMs, (told.Minus && !MinusStuck) || MinusWelded);
        Move(ref _precharge, ref _prechargeMs, told.Precharge || PrechargeWelded);

        float packV = PackV, stepS = 0.001f * StepMs;
        bool direct = _plus && _minus, resistor = _precharge && _minus;
        float before = LinkV;
        if (direct) LinkV = packV;
        else if (resistor) LinkV += (packV - LinkLoadV - LinkV) * (1 - MathF.Exp(-stepS / LinkTimeConstantS));
        else LinkV -= LinkV * stepS / (LinkBleedS + stepS);

        // The resistor lets at most 10 A through; what flows is what charges the capacitor.
        CurrentA = direct ? LoadA : resistor ? -(LinkV - before) / stepS * 10 * LinkTimeConstantS / packV : 0;
        if (direct && Obeys) CurrentA = Math.Clamp(LoadA, -Output.DischargeLimitA, Output.ChargeLimitA);
    }

    void Move(ref bool contact, ref int sinceMs, bool told)
    {
        if (contact == told) sinceMs = 0;
        else sinceMs += StepMs;
        if (sinceMs < TravelMs && StepMs < TravelMs) return;
        (contact, sinceMs) = (told, 0);
    }
}
