namespace AiBms.Battery.Estimation.Packs;

/// <summary>Why there is no capacity, or why a window was not taken. Wire values are explicit and append-only.</summary>
public enum CapacityReason : byte
{
    /// <summary>There is one; the window was taken.</summary>
    None = 0,

    /// <summary>The pack has not rested twice yet.</summary>
    NoRest = 1,

    /// <summary>Too little charge moved between the rests.</summary>
    SmallSwing = 2,

    /// <summary>The OCV is so flat at one of the rests that it says nothing about charge.</summary>
    FlatOcv = 3,

    /// <summary>The current was not measured all the time between the rests, or the pack slept and woke up elsewhere.</summary>
    CurrentMissing = 4,

    /// <summary>So much time lies between the rests that the current sensor's offset may be the larger part.</summary>
    LongWindow = 5,

    /// <summary>Charge over change is no capacity that the cell could have: charge flowed unseen, or the cell is another than told.</summary>
    NotPossible = 6,
}
