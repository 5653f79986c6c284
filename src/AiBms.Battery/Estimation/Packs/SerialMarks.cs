using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Which parts of a pack are others than when its estimator was last kept, by their serial numbers.</summary>
/// <remarks>A serial number that was not told, then or now, is no other.</remarks>
sealed class SerialMarks(PackLayout layout)
{
    /// <summary>Cells, in series order, that were swapped alone or with their module.</summary>
    public bool[] IsCellSwapped { get; } = new bool[layout.SeriesCount];

    /// <summary>True where another BMS measures now.</summary>
    public bool IsBmsSwapped { get; private set; }

    /// <summary>Writes the serial numbers down, or compares with those that were.</summary>
    public void Keep(StateTape tape)
    {
        IsBmsSwapped = IsOther(tape, layout.BmsSerial);
        int modules = tape.Count(layout.Modules.Count, int.MaxValue);
        for (int k = 0; k < modules && tape.IsGood; k++)
        {
            bool isOther = IsOther(tape, k < layout.Modules.Count ? layout.Modules[k].Serial : null);
            if (isOther) Array.Fill(IsCellSwapped, true, layout.Modules[k].FirstCell, layout.Modules[k].CellCount);
        }

        foreach (var module in layout.Modules)
            for (int i = 0; i < module.CellCount; i++)
                IsCellSwapped[module.FirstCell + i] |= IsOther(tape, module.CellSerials is { } serials ? serials[i] : null);
    }

    static bool IsOther(StateTape tape, string? serial)
    {
        int now = Mark(serial), then = tape.Count(now, int.MaxValue);
        return now != 0 && then != 0 && now != then;
    }

    /// <summary>A number for a serial number, the same on every machine (FNV-1a); 0 for none.</summary>
    static int Mark(string? serial)
    {
        if (string.IsNullOrEmpty(serial)) return 0;
        uint mark = 2166136261;
        foreach (char c in serial) mark = (mark ^ c) * 16777619;
        return (int)(mark >> 2) | 1;
    }
}
