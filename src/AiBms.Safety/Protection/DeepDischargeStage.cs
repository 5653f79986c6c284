namespace AiBms.Safety.Protection;

/// <summary>Where a pack with a deeply discharged cell stands.</summary>
enum DeepDischargeStage : byte
{
    None,
    Refused,
    Qualified,
}
