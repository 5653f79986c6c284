namespace AiBms.Storage;

/// <summary>A fault with its life: raised, acknowledged, cleared.</summary>
/// <param name="Id">Number of the event in this store.</param>
/// <param name="PackId">The pack.</param>
/// <param name="FaultCode">The fault, as the catalogue orders it.</param>
/// <param name="Where">Cell or probe from 0; −1 for the pack.</param>
/// <param name="MeasuredValues">Value and threshold, in the catalogue's unit.</param>
/// <param name="IsTap">True where the tap is under suspicion, not the cell.</param>
/// <param name="RaisedMs">When it began, ms since 1970.</param>
/// <param name="ClearedMs">When it ended; null while it lasts.</param>
/// <param name="AcknowledgedMs">When somebody acknowledged it; null where nobody has.</param>
/// <param name="AcknowledgedBy">Who.</param>
/// <param name="Comment">What they said.</param>
/// <param name="Rule">The server's own rule that found it; null where the pack reported it.</param>
public sealed record StoredEvent(
    long Id, string PackId, int FaultCode, int Where, double[] MeasuredValues, bool IsTap, long RaisedMs, long? ClearedMs, long? AcknowledgedMs, string AcknowledgedBy, string Comment, RuleText? Rule = null);
