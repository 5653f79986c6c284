namespace AiBms.Agent.Settings;

/// <summary>Where readings come from.</summary>
/// <remarks>What has a default is set, not initialised: the generated reader would put zero over it.</remarks>
public sealed record SourceSettings
{
    /// <summary>Of which kind it is.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>The file of a recording or a CAN log.</summary>
    public string? File { get; init; }

    /// <summary>Recorded or simulated seconds in one of the clock; 0 as fast as it goes.</summary>
    public double SpeedFactor { get; set; } = 1;

    /// <summary>The cell that stands in where a recording's pack is not told; null: by its voltages.</summary>
    public string? Cell { get; init; }

    /// <summary>Name of the CAN interface.</summary>
    public string Interface { get; set; } = "can0";

    /// <summary>The file that says which CAN signal is what.</summary>
    public string? Map { get; init; }

    /// <summary>With a CAN log: a file that commands are written to, as candump does; null: they are not written.</summary>
    public string? Commands { get; init; }

    /// <summary>Surroundings of a simulated pack, °C.</summary>
    public double AmbientDegC { get; set; } = 25;

    /// <summary>Charge of a simulated pack at the start, 0…1.</summary>
    public double StartSoc { get; set; } = 0.7;

    /// <summary>Same seed, same trips of a simulated pack.</summary>
    public int Seed { get; set; } = 1;

    internal void Check(SettingCheck check)
    {
        check.Range("source.speedFactor", SpeedFactor, 0, 1000);
        check.Range("source.ambientDegC", AmbientDegC, -40, 60);
        check.Range("source.startSoc", StartSoc, 0, 1);
        if (Kind is SourceKind.Recording or SourceKind.CanLog) check.File("source.file", File);
        if (Kind is SourceKind.Can or SourceKind.CanLog) check.File("source.map", Map);
        if (Kind == SourceKind.Can) check.Filled("source.interface", Interface);
    }
}
