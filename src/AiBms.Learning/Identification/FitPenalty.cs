namespace AiBms.Learning.Identification;

/// <summary>What is believed before the data speak: curves are smooth, corrections small, resistances alike at neighbouring temperatures.</summary>
static class FitPenalty
{
    const double HysteresisWeight = 0.1;

    /// <summary>Adds the penalty x'Px − 2·p'x + c: P to the normal matrix, p to the right hand side; gives c.</summary>
    public static double Add(double[] normal, double[] rhs, CircuitDesign design, CircuitFitOptions options)
    {
        int n = design.ColumnCount;
        double[] soc = options.SocNodes, coarse = [.. soc.Where((_, k) => k % 2 == 0)];

        // A measured OCV moves by tens of millivolts at most; a guessed one is free but smooth.
        Curvature(normal, n, options.OcvSocNodes, k => k, options.OcvIsMeasured ? 5e-4 : 5e-5);
        Ridge(normal, n, 0, design.OcvCount, options.OcvIsMeasured ? 8e-3 : 4e-5);

        // Entropic coefficients are of the order of 0.1 mV/K, hysteresis of 10 mV.
        Ridge(normal, n, design.EntropicStart, design.CoarseCount, 5e2);
        Curvature(normal, n, coarse, k => design.EntropicStart + k, 50);
        Ridge(normal, n, design.BendStart, design.CoarseCount, 5e4);
        Curvature(normal, n, coarse, k => design.BendStart + k, 5e3);
        Ridge(normal, n, design.HysteresisStart, design.CoarseCount, HysteresisWeight);
        for (int k = 0; k < design.CoarseCount; k++) rhs[design.HysteresisStart + k] += HysteresisWeight * options.HysteresisPriorV;
        Curvature(normal, n, coarse, k => design.HysteresisStart + k, 1e-3);

        for (int e = 0; e <= design.PairCount; e++)
        {
            int first = design.ResistanceStart + e * design.NodeCount;
            for (int t = 0; t < design.TemperatureCount; t++)
            {
                int at = first + t;
                Curvature(normal, n, soc, k => at + k * design.TemperatureCount, options.SmoothnessWeight);
            }

            for (int s = 0; s < design.SocCount; s++)
                for (int t = 0; t + 1 < design.TemperatureCount; t++)
                    Difference(normal, n, first + s * design.TemperatureCount + t, options.SmoothnessWeight * 30);
        }

        Ridge(normal, n, 0, n, 1e-7);
        return design.CoarseCount * HysteresisWeight * options.HysteresisPriorV * options.HysteresisPriorV;
    }

    static void Ridge(double[] normal, int n, int first, int count, double weight)
    {
        for (int k = first; k < first + count; k++) normal[k * n + k] += weight;
    }

    static void Difference(double[] normal, int n, int k, double weight)
    {
        normal[k * n + k] += weight;
        normal[(k + 1) * n + k + 1] += weight;
        normal[k * n + k + 1] -= weight;
        normal[(k + 1) * n + k] -= weight;
    }

    static void Curvature(double[] normal, int n, double[] nodes, Func<int, int> column, double weight)
    {
        for (int k = 0; k + 2 < nodes.Length; k++)
        {
            double h1 = nodes[k + 1] - nodes[k], h2 = nodes[k + 2] - nodes[k + 1];
            double[] d = [1 / h1, -1 / h1 - 1 / h2, 1 / h2];
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++) normal[column(k + i) * n + column(k + j)] += weight * d[i] * d[j];
        }
    }
}
