using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Training;

/// <summary>One recording to learn SOC from.</summary>
/// <param name="File">Where it lies and how it was made.</param>
/// <param name="Open">Gives what was measured and what was true.</param>
/// <param name="Cell">The cell, with the capacity that the label refers to.</param>
public sealed record SocTrainingItem(DatasetFile File, Func<LabelledRecording> Open, CellType Cell)
{
    /// <summary>A recording that lies in memory.</summary>
    public SocTrainingItem(DatasetFile file, LabelledRecording labelled, CellType cell) : this(file, () => labelled, cell)
    {
    }

    /// <summary>What was measured and what was true; may be read from disk, so whoever goes through the rows takes it once.</summary>
    public LabelledRecording Labelled => Open();
}
