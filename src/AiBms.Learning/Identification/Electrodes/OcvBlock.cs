using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>A measured open-circuit curve over state of charge.</summary>
sealed class OcvBlock : IFitBlock
{
    const double Change = 1e-5;

    readonly double _capacityAh;

    /// <summary>A curve at evenly spaced states of charge from 0 to 1 of a capacity.</summary>
    public OcvBlock(string name, OcvCurve curve, double capacityAh)
    {
        (Name, _capacityAh, MeasuredV) = (name, capacityAh, curve.VoltageV);
        At = [.. Enumerable.Range(0, MeasuredV.Length).Select(k => k / (MeasuredV.Length - 1.0))];
        PointWeight = PointWeights.Of(MeasuredV, [.. At.Select(soc => soc * capacityAh)], capacityAh);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Use => "ocv";

    /// <inheritdoc/>
    public double Weight => 1;

    /// <inheritdoc/>
    public double TemperatureDegC => 25;

    /// <summary>State of charge.</summary>
    public double[] At { get; }

    /// <inheritdoc/>
    public double[] MeasuredV { get; }

    /// <inheritdoc/>
    public double[] PointWeight { get; }

    /// <inheritdoc/>
    public void Compare(ParameterSet set, IReadOnlyList<SetParameter> parameters, Span<double> residualV, double[][]? slopesV)
    {
        for (int k = 0; k < At.Length; k++) residualV[k] = OpenV(set, At[k]) - MeasuredV[k];
        if (slopesV is null) return;
        for (int p = 0; p < parameters.Count; p++)
        {
            ParameterSet above = parameters[p].Scale(set, Math.Exp(Change)), below = parameters[p].Scale(set, Math.Exp(-Change));
            for (int k = 0; k < At.Length; k++) slopesV[p][k] = (OpenV(above, At[k]) - OpenV(below, At[k])) / (2 * Change);
        }
    }

    double OpenV(ParameterSet set, double soc)
    {
        (double negative, double positive) = CountedState.Of(set, _capacityAh, soc);
        return set.Positive.OpenCircuitPotentialV.At(positive, set.ReferenceTemperatureK) - set.Negative.OpenCircuitPotentialV.At(negative, set.ReferenceTemperatureK);
    }
}
