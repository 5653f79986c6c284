namespace AiBms.Learning.Identification.Electrodes;

/// <summary>What stands between a cell's charge current and lithium plating, over temperature and state of charge.</summary>
/// <remarks>
/// Metal can plate where the negative surface comes below 0 V against lithium. Under a charge current I that has flowed for a time, the margin
/// is about U − R·I: U is the electrode's own potential at rest, R the plating resistance, taken at the current that uses the margin up.
/// </remarks>
/// <param name="TemperatureDegC">Temperatures, °C, rising.</param>
/// <param name="SocFraction">States of charge, 0…1, rising.</param>
/// <param name="PulseS">Length of the short charge, s.</param>
/// <param name="LastingS">Length of the long one, s.</param>
/// <param name="RestV">Negative electrode at rest against lithium at each state of charge, V.</param>
/// <param name="PulseOhm">R of the short charge by temperature and state of charge, Ω.</param>
/// <param name="LastingOhm">R of the long one, Ω.</param>
/// <param name="PulseA">Largest charge current of the short charge, A; held at the largest rate that was looked at.</param>
/// <param name="LastingA">Largest one of the long charge, A.</param>
public sealed record PlatingTable(
    double[] TemperatureDegC, double[] SocFraction, double PulseS, double LastingS, double[] RestV, double[][] PulseOhm, double[][] LastingOhm, double[][] PulseA, double[][] LastingA)
{
    /// <summary>The table as CSV, a row for each temperature and state of charge.</summary>
    public string ToCsv()
    {
        var text = new System.Text.StringBuilder("temperature_c,soc,anode_rest_v,pulse_ohm,lasting_ohm,pulse_a,lasting_a\n");
        for (int t = 0; t < TemperatureDegC.Length; t++)
            for (int s = 0; s < SocFraction.Length; s++)
                text.Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"{TemperatureDegC[t]},{SocFraction[s]:0.##},{RestV[s]:0.0000},{PulseOhm[t][s]:0.000000},{LastingOhm[t][s]:0.000000},{PulseA[t][s]:0.000},{LastingA[t][s]:0.000}\n");
        return text.ToString();
    }
}
