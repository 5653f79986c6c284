namespace AiBms.Learning.Identification.Electrodes;

/// <summary>When a parameter joins a fit.</summary>
public enum FitStage
{
    /// <summary>How much lithium each electrode holds and where the full cell stands: seen by slow curves.</summary>
    Balance,

    /// <summary>Kinetics, transport and resistance: seen by load.</summary>
    Rates,
}
