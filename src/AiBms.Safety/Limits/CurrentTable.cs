namespace AiBms.Safety.Limits;

/// <summary>Allowed current by temperature: straight lines between points, the end values beyond them.</summary>
/// <param name="TemperatureDegC">Rising temperatures, °C.</param>
/// <param name="CurrentA">Allowed current at each, A, ≥ 0.</param>
public sealed record CurrentTable(float[] TemperatureDegC, float[] CurrentA)
{
    /// <summary>The current at a temperature, A. A temperature that is not a number gives 0.</summary>
    public float At(float temperatureDegC) => float.IsNaN(temperatureDegC) ? 0 : Between(TemperatureDegC, CurrentA, temperatureDegC);

    /// <summary>Straight lines between points, the end values beyond them.</summary>
    internal static float Between(float[] temperaturesDegC, float[] values, float temperatureDegC)
    {
        int last = temperaturesDegC.Length - 1;
        if (temperatureDegC <= temperaturesDegC[0]) return values[0];
        if (temperatureDegC >= temperaturesDegC[last]) return values[last];
        int i = 1;
        while (i < last && temperaturesDegC[i] < temperatureDegC) i++;
        float fraction = (temperatureDegC - temperaturesDegC[i - 1]) / (temperaturesDegC[i] - temperaturesDegC[i - 1]);
        return values[i - 1] + fraction * (values[i] - values[i - 1]);
    }

    internal void Validate(string name)
    {
        if (TemperatureDegC.Length == 0 || TemperatureDegC.Length != CurrentA.Length)
            throw new ArgumentException($"{name}: needs as many currents as temperatures, and at least one");
        for (int i = 0; i < CurrentA.Length; i++)
        {
            if (!(CurrentA[i] >= 0) || !float.IsFinite(CurrentA[i]))
                throw new ArgumentException($"{name}: currents must be finite and ≥ 0 A");
            if (!float.IsFinite(TemperatureDegC[i]) || (i > 0 && !(TemperatureDegC[i] > TemperatureDegC[i - 1])))
                throw new ArgumentException($"{name}: temperatures must be finite and rise");
        }
    }
}
