namespace AiBms.Safety.Faults;

/// <summary>What is known of one fault now.</summary>
/// <param name="Active">True while its condition holds.</param>
/// <param name="Latched">True from its first occurrence until an authorised service, where the catalogue says so.</param>
/// <param name="SinceMs">Time of the input with which it began last, ms.</param>
/// <param name="Value">Last value that showed it, in the catalogue's unit.</param>
/// <param name="Threshold">The threshold it passed, in the catalogue's unit.</param>
/// <param name="Where">Cell or probe number from 0; −1 for the pack.</param>
/// <param name="Count">How often it began, at most 1,000,000.</param>
public readonly record struct FaultRecord(bool Active, bool Latched, long SinceMs, float Value, float Threshold, int Where, int Count)
{
    /// <summary>True while the protection must react.</summary>
    public bool Present => Active || Latched;
}
