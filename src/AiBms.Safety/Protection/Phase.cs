namespace AiBms.Safety.Protection;

/// <summary>The steps within the states.</summary>
enum Phase : byte
{
    Resting,
    SelfCheck,
    MinusWeldTest,
    PlusWeldTest,
    Precharging,
    RetryWait,
    Joining,
    Running,
    Fading,
    FuseWait,
    Opening,
}
