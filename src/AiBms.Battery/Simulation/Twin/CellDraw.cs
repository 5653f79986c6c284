using AiBms.Battery.Cells;
using AiBms.Numerics;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Draws the cells of a pack: spread between them, and the hidden differences of a mismatched truth.</summary>
static class CellDraw
{
    /// <summary>The circuit that the cells run: as in the file, or with three pairs and hysteresis where the truth is not to be the file's.</summary>
    public static TheveninParameters Circuit(CellType cell, TwinMismatch? mismatch)
    {
        var circuit = cell.Circuit!;
        if (mismatch is null) return circuit;
        List<RcPair> pairs = [.. circuit.Pairs];
        // The slowest pair is split: together they settle as it does, but not along one exponential.
        while (pairs.Count < 3)
        {
            var slow = pairs.MaxBy(pair => pair.TimeConstantS[0])!;
            pairs.Remove(slow);
            pairs.Add(Part(slow, 0.6, 0.5));
            pairs.Add(Part(slow, 0.4, 3));
        }

        double[] hysteresisV = [.. Enumerable.Range(0, circuit.OcvV.Length).Select(k => Math.Max(mismatch.LeastHysteresisV, Held(circuit.HysteresisV, k, circuit.OcvV.Length)))];
        return circuit with { Pairs = [.. pairs], HysteresisV = hysteresisV };
    }

    /// <summary>Fills in every number that differs between cells.</summary>
    public static void Fill(TwinCells cells, PackTwinOptions options)
    {
        var (spread, mismatch) = (options.Spread, options.Mismatch);
        var stream = SeededStream.For((ulong)options.Seed, "cells");
        var hidden = SeededStream.For((ulong)options.Seed, "hidden");
        int parallel = options.Layout.ParallelCount;
        double groupSoc = options.StartSoc;
        for (int c = 0; c < cells.Count; c++)
        {
            // Cells in parallel have come to the same charge.
            int group = c / parallel;
            if (c % parallel == 0) groupSoc = options.GroupSoc?[group] ?? Math.Clamp(options.StartSoc + spread.StartSoc * Bounded(stream), 0, 1);
            cells.Soc[c] = groupSoc;
            double capacityAh = options.Cell.CapacityAh * (1 + spread.CapacityFraction * Bounded(stream));
            cells.CapacityAh[c] = cells.NewCapacityAh[c] = options.GroupCapacityAh?[group] / parallel ?? capacityAh;
            double resistance = 1 + spread.ResistanceFraction * Bounded(stream);
            cells.SelfDischargeFactor[c] = Math.Max(0, 1 + spread.SelfDischargeFraction * Bounded(stream));
            cells.AgeingFactor[c] = Math.Max(0, 1 + spread.AgeingFraction * Bounded(stream));
            cells.FilmFactor[c] = Math.Max(0.1, 1 + spread.FilmFraction * Bounded(stream));
            cells.AgedFactor[c] = 1;

            double circuitFraction = mismatch?.CircuitFraction ?? 0;
            cells.SeriesFactor[c] = resistance * Evenly(hidden, circuitFraction);
            for (int j = 0; j < cells.PairCount; j++)
            {
                cells.PairFactor[c * cells.PairCount + j] = resistance * Evenly(hidden, circuitFraction);
                cells.TimeFactor[c * cells.PairCount + j] = Evenly(hidden, circuitFraction);
            }

            cells.HysteresisFactor[c] = Evenly(hidden, mismatch?.HysteresisFraction ?? 0);
            double size = (mismatch?.OcvV ?? 0) * Math.Sqrt(hidden.NextFraction()), phase = Math.Tau * hidden.NextFraction();
            (cells.SineV[c], cells.CosineV[c]) = (size * Math.Sin(phase), size * Math.Cos(phase));
        }
    }

    static RcPair Part(RcPair pair, double share, double timeFactor) => new()
    {
        TimeConstantS = [.. pair.TimeConstantS.Select(t => t * timeFactor)],
        ResistanceOhm = [.. pair.ResistanceOhm.Select(row => row.Select(r => r * share).ToArray())],
        KneeCurrentA = pair.KneeCurrentA,
    };

    static double Held(double[]? table, int node, int count) =>
        table is null || table.Length == 0 ? 0 : table[(int)Math.Round(node * (table.Length - 1.0) / (count - 1))];

    static double Evenly(SeededStream stream, double bound) => 1 + bound * (2 * stream.NextFraction() - 1);

    static double Bounded(SeededStream stream) => Math.Clamp(stream.NextNormal(), -3, 3);
}
