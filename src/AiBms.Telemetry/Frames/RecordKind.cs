namespace AiBms.Telemetry.Frames;

/// <summary>What a record of the journal holds. Wire values are explicit and append-only.</summary>
public enum RecordKind : byte
{
    /// <summary>What was measured and decided: a <see cref="PackFrame"/>.</summary>
    Frame = 1,

    /// <summary>What is estimated and changes slowly: a <see cref="PackEstimates"/>.</summary>
    Estimates = 2,

    /// <summary>A fault that began or ended: a <see cref="FaultEvent"/>.</summary>
    Fault = 3,

    /// <summary>Records that are gone, from the record's number to its last: a <see cref="GapNote"/>.</summary>
    Gap = 4,

    /// <summary>What the pack is: a <see cref="PackCard"/>; sent at each start of an agent.</summary>
    Card = 5,

    /// <summary>A frame at the full rate of the loop, from around an event; otherwise a <see cref="PackFrame"/>.</summary>
    Window = 6,
}
