using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;
using AiBms.Safety.Runaway;
using AiBms.Safety.Signals;

namespace AiBms.Safety;

/// <summary>Everything the protection remembers between steps: one object per pack, owned by the caller, allocated once.</summary>
public sealed class SafetyMemory
{
    /// <summary>A copy of its own: nobody who holds the limits can widen them afterwards.</summary>
    internal readonly SafetyLimits Limits;
    internal readonly SignalTrack[] Cells, Probes;
    internal readonly LimitTrack[] Levels = new LimitTrack[LimitKinds.Count * LimitKinds.Levels];
    internal readonly float[] KindValue = new float[LimitKinds.Count];
    internal readonly int[] KindWhere = new int[LimitKinds.Count];
    internal readonly bool[] KindTrips = new bool[LimitKinds.Count];
    internal readonly FaultRecord[] Faults = new FaultRecord[FaultCatalogue.Count];
    internal readonly LimitTrack[] FaultTimers = new LimitTrack[FaultCatalogue.Count];
    internal readonly float[] CellDeviationPastV, ProbeFastDegC, ProbeSlowDegC;
    internal readonly bool[] CellPastKnown, ProbePastKnown;
    internal SignalTrack Current, Redundant, PackVoltage, LinkVoltage, Isolation, CoolantLevel, CoolantFlow, CoolantTemperature;
    internal ClockState Clock;
    internal MachineState Machine;
    internal RunawayState Runaway;
    internal EnvelopeState Envelope;
    internal DeepDischargeState DeepDischarge;
    internal ServiceState Service;
    internal bool BleedPause;

    /// <summary>Makes the memory of a pack at rest: nothing is believed yet, nothing is latched. The limits are copied.</summary>
    /// <exception cref="ArgumentException">The limits contradict themselves.</exception>
    public SafetyMemory(SafetyLimits limits)
    {
        limits.Validate();
        Limits = limits = limits.Copy();
        Cells = new SignalTrack[limits.CellCount];
        Probes = new SignalTrack[limits.ProbeCount];
        CellDeviationPastV = new float[limits.CellCount];
        CellPastKnown = new bool[limits.CellCount];
        ProbeFastDegC = new float[limits.ProbeCount];
        ProbeSlowDegC = new float[limits.ProbeCount];
        ProbePastKnown = new bool[limits.ProbeCount];
        Array.Fill(KindValue, float.NaN);
        Array.Fill(KindWhere, -1);
        for (int i = 0; i < Cells.Length; i++) Cells[i].Quality = SignalQuality.Missing;
        for (int i = 0; i < Probes.Length; i++) Probes[i].Quality = SignalQuality.Missing;
        Machine.OpenForMs = limits.Contactors.RecloseWaitMs;
        Machine.Rearmed = true;
        Service.Challenge = ServiceChallenge.Mix(limits.ServiceKey);
    }

    /// <summary>What the last step decided.</summary>
    public SafetyOutput Output { get; internal set; }

    /// <summary>What is known of a fault.</summary>
    public FaultRecord Fault(FaultCode code) => Faults[(int)code];

    /// <summary>The level a quantity has reached.</summary>
    public LimitLevel Level(LimitKind kind)
    {
        for (int level = LimitKinds.Levels; level >= 1; level--)
            if (Levels[(int)kind * LimitKinds.Levels + level - 1].Active) return (LimitLevel)level;
        return LimitLevel.None;
    }

    /// <summary>Whether a cell's voltage is believed.</summary>
    public SignalQuality CellQuality(int cell) => Cells[cell].Quality;

    /// <summary>Whether a probe is believed.</summary>
    public SignalQuality ProbeQuality(int probe) => Probes[probe].Quality;

    /// <summary>Whether the pack current is believed.</summary>
    public SignalQuality CurrentQuality => Current.Quality;

    /// <summary>Copies what must outlive a loss of power: the latched faults, then one more entry for deep discharge.</summary>
    /// <param name="latched">Length <see cref="SavedCount"/>.</param>
    public void Save(Span<bool> latched)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(latched.Length, SavedCount);
        for (int i = 0; i < Faults.Length; i++) latched[i] = Faults[i].Latched;
        latched[Faults.Length] = DeepDischarge.Stage != DeepDischargeStage.None;
    }

    /// <summary>Takes back what <see cref="Save"/> gave. A recovery charge that was under way must be qualified again.</summary>
    public void Restore(ReadOnlySpan<bool> latched)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(latched.Length, SavedCount);
        for (int i = 0; i < Faults.Length; i++)
            if (latched[i] && FaultCatalogue.Row((FaultCode)i).Latched) Faults[i] = Faults[i] with { Latched = true };
        if (latched[Faults.Length]) DeepDischarge.Stage = DeepDischargeStage.Refused;
    }

    /// <summary>Entries of <see cref="Save"/>.</summary>
    public const int SavedCount = FaultCatalogue.Count + 1;
}
