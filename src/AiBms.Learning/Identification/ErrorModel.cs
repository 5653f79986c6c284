using AiBms.Battery.Cells;

namespace AiBms.Learning.Identification;

/// <summary>How wrong a circuit is on recordings it has not seen, by leaving out a quarter of them at a time.</summary>
public static class ErrorModel
{
    const int Folds = 4;

    /// <summary>Errors of the first minutes are left out: they say how the recording began, not how good the circuit is.</summary>
    const double SettleS = 300;

    /// <summary>Slower than this counts as slow error, s.</summary>
    const double SmoothS = 60;

    /// <summary>Nodes of the factor over state of charge, and how many hours of 1 count as evidence beside what was measured at a node.</summary>
    const int SocNodes = 11;
    const double PriorS = 3600;

    /// <summary>What is near in temperature, K.</summary>
    const double BellK = 6;

    /// <summary>Estimates the size and duration of the voltage error over temperature.</summary>
    /// <param name="runs">All recordings of the fit; slow ones take part in every fold but are not scored.</param>
    /// <param name="scored">For each recording, whether it is scored.</param>
    /// <param name="solution">The fit on all of them.</param>
    public static VoltageError Estimate(IReadOnlyList<FitRun> runs, IReadOnlyList<bool> scored, CircuitSolution solution)
    {
        var pieces = new List<Piece>();
        int[] candidates = [.. Enumerable.Range(0, runs.Count).Where(k => runs[k].IsFit && scored[k])];
        int folds = Math.Min(Folds, candidates.Length);
        for (int fold = 0; fold < folds; fold++)
        {
            FitRun[] left = [.. candidates.Where((_, order) => order % folds == fold).Select(k => runs[k])];
            FitRun[] kept = [.. runs.Where(r => r.IsFit && !left.Contains(r))];
            if (kept.Length == 0) kept = left;
            var partial = CircuitFit.At(kept, solution.BaseOcv, solution.Options, solution.Shape);
            foreach (var run in left) pieces.Add(Measure(run, partial.ResidualV(run)));
        }

        if (pieces.Count == 0) pieces.Add(new(25, 1e-4, 1e-5, 1, 2, new double[SocNodes], new double[SocNodes]));
        double[] nodes = solution.Options.TemperatureNodesDegC;
        double first = 5 * Math.Floor(nodes[0] / 5), last = Math.Max(first + 5, 5 * Math.Ceiling(nodes[^1] / 5));
        double[] temperature = [.. Enumerable.Range(0, (int)Math.Round((last - first) / 5) + 1).Select(k => first + 5 * k)];
        double rho = Math.Clamp(pieces.Sum(p => p.LagV2) / pieces.Sum(p => p.LagBaseV2), 0.05, 0.97);
        return new()
        {
            TemperatureDegC = temperature,
            LoadDeviationV = [.. temperature.Select(t => Math.Round(Near(pieces, t, p => p.SlowV2), 5))],
            SocFactor = [.. SocFactor(pieces)],
            NoiseDeviationV = [.. temperature.Select(t => Math.Round(Near(pieces, t, p => p.FastV2), 5))],
            RestDeviationV = Math.Round(Math.Min(0.006, Near(pieces, 25, p => p.SlowV2)), 5),
            CorrelationS = Math.Round(-LagS / Math.Log(rho), 0),
            LeastSoc = [.. temperature.Select(t => Math.Round(Least([.. runs.Where(r => r.IsFit)], t), 3))],
        };
    }

    const double LagS = 300;

    /// <summary>Mean squares of one recording's error, and the slow one again by state of charge, V²·s and s.</summary>
    sealed record Piece(double TemperatureDegC, double SlowV2, double FastV2, double LagV2, double LagBaseV2, double[] SlowV2S, double[] LengthS);

    /// <summary>Root of the mean square at each node over what the temperature alone would let expect.</summary>
    static IEnumerable<double> SocFactor(List<Piece> pieces)
    {
        for (int node = 0; node < SocNodes; node++)
        {
            double seen = PriorS, expected = PriorS;
            foreach (var piece in pieces)
            {
                double usual = Near(pieces, piece.TemperatureDegC, p => p.SlowV2);
                seen += piece.SlowV2S[node] / (usual * usual);
                expected += piece.LengthS[node];
            }

            yield return Math.Round(Math.Sqrt(seen / expected), 2);
        }
    }

    /// <summary>Lowest state of charge that the recordings within a bell's width of a temperature came to, slow ones too, or those nearest where there is none.</summary>
    static double Least(FitRun[] runs, double temperatureDegC)
    {
        double reach = Math.Max(BellK, runs.Min(r => Math.Abs(r.MeanTemperatureDegC - temperatureDegC)));
        return Math.Clamp(runs.Where(r => Math.Abs(r.MeanTemperatureDegC - temperatureDegC) <= reach).Min(r => r.Soc.Min()), 0, 1);
    }

    static Piece Measure(FitRun run, double[] residualV)
    {
        double[] slowBySoc = new double[SocNodes], lengthBySoc = new double[SocNodes];
        var slow = new double[run.Count];
        double slow2 = 0, fast2 = 0, weight = 0, lag2 = 0, base2 = 0;
        int behind = 0;
        slow[0] = residualV[0];
        for (int k = 1; k < run.Count; k++)
        {
            double stepS = run.TimeS[k] - run.TimeS[k - 1], kept = Math.Exp(-stepS / SmoothS);
            slow[k] = residualV[k] + (slow[k - 1] - residualV[k]) * kept;
            if (run.TimeS[k] - run.TimeS[0] < SettleS) continue;
            stepS = Math.Min(stepS, 60);
            double fast = residualV[k] - slow[k];
            slow2 += slow[k] * slow[k] * stepS;
            fast2 += fast * fast * stepS;
            weight += stepS;
            double place = Math.Clamp(run.Soc[k], 0, 1) * (SocNodes - 1);
            int node = Math.Min((int)place, SocNodes - 2);
            double above = place - node;
            slowBySoc[node] += slow[k] * slow[k] * stepS * (1 - above);
            slowBySoc[node + 1] += slow[k] * slow[k] * stepS * above;
            lengthBySoc[node] += stepS * (1 - above);
            lengthBySoc[node + 1] += stepS * above;
            while (run.TimeS[behind] < run.TimeS[k] - LagS) behind++;
            if (run.TimeS[behind] - run.TimeS[0] < SettleS) continue;
            lag2 += slow[k] * slow[behind] * stepS;
            base2 += slow[k] * slow[k] * stepS;
        }

        return weight > 0
            ? new(run.MeanTemperatureDegC, slow2 / weight, fast2 / weight, lag2, base2, slowBySoc, lengthBySoc)
            : new(run.MeanTemperatureDegC, 1e-4, 1e-5, 0, 0, slowBySoc, lengthBySoc);
    }

    /// <summary>Root of the mean square of what was measured near a temperature, weighted by a bell.</summary>
    static double Near(List<Piece> pieces, double temperatureDegC, Func<Piece, double> take)
    {
        double sum = 0, weight = 1e-12;
        foreach (var piece in pieces)
        {
            double distance = (piece.TemperatureDegC - temperatureDegC) / BellK, w = Math.Exp(-distance * distance / 2) + 1e-9;
            (sum, weight) = (sum + w * take(piece), weight + w);
        }

        return Math.Sqrt(sum / weight);
    }
}
