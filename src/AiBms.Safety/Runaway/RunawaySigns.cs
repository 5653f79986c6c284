namespace AiBms.Safety.Runaway;

/// <summary>Independent signs of thermal runaway.</summary>
[Flags]
public enum RunawaySigns : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A cell dropped against the others.</summary>
    VoltageDrop = 1,

    /// <summary>A probe warms fast.</summary>
    TemperatureRate = 2,

    /// <summary>The gas sensor answers.</summary>
    Gas = 4,

    /// <summary>The housing's pressure rose.</summary>
    Pressure = 8,

    /// <summary>A probe is past its safety limit.</summary>
    Temperature = 16,
}
