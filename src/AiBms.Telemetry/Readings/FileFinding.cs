namespace AiBms.Telemetry.Readings;

/// <summary>One thing found in a file.</summary>
/// <param name="Kind">Stable word for scripts: <c>missing-value</c>, <c>gap</c>, <c>constant</c> …</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Count">How many rows or values it concerns.</param>
/// <param name="FirstLines">Line numbers (1 = first line of the file; row numbers where the file has no lines) of the first few.</param>
public sealed record FileFinding(string Kind, Severity Severity, string Message, int Count, IReadOnlyList<int> FirstLines);
