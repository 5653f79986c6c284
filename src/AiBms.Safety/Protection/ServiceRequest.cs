namespace AiBms.Safety.Protection;

/// <summary>What an authorised service may ask for.</summary>
public enum ServiceRequest : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>End latched faults whose cause is gone.</summary>
    ResetFaults,

    /// <summary>Allow a recovery charge of a deeply discharged cell that has been inspected.</summary>
    QualifyDeepDischarge,
}
