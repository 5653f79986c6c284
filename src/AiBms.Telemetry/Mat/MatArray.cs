namespace AiBms.Telemetry.Mat;

/// <summary>A named array of a MATLAB file: numbers, text, or a struct of further arrays.</summary>
/// <param name="Name">As in MATLAB; structs' fields carry the struct's name before a point.</param>
/// <param name="Rows">First dimension.</param>
/// <param name="Columns">The other dimensions multiplied.</param>
/// <param name="Numbers">Real values, column by column; empty for anything that holds no numbers.</param>
/// <param name="Fields">A scalar struct's fields; empty for anything else.</param>
sealed record MatArray(string Name, int Rows, int Columns, double[] Numbers, IReadOnlyList<MatArray> Fields);
