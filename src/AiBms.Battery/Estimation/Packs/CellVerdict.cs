namespace AiBms.Battery.Estimation.Packs;

/// <summary>What explains best that a cell's voltage left what was expected of it.</summary>
enum CellVerdict : byte
{
    /// <summary>Nothing is held against the cell, or it is not clear yet.</summary>
    None,

    /// <summary>A voltage that is wrong by itself: the tap.</summary>
    Tap,

    /// <summary>A drop that goes with the current: a joint.</summary>
    Joint,

    /// <summary>Resistance and capacity as if one cell of the parallel group had left it.</summary>
    LostCell,

    /// <summary>Less capacity, with more resistance or without.</summary>
    Weak,

    /// <summary>A drop that stays, and charge that goes on running out, whatever the pack's current: a short inside.</summary>
    Short,
}
