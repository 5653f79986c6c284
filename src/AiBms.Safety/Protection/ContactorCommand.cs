namespace AiBms.Safety.Protection;

/// <summary>Which contactors are to be closed.</summary>
/// <param name="Plus">The plus main contactor.</param>
/// <param name="Minus">The minus main contactor.</param>
/// <param name="Precharge">The relay with the resistor beside the plus contactor.</param>
public readonly record struct ContactorCommand(bool Plus, bool Minus, bool Precharge)
{
    /// <summary>True where nothing is closed.</summary>
    public bool AllOpen => !Plus && !Minus && !Precharge;
}
