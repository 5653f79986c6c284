namespace AiBms.Battery.Estimation.Packs;

/// <summary>What keeps a power from being larger, in words.</summary>
public static class PowerBindingText
{
    /// <summary>Two or three words for people.</summary>
    /// <param name="binding">What binds.</param>
    public static string Word(this PowerBinding binding) => binding switch
    {
        PowerBinding.CellVoltage => "cell voltage",
        PowerBinding.RatedCurrent => "rated current",
        PowerBinding.CellCharge => "a cell full or empty",
        PowerBinding.CellTemperature => "cell temperature",
        PowerBinding.CellFault => "a faulty cell",
        _ => "not known",
    };
}
