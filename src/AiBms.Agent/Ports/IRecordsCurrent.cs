namespace AiBms.Agent.Ports;

/// <summary>A port of a pack whose current does not obey this chain's contactors: a record, in which it flowed whatever is commanded now.</summary>
/// <remarks>The protection is shown the current as its own contactors would have it; whatever is estimated has to know what flowed.</remarks>
public interface IRecordsCurrent
{
    /// <summary>True where the last reading shows another current than the one measured.</summary>
    bool IsWithheld { get; }

    /// <summary>The current that was measured, A, positive while charging; NaN where the record has none.</summary>
    double MeasuredA { get; }
}
