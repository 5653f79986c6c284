namespace AiBms.Agent.Settings;

/// <summary>Where records wait until the server has them.</summary>
/// <remarks>What has a default is set, not initialised: the generated reader would put zero over it.</remarks>
public sealed record JournalSettings
{
    /// <summary>The file; its folder must be there.</summary>
    public required string Path { get; init; }

    /// <summary>Largest size of what waits, MiB: beyond, the oldest is thinned out, then dropped.</summary>
    public int MostMiB { get; set; } = 256;

    internal void Check(SettingCheck check)
    {
        check.Filled("journal.path", Path);
        check.Range("journal.mostMiB", MostMiB, 1, 1 << 20);
        if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder && !Directory.Exists(folder)) throw check.Wrong("journal.path", $"lies in {folder}, which is not there", "make the folder, or name another file");
    }
}
