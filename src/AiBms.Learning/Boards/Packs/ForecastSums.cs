using AiBms.Battery.Estimation;
using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Errors of temperature forecasts beside those of a temperature that stays, by how far ahead.</summary>
sealed class ForecastSums
{
    /// <summary>How far ahead, s.</summary>
    public static readonly int[] AheadS = [10, 60, 300, 600];

    /// <summary>Windows in which the temperature moves by less say nothing, K.</summary>
    public const double TransientK = 0.3;

    /// <summary>Windows of which a file must have so many to be judged alone.</summary>
    public const int LeastWindows = 20;

    readonly double[] _known = new double[AheadS.Length], _unknown = new double[AheadS.Length], _still = new double[AheadS.Length];
    double _scoreK;

    /// <summary>Windows.</summary>
    public int[] Count { get; } = new int[AheadS.Length];

    /// <summary>Share of windows at 300 s whose truth is in the 90 % interval, load unknown.</summary>
    public int[] Held { get; } = new int[AheadS.Length];

    /// <summary>1 − RMSE over that of persistence, the load known.</summary>
    public double Known(int h) => Skill(_known, h);

    /// <summary>The same, the load unknown.</summary>
    public double Unknown(int h) => Skill(_unknown, h);

    /// <summary>Interval score at 300 s, load unknown, K: width and penalty (Winkler).</summary>
    public double IntervalScoreK => Count[2] == 0 ? double.NaN : _scoreK / Count[2];

    /// <summary>Takes in a window.</summary>
    /// <param name="h">Which of <see cref="AheadS"/>.</param>
    /// <param name="changeK">What the temperature did, K.</param>
    /// <param name="known">Forecast change, load known, K.</param>
    /// <param name="unknown">Forecast change, load unknown, K.</param>
    /// <param name="deviationK">Its stated deviation, K.</param>
    public void Add(int h, double changeK, double known, double unknown, double deviationK)
    {
        if (!(Math.Abs(changeK) > TransientK)) return;
        double half = Interval.NinetyPercent * deviationK, missed = unknown - changeK;
        (_known[h], _unknown[h], _still[h]) = (_known[h] + (known - changeK) * (known - changeK), _unknown[h] + missed * missed, _still[h] + changeK * changeK);
        Count[h]++;
        if (Math.Abs(missed) <= half) Held[h]++;
        if (h == 2) _scoreK += Winkler.Score(unknown - half, unknown + half, changeK);
    }

    /// <summary>Takes in all windows of another file.</summary>
    public void Add(ForecastSums other)
    {
        for (int h = 0; h < AheadS.Length; h++)
        {
            (_known[h], _unknown[h], _still[h]) = (_known[h] + other._known[h], _unknown[h] + other._unknown[h], _still[h] + other._still[h]);
            (Count[h], Held[h]) = (Count[h] + other.Count[h], Held[h] + other.Held[h]);
        }

        _scoreK += other._scoreK;
    }

    /// <summary>A row of the table.</summary>
    public string[] Row(string set, string group) =>
    [
        set, group, .. Enumerable.Range(0, AheadS.Length).SelectMany(h => (string[])[Say.Number(Known(h)), Say.Number(Unknown(h))]),
        Count[2] == 0 ? "–" : Say.Percent((double)Held[2] / Count[2], 0), Say.Number(IntervalScoreK),
    ];

    double Skill(double[] errors, int h) => Count[h] == 0 ? double.NaN : 1 - Math.Sqrt(errors[h] / _still[h]);
}
