namespace AiBms.Learning.Boards.Rungs;

/// <summary>What a stored rung is of: who learnt, on which protocol's training sides, from which data.</summary>
/// <param name="Protocol">The board's protocol.</param>
/// <param name="Learner">The learner's name.</param>
/// <param name="Settings">Its settings; other settings are another rung.</param>
/// <param name="Seed">Seed.</param>
/// <param name="DataHash">SHA-256 of the data read.</param>
/// <param name="LearningS">Time to learn, all splits and intervals together, s.</param>
public sealed record RungHeader(string Protocol, string Learner, string Settings, ulong Seed, string DataHash, double LearningS)
{
    /// <summary>True where the other is the same rung of the same data, however long it took.</summary>
    public bool IsSame(RungHeader other) => this with { LearningS = 0 } == other with { LearningS = 0 };
}
