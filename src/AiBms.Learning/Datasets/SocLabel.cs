using AiBms.Battery;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>Makes charge-based SOC labels: SOC = start + charge / reference capacity.</summary>
public static class SocLabel
{
    /// <summary>From the recorder's own charge counter.</summary>
    /// <param name="recording">Must have <see cref="Recording.ChargeAh"/>.</param>
    /// <param name="referenceAh">Reference capacity, Ah, above 0.</param>
    /// <param name="startSoc">SOC at the first row, 0…1.</param>
    /// <exception cref="DataException">The recording has no charge counter.</exception>
    public static double[] FromCounter(Recording recording, double referenceAh, double startSoc = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(referenceAh);
        double[] chargeAh = recording.ChargeAh
            ?? throw new DataException($"{recording.Name} has no charge counter, so its true SOC is not known; add a column such as capacity_ah.");
        double zeroAh = chargeAh.FirstOrDefault(double.IsFinite);
        return [.. chargeAh.Select(ah => startSoc + (ah - zeroAh) / referenceAh)];
    }

    /// <summary>By counting the measured current: each row's current holds over the step that ends in the row.</summary>
    /// <remarks>The label shares the current sensor with what estimators see: an offset in it is in both.</remarks>
    public static double[] ByCounting(Recording recording, double referenceAh, double startSoc = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(referenceAh);
        double[] countedAh = CountedAh(recording);
        return [.. countedAh.Select(ah => startSoc + ah / referenceAh)];
    }

    /// <summary>Charge since the first row, Ah, from the measured current.</summary>
    public static double[] CountedAh(Recording recording)
    {
        double[] ah = new double[recording.RowCount];
        for (int k = 1; k < ah.Length; k++)
        {
            double stepS = recording.TimeS[k] - recording.TimeS[k - 1], currentA = recording.CurrentA[k];
            ah[k] = ah[k - 1] + (stepS > 0 && double.IsFinite(currentA) ? Units.ToAmpereHours(currentA * stepS) : 0);
        }

        return ah;
    }
}
