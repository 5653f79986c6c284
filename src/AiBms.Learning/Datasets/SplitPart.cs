namespace AiBms.Learning.Datasets;

/// <summary>What a whole recording may be used for. Recordings are never divided between parts; only where a user has one recording alone does its end stop a training, and nothing is tested then.</summary>
public enum SplitPart
{
    /// <summary>Parameters may be fitted on it.</summary>
    Train,

    /// <summary>Choices between models, orders and stopping times may be made on it.</summary>
    Choose,

    /// <summary>Scored on only, after every choice has been made.</summary>
    Test,

    /// <summary>Used by nobody in this split.</summary>
    Unused,
}
