namespace AiBms.Learning.Boards.Packs;

/// <summary>How the pack board is run.</summary>
public sealed record PackBoardOptions
{
    /// <summary>Folder with packs, cells and fluids.</summary>
    public required string Home { get; init; }

    /// <summary>Folder of measured data; null leaves the measured parts out.</summary>
    public string? Data { get; init; }

    /// <summary>Folder of the models that <c>train --rungs</c> stored.</summary>
    public required string Rungs { get; init; }

    /// <summary>Folder of the results, where the long part keeps what it has done.</summary>
    public required string Folder { get; init; }

    /// <summary>First seed of the simulated packs. Options were chosen on seeds from 9001 on.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A look instead of a result: a tenth of the packs.</summary>
    public bool Quick { get; init; }

    /// <summary>Which part alone; null for all.</summary>
    public string? Only { get; init; }

    internal int Packs(int full) => Quick ? Math.Max(2, full / 10) : full;
}
