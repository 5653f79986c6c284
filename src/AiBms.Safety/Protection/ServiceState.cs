namespace AiBms.Safety.Protection;

/// <summary>The memory of the service access.</summary>
struct ServiceState
{
    public uint Challenge;

    /// <summary>The request seen in the step before: a request counts once.</summary>
    public ServiceRequest Before;
}
