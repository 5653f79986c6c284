using AiBms.Battery.Estimation;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Boards.Rungs;
using AiBms.Learning.Health;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Scores of the stored models of <see cref="TripProtocols"/> on the trips they were not learnt from.</summary>
static class TripForecast
{
    /// <summary>A score for each trip that was held back, by the way the trips were divided.</summary>
    public static IEnumerable<(string Split, ForecastSums Sums)> Score(string data, RungStore store)
    {
        var results = TripProtocols.All(data).ToDictionary(protocol => protocol.Id, protocol => HealthBoard.Run(protocol, protocol.Seeds, store, TripProtocols.Command), StringComparer.Ordinal);
        foreach (var split in results.Values.First().Protocol.Splits)
        {
            foreach (string trip in split.TestedOn)
            {
                ForecastSums sums = new();
                foreach (int h in (int[])[2, 3])
                {
                    var known = Cell(results[$"temp-{TripProtocols.Set}-{ForecastSums.AheadS[h]}s-known"], split.Name, trip);
                    var unknown = Cell(results[$"temp-{TripProtocols.Set}-{ForecastSums.AheadS[h]}s-unknown"], split.Name, trip);
                    if (known is null || unknown is null) continue;
                    for (int k = 0; k < known.TruthValues.Length; k++)
                        sums.Add(h, known.TruthValues[k], known.EstimateValues[k], unknown.EstimateValues[k], (unknown.HighValues[k] - unknown.LowValues[k]) / 2 / Interval.NinetyPercent);
                }

                yield return (split.Name, sums);
            }
        }
    }

    // Scores come split after split, in each the tested trips in their order; a trip stands in one split or in both.
    static CellScore? Cell(HealthResult result, string split, string trip)
    {
        var all = result.FirstSeed.First().Cells;
        int skipped = result.Protocol.Splits.TakeWhile(one => one.Name != split).Sum(one => one.TestedOn.Count);
        return all.Skip(skipped).Take(result.Protocol.Splits.First(one => one.Name == split).TestedOn.Count).FirstOrDefault(score => score.Cell == trip);
    }
}
