using AiBms.Battery.Estimation.Networks;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>What a person asked of <c>infer --model soh|rul|temp</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Door">What the person said about it.</param>
/// <param name="Cell">Cell of the catalogue; null where not told.</param>
/// <param name="CapacityAh">Rated capacity of what was recorded, Ah; null where not told.</param>
/// <param name="OutPath">Table to write; null for none.</param>
/// <param name="Models">Where models are.</param>
sealed record InferRequest(string Path, RecordingOptions Door, string? Cell, double? CapacityAh, string? OutPath, ModelCatalogue Models);
