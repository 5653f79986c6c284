using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Cells of a pack that are single particle models in place of circuits: a truth that no estimator was tuned on.</summary>
/// <param name="Set">The cell; scaled to each cell's own capacity. Its solid diffusivities must be constant.</param>
/// <param name="Kind">SPM or SPMe.</param>
public sealed record TwinPhysics(ParameterSet Set, ModelKind Kind)
{
    const int OcvNodes = 1001;

    /// <exception cref="ArgumentException">The model is not one a pack can have.</exception>
    internal void Validate()
    {
        if (Kind == ModelKind.Dfn) throw new ArgumentException("cells of a pack are spm or spme; a dfn is for one cell");
        if (!Set.Negative.DiffusivityM2PerS.IsConstant || !Set.Positive.DiffusivityM2PerS.IsConstant)
            throw new ArgumentException($"a solid diffusivity of '{Set.Id}' varies with lithium content: cells of a pack need constant ones, as chen2020, marquis2019 or prada2013 have");
    }

    /// <summary>The circuit's table of OCV and entropic coefficient replaced by the electrodes' own, so that enthalpy and rest voltage are theirs.</summary>
    internal TheveninParameters Curves(TheveninParameters circuit)
    {
        var balance = new ElectrodeBalance(Set);
        double[] ocvV = new double[OcvNodes], entropicVPerK = new double[OcvNodes];
        for (int k = 0; k < OcvNodes; k++)
        {
            double soc = k / (OcvNodes - 1.0);
            (double x, double y) = balance.Stoichiometries(soc);
            ocvV[k] = balance.OpenCircuitV(soc, out _);
            entropicVPerK[k] = Set.Positive.EntropicVPerK.At(y, Set.ReferenceTemperatureK) - Set.Negative.EntropicVPerK.At(x, Set.ReferenceTemperatureK);
        }

        return circuit with { OcvV = ocvV, EntropicVPerK = entropicVPerK, OcvBendVPerK2 = null, HysteresisV = null };
    }
}
