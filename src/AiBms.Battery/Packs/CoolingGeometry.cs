namespace AiBms.Battery.Packs;

/// <summary>Sizes of the passages that the coolant takes, and of what stands around them.</summary>
public sealed record CoolingGeometry
{
    /// <summary>Hydraulic diameter of one passage, m: twice the gap between plates, the bore of a tube.</summary>
    public double HydraulicDiameterM { get; init; }

    /// <summary>Cross-section of all passages side by side, m².</summary>
    public double FlowAreaM2 { get; init; }

    /// <summary>Length of the way through the pack, m.</summary>
    public double LengthM { get; init; }

    /// <summary>Length along which the fluid warms at one wall before it mixes again, m: a cell, or the whole plate.</summary>
    public double HeatedLengthM { get; init; }

    /// <summary>Face of one cell that the fluid washes (immersion), that stands in the air, or the plate's inner wall under one cell, m².</summary>
    public double CellAreaM2 { get; init; }

    /// <summary>Height of that face in still air, m; 0 where a fluid flows.</summary>
    public double FaceHeightM { get; init; }

    /// <summary>Between a cell's case and the plate, K/W; 0 without plate.</summary>
    public double CellToPlateKPerW { get; init; }

    /// <summary>Heat capacity of the plate, J/K; 0 without plate.</summary>
    public double PlateJPerK { get; init; }

    /// <summary>Share of the fluid that is inside the pack; the rest is in tank and pipes.</summary>
    public double InsideFraction { get; init; }

    /// <summary>Pressure of the pump at full duty against a closed valve, kPa.</summary>
    public double ShutOffKPa { get; init; }

    /// <summary>Heat given off by tank, pipes and housing to the surroundings, W/K.</summary>
    public double HousingWPerK { get; init; }
}
