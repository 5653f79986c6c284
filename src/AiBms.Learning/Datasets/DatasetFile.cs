namespace AiBms.Learning.Datasets;

/// <summary>One recording of a data set: where it lies, under what conditions it was made, and what its SOC refers to.</summary>
public sealed record DatasetFile
{
    /// <summary>Path below the data folder, with forward slashes.</summary>
    public required string RelativePath { get; init; }

    /// <summary>Drive cycle or test, as the publisher names it: <c>UDDS</c>, <c>Mixed4</c>, <c>HPPC</c>.</summary>
    public required string Cycle { get; init; }

    /// <summary>Chamber temperature at the start, °C.</summary>
    public required double AmbientDegC { get; init; }

    /// <summary>What tables group by: the ambient in whole °C, or <c>Trise</c> for a rising chamber.</summary>
    public required string Group { get; init; }

    /// <summary>Capacity that the SOC label is a fraction of, Ah.</summary>
    public required double ReferenceAh { get; init; }

    /// <summary>Relative uncertainty of <see cref="ReferenceAh"/>, a fraction: the label is uncertain by this much of the discharged part.</summary>
    public required double ReferenceFraction { get; init; }

    /// <summary>What the published split uses the file for.</summary>
    public required SplitPart Part { get; init; }
}
