using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>Stoichiometries of a cell from which a counted charge was taken, the set's own initial state being the full cell.</summary>
static class CountedState
{
    const double Least = 1e-4;

    /// <summary>Stoichiometries at a counted state of charge; kept inside the materials.</summary>
    public static (double Negative, double Positive) Of(ParameterSet set, double capacityAh, double soc)
    {
        double takenAh = (1 - soc) * capacityAh;
        return (Math.Clamp(set.Negative.InitialStoichiometry - takenAh / set.ElectrodeCapacityAh(set.Negative), Least, 1 - Least),
            Math.Clamp(set.Positive.InitialStoichiometry + takenAh / set.ElectrodeCapacityAh(set.Positive), Least, 1 - Least));
    }

    /// <summary>The state whose open-circuit voltage is a measured voltage at rest.</summary>
    public static (double Negative, double Positive) AtRest(ParameterSet set, double capacityAh, double voltageV)
    {
        double low = -0.1, high = 1.1;
        for (int k = 0; k < 60; k++)
        {
            double middle = 0.5 * (low + high);
            (double x, double y) = Of(set, capacityAh, middle);
            double openV = set.Positive.OpenCircuitPotentialV.At(y, set.ReferenceTemperatureK) - set.Negative.OpenCircuitPotentialV.At(x, set.ReferenceTemperatureK);
            if (openV < voltageV) low = middle;
            else high = middle;
        }

        return Of(set, capacityAh, 0.5 * (low + high));
    }
}
