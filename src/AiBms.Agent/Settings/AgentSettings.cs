using AiBms.Agent.Live;
using AiBms.Telemetry;

namespace AiBms.Agent.Settings;

/// <summary>Everything an agent is told, in one file. The keys are these names with a small first letter.</summary>
/// <remarks>What has a default is set, not initialised: the generated reader would put zero over it.</remarks>
public sealed record AgentSettings
{
    /// <summary>The pack.</summary>
    public required PackSettings Pack { get; init; }

    /// <summary>What its readings come from.</summary>
    public required SourceSettings Source { get; init; }

    /// <summary>Where records wait.</summary>
    public required JournalSettings Journal { get; init; }

    /// <summary>Where they go; null: nowhere, the agent looks after its pack by itself.</summary>
    public ServerSettings? Server { get; init; }

    /// <summary>Steps a second, 1 to 10.</summary>
    public double RateHz { get; set; } = 10;

    /// <summary>Time between two frames, s.</summary>
    public double FrameS { get; set; } = 1;

    /// <summary>Time between two records of estimates, s.</summary>
    public double EstimatesS { get; set; } = 10;

    /// <summary>Time between two checkpoints, s.</summary>
    public double CheckpointS { get; set; } = 10;

    /// <summary>Full rate is recorded from so long before an event, s; 0 for never.</summary>
    public double RecordBeforeS { get; set; } = 60;

    /// <summary>And until so long after it, s.</summary>
    public double RecordAfterS { get; set; } = 60;

    /// <summary>When an idle pack sleeps; null for never.</summary>
    public SleepOptions? Sleep { get; init; }

    /// <summary>The same with every path made whole.</summary>
    /// <param name="folder">What paths are relative to.</param>
    /// <param name="name">The file's name, for messages.</param>
    internal AgentSettings In(string folder, string name)
    {
        string? Whole(string? path) => path is null ? null : path.Contains('\0', StringComparison.Ordinal) ? throw new DataException($"{name}: a path has a character that no path has (number zero): take it out.") : Path.GetFullPath(path, folder);
        return this with
        {
            Pack = Pack with { Protection = Whole(Pack.Protection), Layout = Pack.Layout is { } layout && File.Exists(Whole(layout)) ? Whole(layout) : Pack.Layout },
            Source = Source with { File = Whole(Source.File), Map = Whole(Source.Map), Commands = Whole(Source.Commands) },
            Journal = Journal with { Path = Journal.Path.Length == 0 ? "" : Whole(Journal.Path)! },
            Server = Server is null ? null : Server with { KeyFile = Whole(Server.KeyFile), Credentials = Whole(Server.Credentials) },
        };
    }

    internal AgentSettings Validated(SettingCheck check)
    {
        Pack.Check(check, Source.Kind);
        Source.Check(check);
        Journal.Check(check);
        Server?.Check(check);
        check.Range("rateHz", RateHz, 1, 10);
        check.Range("frameS", FrameS, 1 / RateHz, 3600);
        check.Range("estimatesS", EstimatesS, FrameS, 3600);
        check.Range("checkpointS", CheckpointS, 1, 600);
        check.Range("recordBeforeS", RecordBeforeS, 0, 600);
        check.Range("recordAfterS", RecordAfterS, 0, 600);
        if (Sleep is null) return this;
        check.Range("sleep.afterS", Sleep.AfterS, 60, 1e6);
        check.Range("sleep.wakeAfterS", Sleep.WakeAfterS, 60, 1e6);
        return this;
    }
}
