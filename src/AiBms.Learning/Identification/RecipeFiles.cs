namespace AiBms.Learning.Identification;

/// <summary>Recordings of a recipe that play the same role.</summary>
public sealed record RecipeFiles
{
    /// <summary>Path below the data folder; the parts may carry * ? and [..].</summary>
    public required string Path { get; init; }

    /// <summary>Names to leave out, with * ? and [..].</summary>
    public string[] Except { get; init; } = [];

    /// <summary>
    /// "ocv": slow recording that gives the OCV and takes part in the fit; "fit"; "check": only compared; "ocvTable": a table of OCV
    /// over state of charge, see <see cref="OcvTable"/>.
    /// </summary>
    public required string Use { get; init; }

    /// <summary>Weight of each recording in the fit.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the case temperature takes part in the thermal fit; null: when the voltage takes part in its own.</summary>
    public bool? FitThermal { get; init; }

    /// <summary>SOC at the first row, 0…1; null: found from the first voltage at rest.</summary>
    public double? StartSoc { get; init; }

    /// <summary>Capacity of the cell at that time, Ah; null: the recipe's.</summary>
    public double? CapacityAh { get; init; }

    /// <summary>Name of a series inside the file, with * ? and [..]: each that matches is a recording of its own. Null: the whole file.</summary>
    public string? Series { get; init; }

    /// <summary>Temperature of the cell, °C, for a recording that has none.</summary>
    public double? TemperatureDegC { get; init; }

    /// <summary>Temperature around the cell, °C, for a recording without it, or whose column for it does not tell it; null: the column.</summary>
    public double? AmbientDegC { get; init; }

    /// <summary>Only rows up to this time, s.</summary>
    public double? UntilS { get; init; }

    /// <summary>Cells in series behind the voltage column: one cell is taken to carry its share.</summary>
    public int SeriesCells { get; init; } = 1;

    /// <summary>Cells in parallel behind the current column: one cell is taken to carry its share.</summary>
    public int ParallelCells { get; init; } = 1;

    /// <summary>For "ocvTable": what a full cell reads in its soc column, 1 or 100.</summary>
    public double FullSoc { get; init; } = 1;

    /// <summary>For "ocvTable": name of the voltage column.</summary>
    public string OcvColumn { get; init; } = "ocv_v";
}
