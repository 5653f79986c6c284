namespace AiBms.Battery.Control;

/// <summary>How the current of a charge goes on before the worst cell comes to its voltage.</summary>
public enum ChargeCourse : byte
{
    /// <summary>One current to the end, as far as everything allows it.</summary>
    Constant,

    /// <summary>Several stages, each gentler than the one before: longer, and kinder to the cells near full.</summary>
    MultiStage,
}
