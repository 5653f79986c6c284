namespace AiBms.Battery.Control;

/// <summary>Why the charge current is what it is. Wire values are explicit and append-only.</summary>
public enum ChargeReason : byte
{
    /// <summary>Charging is not asked for.</summary>
    NotRequested = 0,

    /// <summary>No charger is connected.</summary>
    NoCharger = 1,

    /// <summary>The target is reached.</summary>
    Finished = 2,

    /// <summary>The protection allows no more.</summary>
    Envelope = 3,

    /// <summary>The stage of the charge.</summary>
    Stage = 4,

    /// <summary>The worst cell is at its voltage.</summary>
    CellVoltage = 5,

    /// <summary>The estimated power limit.</summary>
    Power = 6,

    /// <summary>Plating: temperature and state of charge.</summary>
    Plating = 7,

    /// <summary>The state of charge is not known: a careful current.</summary>
    EstimateUnknown = 8,

    /// <summary>The current is still rising.</summary>
    Rising = 9,

    /// <summary>Plating: what was charged before.</summary>
    PlatingHistory = 10,
}
