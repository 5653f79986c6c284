namespace AiBms.Battery.Estimation;

/// <summary>Why a state of charge may be used or not. Wire values are explicit and append-only.</summary>
public enum SocValidity
{
    /// <summary>Nothing is known yet.</summary>
    Unknown = 0,

    /// <summary>Known within its band, model inside its validity range.</summary>
    Valid = 1,

    /// <summary>First start without history, or a told start that the voltages of its first two minutes speak against: still finding the state, band wide.</summary>
    Converging = 2,

    /// <summary>Voltage says little here (flat part of the OCV curve): band grows with counted charge.</summary>
    Plateau = 3,

    /// <summary>A gap, sleep or clock jump: nothing was seen for a while, band widened.</summary>
    AfterGap = 4,

    /// <summary>A sensor value is missing or impossible: the last state is held or counted on, band grows.</summary>
    SensorSuspect = 5,

    /// <summary>Temperature, current or voltage outside the range the cell was identified in.</summary>
    OutOfRange = 6,

    /// <summary>No temperature has been seen: resistances are unknown by a factor, band wide.</summary>
    TemperatureMissing = 7,

    /// <summary>The data fit neither this cell nor a sound sensor: wrong cell, capacity or sign of current, or a sensor far off.</summary>
    ModelDoubtful = 8,
}
