namespace AiBms.Battery.Estimation;

/// <summary>Whether an estimate may be used, in words.</summary>
public static class SocValidityText
{
    /// <summary>Half a sentence for people.</summary>
    /// <param name="validity">The validity.</param>
    public static string Sentence(this SocValidity validity) => validity switch
    {
        SocValidity.Valid => "valid",
        SocValidity.Converging => "still found: about two minutes from a start",
        SocValidity.Plateau => "counted on over the flat part of the voltage",
        SocValidity.AfterGap => "after a gap, band widened",
        SocValidity.SensorSuspect => "a sensor is suspect, band grows",
        SocValidity.OutOfRange => "outside of the range the cell was identified in",
        SocValidity.TemperatureMissing => "no temperature seen",
        SocValidity.ModelDoubtful => "the data fit neither this cell nor a sound sensor",
        _ => "nothing seen yet",
    };
}
