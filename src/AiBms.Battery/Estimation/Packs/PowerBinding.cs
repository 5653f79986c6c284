namespace AiBms.Battery.Estimation.Packs;

/// <summary>What keeps a power from being larger. Wire values are explicit and append-only.</summary>
public enum PowerBinding : byte
{
    /// <summary>Nothing is known; the power is zero.</summary>
    Unknown = 0,

    /// <summary>A cell would come to its voltage limit.</summary>
    CellVoltage = 1,

    /// <summary>The rated current of the cells, or what the contactors can break.</summary>
    RatedCurrent = 2,

    /// <summary>A cell would be empty or full.</summary>
    CellCharge = 3,

    /// <summary>A cell would come to its temperature limit.</summary>
    CellTemperature = 4,

    /// <summary>A cell is shorted inside, or its voltage is far too low and nobody can say that it is only its tap.</summary>
    CellFault = 5,
}
