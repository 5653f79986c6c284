namespace AiBms.Generate;

/// <summary>One fault as the catalogue's file has it; the words are those of AiBms.Safety's own enums.</summary>
/// <param name="Id">Name in programs.</param>
/// <param name="Code">Number for buses and logs.</param>
/// <param name="Level">Info, Warning or Fatal.</param>
/// <param name="Reaction">What the protection does.</param>
/// <param name="Latched">True where only an authorised service ends it.</param>
/// <param name="Place">Pack, Cell or Probe.</param>
/// <param name="Unit">Unit of value and threshold.</param>
/// <param name="Text">Sentence with places to fill in.</param>
/// <param name="Advice">What to do.</param>
public sealed record FaultEntry(
    string Id, int Code, string Level, string Reaction, bool Latched, string Place, string Unit, string Text, string Advice);
