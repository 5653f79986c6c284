namespace AiBms.Learning.Plots;

/// <summary>Where in a panel the legend is.</summary>
public enum LegendPlace
{
    /// <summary>Lower left corner.</summary>
    LowerLeft,

    /// <summary>Upper left corner.</summary>
    UpperLeft,

    /// <summary>Upper right corner.</summary>
    UpperRight,

    /// <summary>Lower right corner.</summary>
    LowerRight,

    /// <summary>In the middle.</summary>
    Middle,

    /// <summary>Under the panel, where it hides nothing.</summary>
    Below,
}
