using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Training;

/// <summary>One recording to learn SOC from.</summary>
/// <param name="File">Where it lies and how it was made.</param>
/// <param name="Labelled">What was measured and what was true.</param>
/// <param name="Cell">The cell, with the capacity that the label refers to.</param>
public sealed record SocTrainingItem(DatasetFile File, LabelledRecording Labelled, CellType Cell);
