namespace AiBms.Battery.Packs;

/// <summary>What a temperature probe touches.</summary>
public enum ProbePlace : byte
{
    /// <summary>The cell's case.</summary>
    Case,

    /// <summary>The busbar between two cells.</summary>
    Busbar,

    /// <summary>The coolant beside the cell.</summary>
    Coolant,
}
