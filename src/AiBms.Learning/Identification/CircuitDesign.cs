namespace AiBms.Learning.Identification;

/// <summary>Walks a recording and gives, for every sample, how the voltage depends on each linear parameter.</summary>
/// <remarks>
/// Columns: OCV correction at the OCV nodes, entropic coefficient, bend and hysteresis at every second SOC node, then for the series resistance
/// and each pair one column a (SOC, temperature) node. A pair's columns are its exact zero-order-hold response to the current
/// weighted by the node's hat function: the sensitivity of the simulated voltage, not of one step.
/// </remarks>
sealed class CircuitDesign(CircuitFitOptions options, CircuitShape shape, OcvCurve ocv)
{
    public int OcvCount { get; } = options.OcvSocNodes.Length;
    public int SocCount { get; } = options.SocNodes.Length;
    public int CoarseCount { get; } = (options.SocNodes.Length + 1) / 2;
    public int TemperatureCount { get; } = options.TemperatureNodesDegC.Length;
    public int PairCount { get; } = shape.TimeConstantsS.Length;
    public int NodeCount => SocCount * TemperatureCount;
    public int EntropicStart => OcvCount;
    public int BendStart => EntropicStart + CoarseCount;
    public int HysteresisStart => BendStart + CoarseCount;
    public int ResistanceStart => HysteresisStart + CoarseCount;
    public int ColumnCount => ResistanceStart + NodeCount * (1 + PairCount);

    /// <summary>Called with sample index, the dense row, the columns that are not zero, and voltage minus base OCV.</summary>
    public delegate void RowAction(int sample, double[] row, List<int> active, double targetV);

    /// <summary>
    /// Visits a recording; rows are handed out at least <paramref name="everyS"/> apart (0: every row), or, when the options follow
    /// steps, densely after each step of the current and ever more thinly from then on.
    /// </summary>
    public void Walk(FitRun run, double everyS, RowAction action)
    {
        var row = new double[ColumnCount];
        var active = new List<int>();
        double branch = 0, nextS = run.TimeS[0], aboveCase = 0, steppedS = run.TimeS[0];
        bool follows = options.FollowSteps && everyS > 0;
        double coreS = shape.CoreToCaseKPerW * options.CoreHeatCapacityJPerK;
        double[] soc = options.SocNodes, temperature = options.TemperatureNodesDegC;
        for (int k = 0; k < run.Count; k++)
        {
            double stepS = k == 0 ? 0 : run.TimeS[k] - run.TimeS[k - 1], currentA = run.CurrentA[k];
            if (coreS > 0)
            {
                double settled = shape.CoreToCaseKPerW * currentA * (run.VoltageV[k] - ocv.At(run.Soc[k]));
                aboveCase = settled + (aboveCase - settled) * Math.Exp(-stepS / coreS);
            }

            double degC = run.TemperatureDegC[k] + aboveCase;
            (int s, double ws) = Hat(soc, run.Soc[k]);
            (int t, double wt) = Hat(temperature, degC);
            double factor = shape.ResistanceFactor(degC);

            ClearDirect(row);
            (int o, double wo) = Hat(options.OcvSocNodes, run.Soc[k]);
            row[o] = 1 - wo;
            row[o + 1] = wo;
            (int c, double wc) = (s / 2, (run.Soc[k] - soc[s / 2 * 2]) / (soc[Math.Min(s / 2 * 2 + 2, SocCount - 1)] - soc[s / 2 * 2]));
            wc = Math.Clamp(wc, 0, 1);
            int coarseNext = Math.Min(c + 1, CoarseCount - 1);
            if (options.FitEntropic)
            {
                row[EntropicStart + c] += (degC - 25) * (1 - wc);
                row[EntropicStart + coarseNext] += (degC - 25) * wc;
            }

            if (options.FitOcvBend)
            {
                row[BendStart + c] += (degC - 25) * (degC - 25) * (1 - wc);
                row[BendStart + coarseNext] += (degC - 25) * (degC - 25) * wc;
            }

            double change = currentA * stepS / 3600 / run.CapacityAh;
            double keptBranch = Math.Exp(-options.HysteresisRate * Math.Abs(change));
            branch = Math.Sign(currentA) + (branch - Math.Sign(currentA)) * keptBranch;
            if (options.FitHysteresis)
            {
                row[HysteresisStart + c] += branch * (1 - wc);
                row[HysteresisStart + coarseNext] += branch * wc;
            }

            int first = ResistanceStart;
            AddNodes(row, first, s, ws, t, wt, currentA * factor);
            for (int j = 0; j < PairCount; j++)
            {
                first += NodeCount;
                double kept = Math.Exp(-stepS / shape.TimeConstantAt(j, degC)), seenA = currentA;
                if (j == 0 && shape.KneeCurrentA > 0) seenA = shape.KneeAt(degC) * Math.Asinh(currentA / shape.KneeAt(degC));
                for (int m = first; m < first + NodeCount; m++) row[m] *= kept;
                AddNodes(row, first, s, ws, t, wt, (1 - kept) * seenA * factor);
            }

            if (follows && k > 0 && Math.Abs(currentA - run.CurrentA[k - 1]) > run.CapacityAh / 20) nextS = steppedS = run.TimeS[k - 1];
            if (run.TimeS[k] < nextS) continue;
            nextS = run.TimeS[k] + (follows ? Math.Clamp(0.3 * (run.TimeS[k] - steppedS), 0.5, 60) : everyS);
            active.Clear();
            for (int m = 0; m < row.Length; m++) if (Math.Abs(row[m]) > 1e-12) active.Add(m);
            action(k, row, active, run.VoltageV[k] - ocv.At(run.Soc[k]));
        }
    }

    void ClearDirect(double[] row) => Array.Clear(row, 0, ResistanceStart + NodeCount);

    void AddNodes(double[] row, int first, int s, double ws, int t, double wt, double value)
    {
        int at = first + s * TemperatureCount + t;
        row[at] += value * (1 - ws) * (1 - wt);
        row[at + 1] += value * (1 - ws) * wt;
        row[at + TemperatureCount] += value * ws * (1 - wt);
        row[at + TemperatureCount + 1] += value * ws * wt;
    }

    /// <summary>Section and weight of a value among nodes; held at the ends.</summary>
    public static (int Index, double Weight) Hat(double[] nodes, double value)
    {
        int k = 0;
        while (k < nodes.Length - 2 && value >= nodes[k + 1]) k++;
        return (k, Math.Clamp((value - nodes[k]) / (nodes[k + 1] - nodes[k]), 0, 1));
    }
}
