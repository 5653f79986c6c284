namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>What a step of an experiment holds.</summary>
public enum StepMode
{
    /// <summary>A current.</summary>
    Current,

    /// <summary>A voltage.</summary>
    Voltage,

    /// <summary>A power.</summary>
    Power,

    /// <summary>A resistance across the terminals.</summary>
    Resistance,

    /// <summary>A current that follows a drive cycle.</summary>
    Drive,

    /// <summary>A control of the user's own.</summary>
    Control,
}
