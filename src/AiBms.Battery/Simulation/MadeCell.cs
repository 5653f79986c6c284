using AiBms.Battery.Cells;
using AiBms.Numerics;

namespace AiBms.Battery.Simulation;

/// <summary>One cell off the line: the type with its own capacity, resistance and OCV.</summary>
public static class MadeCell
{
    /// <summary>Draws a cell. The OCV stays rising: a bump that would break that is made smaller.</summary>
    /// <param name="type">A type with a circuit; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="spread">How far from the type.</param>
    /// <param name="noise">Where the draws come from.</param>
    public static CellType Draw(CellType type, SpreadOptions spread, SeededStream noise)
    {
        var circuit = type.Circuit ?? throw new ArgumentException($"Cell {type.Id} has no circuit: identify one first.", nameof(type));
        double capacityFactor = 1 + spread.CapacitySpreadFraction * Bounded(noise);
        double resistanceFactor = 1 + spread.ResistanceSpreadFraction * Bounded(noise);
        double bumpV = spread.OcvSpreadV * Bounded(noise);
        double[] ocvV = Bumped(circuit.OcvV, bumpV);
        while (!IsRising(ocvV)) ocvV = Bumped(circuit.OcvV, bumpV /= 2);

        double[][] Scaled(double[][] table) => [.. table.Select(row => row.Select(ohm => ohm * resistanceFactor).ToArray())];
        return type with
        {
            CapacityAh = type.CapacityAh * capacityFactor,
            Circuit = circuit with
            {
                OcvV = ocvV,
                SeriesResistanceOhm = Scaled(circuit.SeriesResistanceOhm),
                Pairs = [.. circuit.Pairs.Select(pair => pair with { ResistanceOhm = Scaled(pair.ResistanceOhm) })],
            },
        };
    }

    // Three deviations at most: a cell further off would not leave the factory.
    static double Bounded(SeededStream noise) => Math.Clamp(noise.NextNormal(), -3, 3);

    static double[] Bumped(double[] ocvV, double bumpV) => [.. ocvV.Select((v, k) => v + bumpV * Math.Sin(Math.Tau * k / (ocvV.Length - 1)))];

    static bool IsRising(double[] ocvV) => ocvV.Zip(ocvV.Skip(1)).All(pair => pair.Second > pair.First);
}
