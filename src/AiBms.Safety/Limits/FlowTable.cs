namespace AiBms.Safety.Limits;

/// <summary>
/// What share of its warm flow a sound cooling loop still moves when the coolant is cold and thick: straight lines between points, the end
/// values beyond them. The bands of <see cref="LimitKind.CoolantFlowLow"/> are stated for warm coolant; a measured flow is divided by this share.
/// </summary>
/// <param name="TemperatureDegC">Rising temperatures of the coolant, °C.</param>
/// <param name="FlowFraction">Share at each, above 0 to 1.</param>
public sealed record FlowTable(float[] TemperatureDegC, float[] FlowFraction)
{
    /// <summary>Less than this is not believed of any loop.</summary>
    public const float LeastFraction = 0.01f;

    /// <summary>A coolant that is never thick: the bands hold as they are.</summary>
    public static FlowTable Thin => new([20], [1]);

    /// <summary>The share at a temperature; 1, the strictest, where the temperature is not known.</summary>
    public float At(float temperatureDegC) =>
        float.IsNaN(temperatureDegC) ? 1 : Math.Clamp(CurrentTable.Between(TemperatureDegC, FlowFraction, temperatureDegC), LeastFraction, 1);

    internal void Validate()
    {
        if (TemperatureDegC.Length == 0 || TemperatureDegC.Length != FlowFraction.Length)
            throw new ArgumentException("flow table: needs as many shares as temperatures, and at least one");
        for (int i = 0; i < FlowFraction.Length; i++)
        {
            if (!(FlowFraction[i] is >= LeastFraction and <= 1)) throw new ArgumentException("flow table: shares must lie within 0.01…1");
            if (!float.IsFinite(TemperatureDegC[i]) || (i > 0 && !(TemperatureDegC[i] > TemperatureDegC[i - 1])))
                throw new ArgumentException("flow table: temperatures must be finite and rise");
        }
    }
}
