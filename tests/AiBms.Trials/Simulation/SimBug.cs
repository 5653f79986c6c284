namespace AiBms.Trials.Simulation;

/// <summary>A mistake that is put into the simulated world, to see that it is found.</summary>
enum SimBug
{
    None,

    /// <summary>The server acknowledges a batch when it comes.</summary>
    AcknowledgesBeforeCommit,

    /// <summary>One in three syncs of the server's disk does nothing.</summary>
    SkipsSync,

    /// <summary>The agent's disk does so.</summary>
    AgentSkipsSync,

    /// <summary>An answer to one batch is taken for the answer to the next.</summary>
    MixesAnswers,
}
