using AiBms.Learning.Evaluation;
using AiBms.Learning.Health;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>Errors of one forecaster over recordings, against the temperature staying as it is.</summary>
/// <param name="Rows">Forecasts scored.</param>
/// <param name="TransientRows">Those in which the temperature moved by more than <see cref="TransientK"/>.</param>
/// <param name="RmseK">Over all, K.</param>
/// <param name="TransientRmseK">Over transient ones, K.</param>
/// <param name="SkillFraction">1 − RMSE / RMSE of persistence, over transient ones; below 0 is worse than persistence, NaN without any.</param>
/// <param name="CoverageFraction">Share of truths inside the 90 % interval, over all; NaN without intervals.</param>
/// <param name="WidthK">Mean width of the interval, K.</param>
/// <param name="WinklerK">Mean interval score, K.</param>
public sealed record TemperatureScore(int Rows, int TransientRows, double RmseK, double TransientRmseK, double SkillFraction, double CoverageFraction, double WidthK, double WinklerK)
{
    /// <summary>A window counts as transient when the case moves by more than this, K.</summary>
    public const double TransientK = 0.3;

    /// <summary>A single recording is judged only with so many transient windows.</summary>
    public const int FewestOfAFile = 20;

    /// <summary>Sums up recordings.</summary>
    public static TemperatureScore Of(IEnumerable<CellScore> recordings)
    {
        int rows = 0, transient = 0, covered = 0;
        double square = 0, moving = 0, still = 0, width = 0, winkler = 0;
        foreach (var recording in recordings)
        {
            for (int k = 0; k < recording.TruthValues.Length; k++)
            {
                double truth = recording.TruthValues[k], error = recording.EstimateValues[k] - truth, low = recording.LowValues[k], high = recording.HighValues[k];
                rows++;
                square += error * error;
                if (low <= truth && truth <= high) covered++;
                width += high - low;
                winkler += Winkler.Score(low, high, truth);
                if (!(Math.Abs(truth) > TransientK)) continue;
                (transient, moving, still) = (transient + 1, moving + error * error, still + truth * truth);
            }
        }

        return new(rows, transient, Math.Sqrt(square / rows), Math.Sqrt(moving / transient), 1 - Math.Sqrt(moving / still), double.IsNaN(width) ? double.NaN : (double)covered / rows, width / rows, winkler / rows);
    }

    /// <summary>The recording with the least skill of those with enough transient windows; null where none has.</summary>
    public static CellScore? Worst(IEnumerable<CellScore> recordings) =>
        recordings.Select(recording => (Score: Of([recording]), Recording: recording)).Where(entry => entry.Score.TransientRows >= FewestOfAFile).OrderBy(entry => entry.Score.SkillFraction).FirstOrDefault().Recording;
}
