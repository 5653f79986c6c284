using AiBms.Learning.Health;
using AiBms.Numerics;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>90 % confidence limits of a skill by drawing with replacement.</summary>
/// <remarks>
/// Whole recordings are drawn where at least <see cref="FewestRecordings"/> have a transient window, otherwise stretches of ten minutes within each recording:
/// forecasts of neighbouring rows share most of the time they are of, so single rows would tell limits that are far too narrow.
/// Source: Künsch, Ann. Statist. 17 (1989), doi 10.1214/aos/1176347265.
/// </remarks>
public static class SkillBootstrap
{
    /// <summary>With fewer recordings than this, stretches of time are drawn instead.</summary>
    public const int FewestRecordings = 5;

    // Ten minutes of rows, one every 20 s.
    const int StretchRows = 30;
    const int Draws = 1000;

    /// <summary>5th and 95th percentile over redraws, those without a transient window left out; NaN where there is none at all.</summary>
    public static (double LowFraction, double HighFraction) Of(IEnumerable<CellScore> recordings)
    {
        Sums[][] stretches = [.. recordings.Select(recording => (Sums[])[.. Enumerable.Range(0, recording.TruthValues.Length).GroupBy(k => k / StretchRows).Select(rows => Of(recording, rows))])];
        Sums[] whole = [.. stretches.Select(parts => parts.Aggregate(default(Sums), (a, b) => a + b))];
        Sums[][] drawn = whole.Count(sums => sums.Still > 0) >= FewestRecordings ? [whole] : stretches;
        var stream = SeededStream.For(1, "skill");
        List<double> skills = [];
        for (int draw = 0; draw < Draws; draw++)
        {
            Sums sums = default;
            foreach (var from in drawn)
                for (int k = 0; k < from.Length; k++) sums += from[stream.NextBelow(from.Length)];
            if (sums.Still > 0) skills.Add(1 - Math.Sqrt(sums.Moving / sums.Still));
        }

        double[] sorted = [.. skills.Order()];
        return sorted.Length == 0 ? (double.NaN, double.NaN) : (Ranks.At(sorted, 0.05), Ranks.At(sorted, 0.95));
    }

    static Sums Of(CellScore recording, IEnumerable<int> rows)
    {
        Sums sums = default;
        foreach (int k in rows)
        {
            double truth = recording.TruthValues[k], error = recording.EstimateValues[k] - truth;
            if (Math.Abs(truth) > TemperatureScore.TransientK) sums += new Sums(error * error, truth * truth);
        }

        return sums;
    }

    readonly record struct Sums(double Moving, double Still)
    {
        public static Sums operator +(Sums a, Sums b) => new(a.Moving + b.Moving, a.Still + b.Still);
    }
}
