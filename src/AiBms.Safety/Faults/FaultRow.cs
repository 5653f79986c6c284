namespace AiBms.Safety.Faults;

/// <summary>One row of the fault catalogue, as <c>faults.json</c> has it.</summary>
/// <param name="Code">Number for buses and logs; never given to another fault.</param>
/// <param name="Id">Name in programs.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Reaction">What the protection does.</param>
/// <param name="Latched">True where only an authorised service ends it.</param>
/// <param name="Place">What its place counts.</param>
/// <param name="Unit">Unit of value and threshold; empty where there is none.</param>
/// <param name="Text">Sentence with {where}, {value}, {threshold} and {duration} to fill in.</param>
/// <param name="Advice">What to do.</param>
public sealed record FaultRow(
    int Code, string Id, FaultLevel Level, FaultReaction Reaction, bool Latched, FaultPlace Place, string Unit, string Text, string Advice);
