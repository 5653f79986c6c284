namespace AiBms.Battery.Estimation.Packs;

/// <summary>Reasons for an unknown capacity in words.</summary>
public static class CapacityReasonText
{
    /// <summary>Half a sentence for people; empty where there is no reason.</summary>
    /// <param name="reason">The reason.</param>
    public static string Sentence(this CapacityReason reason) => reason switch
    {
        CapacityReason.None => "",
        CapacityReason.NoRest => "the pack has not rested twice yet",
        CapacityReason.SmallSwing => "too little charge between the rests",
        CapacityReason.FlatOcv => "the voltage is too flat at one of the rests",
        CapacityReason.CurrentMissing => "the current was not measured all the time",
        CapacityReason.LongWindow => "too long between the rests",
        _ => "charge over change is no capacity this cell could have",
    };
}
