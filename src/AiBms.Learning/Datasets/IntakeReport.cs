namespace AiBms.Learning.Datasets;

/// <summary>What was taken in.</summary>
/// <param name="Folder">Where it lies now.</param>
/// <param name="TakenCount">Files laid out.</param>
/// <param name="Ignored">Paths of the source that the layout has no place for.</param>
public sealed record IntakeReport(string Folder, int TakenCount, IReadOnlyList<string> Ignored);
