namespace AiBms.Learning.Datasets;

/// <summary>One file of an archive or folder.</summary>
/// <param name="Path">Path inside, with forward slashes.</param>
/// <param name="Open">Opens its content; to be used before the next entry is asked for.</param>
sealed record SourceEntry(string Path, Func<Stream> Open);
