using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>A measured curve that a parameter set is compared with.</summary>
interface IFitBlock
{
    /// <summary>Name of the recording.</summary>
    string Name { get; }

    /// <summary>"ocv", "fit" or "check".</summary>
    string Use { get; }

    /// <summary>Weight of the curve as a whole.</summary>
    double Weight { get; }

    /// <summary>Temperature, °C.</summary>
    double TemperatureDegC { get; }

    /// <summary>Place of each point along the curve, and what it is.</summary>
    double[] At { get; }

    /// <summary>Measured voltages, V.</summary>
    double[] MeasuredV { get; }

    /// <summary>Weight of each point, 0…1: see <see cref="PointWeights"/>.</summary>
    double[] PointWeight { get; }

    /// <summary>Model less measured voltages, V, and ∂V/∂ln p of each parameter; a null list of slopes asks for the residuals alone.</summary>
    void Compare(ParameterSet set, IReadOnlyList<SetParameter> parameters, Span<double> residualV, double[][]? slopesV);
}
