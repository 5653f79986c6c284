namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>Sensors that are told apart by what there are many of.</summary>
public enum SensorFamily : byte
{
    /// <summary>Cell voltages.</summary>
    Cell,

    /// <summary>Temperature probes.</summary>
    Probe,

    /// <summary>Signals of which a pack has one.</summary>
    Signal,
}
