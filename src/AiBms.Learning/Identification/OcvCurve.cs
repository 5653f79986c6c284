namespace AiBms.Learning.Identification;

/// <summary>Open-circuit voltage over state of charge at evenly spaced nodes from 0 to 1.</summary>
public sealed class OcvCurve(double[] voltageV)
{
    /// <summary>Voltages at the nodes, V.</summary>
    public double[] VoltageV { get; } = voltageV;

    /// <summary>Voltage at a state of charge, V; held outside 0…1.</summary>
    public double At(double soc)
    {
        double place = Math.Clamp(soc, 0, 1) * (VoltageV.Length - 1);
        int k = Math.Min((int)place, VoltageV.Length - 2);
        return VoltageV[k] + (VoltageV[k + 1] - VoltageV[k]) * (place - k);
    }

    /// <summary>Mean of the discharge and charge branches of slow recordings; with one branch only, that branch.</summary>
    /// <param name="runs">Slow recordings with known SOC.</param>
    /// <param name="nodeCount">Nodes of the curve.</param>
    /// <returns>The curve, made to rise, or null when neither branch spans most of the range.</returns>
    public static OcvCurve? FromSlow(IReadOnlyList<FitRun> runs, int nodeCount)
    {
        double[]? discharge = Branch(runs, nodeCount, -1), charge = Branch(runs, nodeCount, 1);
        if (discharge is null && charge is null) return null;
        var mean = new double[nodeCount];
        for (int k = 0; k < nodeCount; k++)
        {
            double a = discharge?[k] ?? double.NaN, b = charge?[k] ?? double.NaN;
            mean[k] = double.IsNaN(a) ? b : double.IsNaN(b) ? a : (a + b) / 2;
        }

        Fill(mean);
        return new(Rising(mean));
    }

    /// <summary>The nearest rising curve in least squares (pool adjacent violators), then at least 0.1 mV a node apart.</summary>
    public static double[] Rising(double[] values)
    {
        var level = new List<(double Sum, int Count)>();
        foreach (double value in values)
        {
            level.Add((value, 1));
            while (level.Count > 1 && level[^2].Sum / level[^2].Count >= level[^1].Sum / level[^1].Count)
            {
                (double Sum, int Count) last = level[^1];
                level.RemoveAt(level.Count - 1);
                level[^1] = (level[^1].Sum + last.Sum, level[^1].Count + last.Count);
            }
        }

        double[] rising = [.. level.SelectMany(l => Enumerable.Repeat(l.Sum / l.Count, l.Count))];
        for (int k = 1; k < rising.Length; k++) rising[k] = Math.Max(rising[k], rising[k - 1] + 1e-4);
        return rising;
    }

    static double[]? Branch(IReadOnlyList<FitRun> runs, int nodeCount, int sign)
    {
        double[] sum = new double[nodeCount], weight = new double[nodeCount];
        foreach (var run in runs)
            for (int k = 1; k < run.Count; k++)
            {
                if (Math.Sign(run.CurrentA[k]) != sign || Math.Sign(run.CurrentA[k - 1]) != sign) continue;
                double place = run.Soc[k] * (nodeCount - 1), span = Math.Max(1, Math.Abs(run.Soc[k] - run.Soc[k - 1]) * (nodeCount - 1));
                for (int n = Math.Max(0, (int)Math.Ceiling(place - span)); n <= Math.Min(nodeCount - 1, (int)(place + span)); n++)
                {
                    double w = 1 - Math.Abs(n - place) / (span + 1e-9) + 1e-6;
                    sum[n] += w * run.VoltageV[k];
                    weight[n] += w;
                }
            }

        double[] mean = [.. sum.Zip(weight, (s, w) => w > 0 ? s / w : double.NaN)];
        return mean.Count(double.IsFinite) > nodeCount * 0.6 ? mean : null;
    }

    /// <summary>Values beyond the measured range go on with the slope of the last tenth.</summary>
    static void Fill(double[] values)
    {
        int first = Array.FindIndex(values, double.IsFinite), last = Array.FindLastIndex(values, double.IsFinite), tenth = Math.Max(1, values.Length / 10);
        double low = (values[Math.Min(first + tenth, last)] - values[first]) / tenth, high = (values[last] - values[Math.Max(last - tenth, first)]) / tenth;
        for (int k = first - 1; k >= 0; k--) values[k] = values[k + 1] - low;
        for (int k = last + 1; k < values.Length; k++) values[k] = values[k - 1] + high;
        for (int k = first + 1; k < last; k++)
            if (double.IsNaN(values[k]))
            {
                int next = Array.FindIndex(values, k, double.IsFinite);
                values[k] = values[k - 1] + (values[next] - values[k - 1]) / (next - k + 1);
            }
    }
}
