namespace AiBms.Battery.Packs;

/// <summary>What numbers were checked against.</summary>
public enum SourceCheck : byte
{
    /// <summary>Nothing: the usual order of things.</summary>
    Estimate,

    /// <summary>A publication.</summary>
    Literature,

    /// <summary>The maker's data sheet.</summary>
    Datasheet,
}
