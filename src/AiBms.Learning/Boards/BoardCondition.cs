using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>One way in which the cuts of a recording are run.</summary>
/// <param name="Name">Short name in tables and JSON.</param>
/// <param name="Kind">Which cuts are used.</param>
/// <param name="Sensors">What is done to the sensors.</param>
/// <param name="WrongBySoc">How far off the told start is, 0…1; zero where the start is unknown. Both directions where both lie within 0…1.</param>
/// <param name="CapacityFactor">Factor on the label's capacity, a pure number.</param>
public sealed record BoardCondition(string Name, CutKind Kind, Perturbation Sensors, double WrongBySoc = 0, double CapacityFactor = 1)
{
    /// <summary>Unknown start in the middle of driving, nothing wrong: the headline.</summary>
    public static BoardCondition Headline { get; } = new("none", CutKind.Drive, Perturbation.None);

    /// <summary>Unknown start at the end of a rest.</summary>
    public static BoardCondition AfterRest { get; } = new("after-rest", CutKind.AfterRest, Perturbation.None);

    /// <summary>Unknown start at the recording's own start.</summary>
    public static BoardCondition FileStart { get; } = new("file-start", CutKind.FileStart, Perturbation.None);

    /// <summary>Told a SOC that is wrong by 30 or 70 points, with a claimed deviation of 2 points.</summary>
    public static IReadOnlyList<BoardCondition> WrongStarts { get; } =
        [new("wrong-30", CutKind.Drive, Perturbation.None, 0.30), new("wrong-70", CutKind.Drive, Perturbation.None, 0.70)];

    /// <summary>The six sensor faults of the protocol.</summary>
    public static IReadOnlyList<BoardCondition> SixFaults { get; } =
        [.. Perturbation.SixFaults.Select(fault => new BoardCondition(fault.Name, CutKind.Drive, fault))];

    /// <summary>Sensor faults that are rows of their own.</summary>
    public static IReadOnlyList<BoardCondition> OtherFaults { get; } =
        [.. Perturbation.Others.Select(fault => new BoardCondition(fault.Name, CutKind.Drive, fault))];

    /// <summary>The label's capacity 5 % smaller and larger.</summary>
    public static IReadOnlyList<BoardCondition> Capacities { get; } =
        [new("capacity-5%", CutKind.Drive, Perturbation.None, 0, 0.95), new("capacity+5%", CutKind.Drive, Perturbation.None, 0, 1.05)];
}
