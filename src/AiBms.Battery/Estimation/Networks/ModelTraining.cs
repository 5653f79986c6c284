namespace AiBms.Battery.Estimation.Networks;

/// <summary>How a model was made: enough to make it again.</summary>
public sealed record ModelTraining
{
    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    /// <summary>Seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Version of the program.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>SHA-256 over names and contents of the recordings of all parts below, in their order.</summary>
    public required string DataHash { get; init; }

    /// <summary>Name of the split in words.</summary>
    public required string Split { get; init; }

    /// <summary>What was fitted on.</summary>
    public required string[] Train { get; init; }

    /// <summary>What stopping, choosing and calibrating used.</summary>
    public required string[] Choose { get; init; }

    /// <summary>For each recording of <see cref="Train"/> and then of <see cref="Choose"/> the smallest hashes among those of its stretches of rows, in base 64; empty where the model is not of whole recordings. Tells a recording that was learnt from whatever its name.</summary>
    public string[] RowSamples { get; init; } = [];

    /// <summary>Options by name, as text.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }
}
