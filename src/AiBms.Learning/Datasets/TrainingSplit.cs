namespace AiBms.Learning.Datasets;

/// <summary>What a trainer is given: whole units (cycles, cells, vehicles) to fit on and to choose on. Test units are known by name only.</summary>
/// <remarks>A trainer never sees a data set, only this: it cannot reach a test unit, and it cannot cut a unit in two.</remarks>
public sealed class TrainingSplit<T>
{
    internal TrainingSplit(string description, IReadOnlyList<(string, T)> train, IReadOnlyList<(string, T)> choose, IReadOnlyList<string> testNames) =>
        (Description, Train, Choose, TestNames) = (description, train, choose, testNames);

    /// <summary>The split in words.</summary>
    public string Description { get; }

    /// <summary>Units that parameters are fitted on.</summary>
    public IReadOnlyList<(string Unit, T Item)> Train { get; }

    /// <summary>Units for stopping, choosing between models, and calibrating bands.</summary>
    public IReadOnlyList<(string Unit, T Item)> Choose { get; }

    /// <summary>Units that a board scores on.</summary>
    public IReadOnlyList<string> TestNames { get; }
}
