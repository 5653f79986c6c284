namespace AiBms.Agent.Live;

/// <summary>When an idle pack is put to sleep: contactors open, the state kept, only looked at for what wakes it.</summary>
/// <remarks>What has a default is set, not initialised: the generated reader would put zero over it.</remarks>
public sealed record SleepOptions
{
    /// <summary>After so long without current, charger, wish or fault, s.</summary>
    public double AfterS { get; set; } = 1800;

    /// <summary>It wakes by itself after this, for a look, s.</summary>
    public double WakeAfterS { get; set; } = 6 * 3600;
}
