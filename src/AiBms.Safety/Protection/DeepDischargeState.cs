using AiBms.Safety.Limits;

namespace AiBms.Safety.Protection;

/// <summary>The memory of deep discharge.</summary>
struct DeepDischargeState
{
    public DeepDischargeStage Stage;
    public LimitTrack Below, Recovered;

    /// <summary>Length of the recovery charge so far, ms.</summary>
    public int RecoveryMs;

    /// <summary>Lowest voltage seen and where.</summary>
    public float LowestV;
    public int Where;
}
