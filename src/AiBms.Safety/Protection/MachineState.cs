namespace AiBms.Safety.Protection;

/// <summary>The memory of the protection state machine.</summary>
struct MachineState
{
    public ProtectionState State;
    public Phase Phase;
    public ContactorCommand Contactors;

    /// <summary>Time in the phase towards danger (time-outs) and by the clock alone (confirmations), ms.</summary>
    public int PhaseMs, PhaseRestMs;

    /// <summary>Time with everything open by the clock alone, ms.</summary>
    public int OpenForMs;

    /// <summary>Time since each contactor's command last changed, ms.</summary>
    public int PlusSteadyMs, MinusSteadyMs, PrechargeSteadyMs;

    /// <summary>How long precharge's end condition has held, ms.</summary>
    public int ConfirmMs;

    /// <summary>How long the link has followed the pack with everything open, ms.</summary>
    public int LinkFollowsMs;

    /// <summary>Failed precharge tries of this start, openings for protection not yet forgotten, and the time towards forgetting one, ms.</summary>
    public int Tries, Openings, ForgetMs;

    /// <summary>Link voltage when the phase began, V.</summary>
    public float LinkAtPhaseV;

    /// <summary>True once closing was not asked for since the last opening for protection.</summary>
    public bool Rearmed;

    /// <summary>True where the opening under way or done was for protection.</summary>
    public bool Tripped;

    /// <summary>True where the second contactor to open is the plus one.</summary>
    public bool MinusFirst;
}
