namespace AiBms.Battery.Estimation.Packs;

/// <summary>What a pack's estimator believes before it has seen anything.</summary>
public sealed record PackEstimatorOptions
{
    /// <summary>Beliefs of the full filter on the mean cell.</summary>
    public SocFilterOptions Mean { get; init; } = new();

    /// <summary>Beliefs of the small filters on each cell's difference.</summary>
    public DifferenceOptions Differences { get; init; } = new();

    /// <summary>Beliefs of the filters on temperatures.</summary>
    public ThermalFilterOptions Temperatures { get; init; } = new();

    /// <summary>How power limits are stated.</summary>
    public PowerOptions Power { get; init; } = new();

    /// <summary>How energy is stated.</summary>
    public EnergyOptions Energy { get; init; } = new();

    /// <summary>When a stretch of use says something about capacity.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>When an estimate becomes a finding.</summary>
    public FindingOptions Findings { get; init; } = new();

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public PackEstimatorOptions Validated()
    {
        Mean.Validated();
        Differences.Validated();
        Temperatures.Validated();
        Power.Validated();
        Energy.Validated();
        Health.Validated();
        Findings.Validated();
        return this;
    }
}
