using AiBms.Telemetry;

namespace AiBms.Learning.Identification;

/// <summary>A first OCV from recordings of which none is slow: from rests where they span the range, else from what was seen at each SOC.</summary>
public static class OcvGuess
{
    /// <summary>A shorter rest says too little about the OCV, s.</summary>
    const double ShortestRestS = 120;

    /// <summary>Rests closer together than this count as one point of the curve.</summary>
    const double SameSoc = 0.006;

    /// <summary>Guesses a curve that rises; the fit corrects it.</summary>
    /// <param name="runs">Recordings; those that only check or do not tell their start are left out.</param>
    /// <param name="nodeCount">Nodes of the curve.</param>
    /// <exception cref="DataException">No recording tells its start SOC.</exception>
    public static OcvCurve From(IReadOnlyList<FitRun> runs, int nodeCount)
    {
        FitRun[] known = [.. runs.Where(r => r.IsFit && double.IsFinite(r.Soc[0]))];
        (double Soc, double VoltageV, double Weight)[] rests = [.. known.SelectMany(Rests).OrderBy(r => r.Soc)];

        // Beside an hour of rest, the three minutes between two pulses say nothing more.
        var points = Points([.. rests.Where(r => !rests.Any(other => other.Weight > 5 * r.Weight && Math.Abs(other.Soc - r.Soc) < 0.02))]);
        if (points.Count >= 5 && points[^1].Soc - points[0].Soc > 0.6)
        {
            double[] nodes = [.. points.Select(p => p.Soc)], levels = OcvCurve.Rising([.. points.Select(p => p.VoltageV)]);
            return new(OcvCurve.Rising([.. Enumerable.Range(0, nodeCount).Select(k =>
            {
                (int s, double w) = CircuitDesign.Hat(nodes, k / (nodeCount - 1.0));
                return levels[s] + (levels[s + 1] - levels[s]) * w;
            })]));
        }

        return Loaded(known, nodeCount);
    }

    /// <summary>The last voltage of every rest, with the rest's length as its weight.</summary>
    static IEnumerable<(double Soc, double VoltageV, double Weight)> Rests(FitRun run)
    {
        double limitA = run.CapacityAh / 50;
        int start = -1;
        for (int k = 0; k <= run.Count; k++)
        {
            bool rests = k < run.Count && Math.Abs(run.CurrentA[k]) < limitA;
            if (rests && start < 0) start = k;
            if (rests || start < 0) continue;
            double lengthS = run.TimeS[k - 1] - run.TimeS[start];
            if (lengthS >= ShortestRestS) yield return (Math.Clamp(run.Soc[k - 1], 0, 1), run.VoltageV[k - 1], lengthS);
            start = -1;
        }
    }

    static List<(double Soc, double VoltageV)> Points((double Soc, double VoltageV, double Weight)[] rests)
    {
        var points = new List<(double, double)>();
        for (int k = 0; k < rests.Length;)
        {
            double weight = 0, soc = 0, voltageV = 0, first = rests[k].Soc;
            for (; k < rests.Length && rests[k].Soc - first < SameSoc; k++)
            {
                weight += rests[k].Weight;
                soc += rests[k].Weight * rests[k].Soc;
                voltageV += rests[k].Weight * rests[k].VoltageV;
            }

            points.Add((soc / weight, voltageV / weight));
        }

        return points;
    }

    /// <summary>The voltage seen at each SOC, lightly loaded rows counting most.</summary>
    static OcvCurve Loaded(FitRun[] runs, int nodeCount)
    {
        double[] sum = new double[nodeCount], weight = new double[nodeCount];
        foreach (var run in runs)
            for (int k = 0; k < run.Count; k++)
            {
                int node = (int)Math.Round(Math.Clamp(run.Soc[k], 0, 1) * (nodeCount - 1));
                double w = 1 / (0.02 + Math.Abs(run.CurrentA[k]) / run.CapacityAh);
                sum[node] += w * run.VoltageV[k];
                weight[node] += w;
            }

        double[] seen = [.. Enumerable.Range(0, nodeCount).Where(k => weight[k] > 0).Select(k => k / (nodeCount - 1.0))];
        double[] levels = [.. Enumerable.Range(0, nodeCount).Where(k => weight[k] > 0).Select(k => sum[k] / weight[k])];
        if (seen.Length < 2) throw new DataException("No recording tells its start SOC and none is slow enough to give the OCV: add one with use 'ocv', or startSoc.");
        return new(OcvCurve.Rising([.. Enumerable.Range(0, nodeCount).Select(k =>
        {
            (int s, double w) = CircuitDesign.Hat(seen, k / (nodeCount - 1.0));
            return levels[s] + (levels[s + 1] - levels[s]) * w;
        })]));
    }
}
