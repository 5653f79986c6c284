namespace AiBms.Storage;

/// <summary>What an alarm rule of the server says when it finds something.</summary>
/// <param name="Name">Its name; one event of a name lasts at a time in a pack.</param>
/// <param name="Level">1 information, 2 warning, 3 fatal.</param>
/// <param name="Text">What was found, a sentence.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Unit">Unit of value and threshold; empty for none.</param>
public sealed record RuleText(string Name, int Level, string Text, string Advice, string Unit);
