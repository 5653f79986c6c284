using System.Globalization;
using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Telemetry;

namespace AiBms.Server.Alarms;

/// <summary>A rule of the operators': when it holds for some time an event is raised, and cleared when it no longer does. It can restrict nothing: that is the protection's.</summary>
sealed record AlarmRule
{
    /// <summary>Its name, 1 to 64 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it looks at, by <see cref="AlarmSignal"/>.</summary>
    public string Signal { get; init; } = "";

    /// <summary>True where it holds above the threshold, false where it holds below.</summary>
    public bool IsAbove { get; init; } = true;

    /// <summary>In the signal's unit.</summary>
    public double Threshold { get; init; } = double.NaN;

    /// <summary>How far back the value must come before the event is cleared, in the signal's unit.</summary>
    public double Hysteresis { get; init; }

    /// <summary>How long it must hold, s.</summary>
    public double HoldS { get; init; } = 10;

    /// <summary>1 information, 2 warning, 3 fatal.</summary>
    public int Level { get; init; } = 2;

    /// <summary>What to do.</summary>
    public string Advice { get; init; } = "";

    /// <summary>The pack it is for; empty for all.</summary>
    public string Pack { get; init; } = "";

    /// <summary>Rules that are there before anybody wrote one.</summary>
    public static IReadOnlyList<AlarmRule> First { get; } =
    [
        new() { Name = "No data", Signal = "ageS", Threshold = 60, Advice = "See whether the agent runs and reaches the server." },
        new() { Name = "Nearly empty", Signal = "socPercent", IsAbove = false, Threshold = 8, Hysteresis = 4, Level = 1, HoldS = 30, Advice = "Charge soon." },
        new() { Name = "Cells drift apart", Signal = "cellSpreadMv", Threshold = 150, Hysteresis = 40, HoldS = 60, Advice = "Look at the cell map for the weak cell; balance, or plan a check of its module." },
        new() { Name = "Heat ahead", Signal = "forecastDegC", Threshold = 55, Hysteresis = 3, HoldS = 10, Advice = "Reduce the load or choose the mode Performance." },
        new() { Name = "Model and cells disagree", Signal = "residualMv", Threshold = 80, Hysteresis = 40, HoldS = 120, Level = 1, Advice = "The cell file may not be that of these cells: see the residual's trend." },
        new() { Name = "Agent cannot send", Signal = "queueRecords", Threshold = 1000, Hysteresis = 500, Level = 1, Advice = "See the line between agent and server; nothing is lost until the journal is full." },
    ];

    /// <exception cref="DataException">Something is missing or out of range.</exception>
    public AlarmRule Validated()
    {
        if (Name is not { Length: >= 1 and <= 64 }) throw new DataException("A rule needs a name of 1 to 64 characters.");
        if (AlarmSignal.Find(Signal ?? "") is null) throw new DataException($"There is no signal '{Signal}': use one of {string.Join(", ", AlarmSignal.All.Select(s => s.Name))}.");
        if (!double.IsFinite(Threshold)) throw new DataException("A rule needs a threshold, a number in the signal's unit.");
        if (!(Hysteresis >= 0 && double.IsFinite(Hysteresis))) throw new DataException("'hysteresis' is a number from 0.");
        if (!(HoldS is >= 0 and <= 86_400)) throw new DataException("'holdS' is a number from 0 to 86400.");
        if (Level is < 1 or > 3) throw new DataException("'level' is 1 (information), 2 (warning) or 3 (fatal).");
        if (Advice is not { Length: <= 300 }) throw new DataException("'advice' has at most 300 characters.");
        return Pack is null || (Pack.Length > 0 && !Telemetry.Frames.PackIds.IsValid(Pack)) ? throw new DataException("'pack' is a pack's id, or empty for all.") : this;
    }

    /// <summary>What it says of a pack's value.</summary>
    public RuleText Says(double value, FleetPack pack)
    {
        var signal = AlarmSignal.Find(Signal)!;
        string unit = signal.Unit.Length > 0 ? " " + signal.Unit : "";
        return new(Name, Level, string.Create(CultureInfo.InvariantCulture, $"{Name}: {signal.Text} {value:0.###}{unit}{signal.Place(pack)}, limit {Threshold:0.###}{unit}, for {HoldS:0} s."), Advice, signal.Unit);
    }
}
