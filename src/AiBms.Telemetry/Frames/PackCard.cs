namespace AiBms.Telemetry.Frames;

/// <summary>What a pack is: what screens need to know of its layout.</summary>
public sealed class PackCard
{
    /// <summary>Name for people.</summary>
    public string Name { get; set; } = "";

    /// <summary>Id of the layout.</summary>
    public string Layout { get; set; } = "";

    /// <summary>What the layout is, in words.</summary>
    public string LayoutName { get; set; } = "";

    /// <summary>Id of the cell type.</summary>
    public string Cell { get; set; } = "";

    /// <summary>Cells in series.</summary>
    public int SeriesCount { get; set; }

    /// <summary>Cells in parallel.</summary>
    public int ParallelCount { get; set; }

    /// <summary>Names of the modules, in series order.</summary>
    public IReadOnlyList<string> Modules { get; set; } = [];

    /// <summary>First cell of each module.</summary>
    public double[] ModuleValues { get; set; } = [];

    /// <summary>Names of the probes.</summary>
    public IReadOnlyList<string> Probes { get; set; } = [];

    /// <summary>Cell of each probe.</summary>
    public double[] ProbeValues { get; set; } = [];

    /// <summary>Rated capacity of a group, Ah.</summary>
    public double CapacityAh { get; set; } = double.NaN;

    /// <summary>Lowest rated cell voltage, V.</summary>
    public double CellVoltageVMin { get; set; } = double.NaN;

    /// <summary>Highest rated cell voltage, V.</summary>
    public double CellVoltageVMax { get; set; } = double.NaN;

    /// <summary>Cells above this are derated, °C.</summary>
    public double HotLimitDegC { get; set; } = double.NaN;

    /// <summary>The agent's software.</summary>
    public string Software { get; set; } = "";

    /// <summary>Place, degrees north.</summary>
    public double LatitudeDeg { get; set; } = double.NaN;

    /// <summary>Place, degrees east.</summary>
    public double LongitudeDeg { get; set; } = double.NaN;

    /// <summary>What parts are made for: pump, chiller and heater in hours at full duty or power, closings of the contactors; NaN where nobody says.</summary>
    public double[] LifeValues { get; set; } = [];

    /// <summary>Writes the card.</summary>
    public byte[] ToBytes() => FieldWriter.Write(Walk);

    /// <summary>Reads a card.</summary>
    /// <exception cref="DataException">The bytes are none, or the counts are out of range.</exception>
    public static PackCard Of(ReadOnlyMemory<byte> bytes)
    {
        var card = new PackCard();
        FieldReader.Read(bytes, "a pack's card", card.Walk);
        if (card.SeriesCount is < 1 or > FieldCoder.LongestCount) throw new DataException($"A pack's card says {card.SeriesCount} cells in series: 1 to {FieldCoder.LongestCount} are taken.");
        return card;
    }

    void Walk(FieldCoder coder)
    {
        Name = coder.Text(1, Name);
        Layout = coder.Text(2, Layout);
        LayoutName = coder.Text(3, LayoutName);
        Cell = coder.Text(4, Cell);
        SeriesCount = coder.Code(5, SeriesCount);
        ParallelCount = coder.Code(6, ParallelCount);
        Modules = coder.Texts(7, Modules);
        ModuleValues = coder.Tuple(8, ModuleValues);
        Probes = coder.Texts(9, Probes);
        ProbeValues = coder.Tuple(10, ProbeValues);
        CapacityAh = coder.Number(11, CapacityAh, 0.01);
        CellVoltageVMin = coder.Number(12, CellVoltageVMin, 0.001);
        CellVoltageVMax = coder.Number(13, CellVoltageVMax, 0.001);
        HotLimitDegC = coder.Number(14, HotLimitDegC, 0.1);
        Software = coder.Text(15, Software);
        LatitudeDeg = coder.Number(16, LatitudeDeg, 1e-5);
        LongitudeDeg = coder.Number(17, LongitudeDeg, 1e-5);
        LifeValues = coder.Tuple(18, LifeValues);
    }
}
