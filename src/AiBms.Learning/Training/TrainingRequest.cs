using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Telemetry;

namespace AiBms.Learning.Training;

/// <summary>What is to be trained, on what.</summary>
public sealed record TrainingRequest
{
    /// <summary>Folder of measured data, or one recording.</summary>
    public required string DataPath { get; init; }

    /// <summary>Data set by name: lg_hg2, panasonic, both …; each trainer says which it knows.</summary>
    public required string Set { get; init; }

    /// <summary>Ambient kept out of training and choosing, °C; null for none.</summary>
    public double? WithoutAmbientDegC { get; init; }

    /// <summary>Cells.</summary>
    public required CellCatalogue Cells { get; init; }

    /// <summary>Cell of the catalogue for a recording of the user's own; null where the set says it.</summary>
    public string? CellId { get; init; }

    /// <summary>Cells in series behind the voltage of the user's own recordings.</summary>
    public int SeriesCount { get; init; } = 1;

    /// <summary>Seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>Command line that is written into the model.</summary>
    public required string Command { get; init; }

    /// <summary>Version of the program.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Options by name: the trainer's defaults with what was told put in.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>File that an interrupted training is taken up from and written to; null for none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Networks that were fitted before by the same process; null where each is to be fitted.</summary>
    public FittedNetworks? Fitted { get; init; }

    /// <summary>The cell that recordings of the user's own are of.</summary>
    /// <exception cref="DataException">None was told.</exception>
    public CellType OwnCell() => Cells.Find(CellId ?? throw new DataException($"'{DataPath}' does not say what cell it is of: name it with --cell."));

    /// <summary>A number among the options.</summary>
    /// <exception cref="DataException">It is no number, or not between the limits.</exception>
    public double Number(string name, double least, double most)
    {
        if (double.TryParse(Options[name], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most) return value;
        throw new DataException(string.Create(CultureInfo.InvariantCulture, $"Option {name} takes a number from {least} to {most}, not '{Options[name]}'."));
    }

    /// <summary>A whole number among the options.</summary>
    /// <exception cref="DataException">It is no whole number, or not between the limits.</exception>
    public int Count(string name, int least, int most)
    {
        double value = Number(name, least, most);
        return value == Math.Floor(value) ? (int)value : throw new DataException($"Option {name} takes a whole number, not '{Options[name]}'.");
    }
}
