using AiBms.Learning.Boards.Health;
using AiBms.Learning.Health;
using AiBms.Learning.Temperature;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>What one set gave: a result for each task.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="NoiseK">Noise of its case sensor, one standard deviation, K: no forecast can be better.</param>
/// <param name="Tasks">Result of each task.</param>
public sealed record TemperatureResult(string Set, double NoiseK, IReadOnlyList<(TemperatureTask Task, HealthResult Result)> Tasks)
{
    /// <summary>Learners in order.</summary>
    public IReadOnlyList<string> Learners => [.. Tasks[0].Result.FirstSeed.Select(scores => scores.Learner)];

    /// <summary>Recordings as a learner forecast them, first seed.</summary>
    public static IReadOnlyList<CellScore> Cells(HealthResult result, string learner) => result.FirstSeed.First(scores => scores.Learner == learner).Cells;

    /// <summary>What is wanted of the held learner on this set, with what it reached.</summary>
    public IEnumerable<TemperatureAim> Aims()
    {
        foreach (var (task, result) in Tasks)
        {
            int h = Array.IndexOf(s_horizonS, task.HorizonS);
            if (h < 0) continue;
            var cells = Cells(result, TemperatureProtocols.Held);
            string load = task.IsLoadKnown ? "load known" : "load unknown";
            yield return new($"{Set} {task.HorizonS} s, {load}: skill", task.IsLoadKnown ? s_known[h] : s_unknown[h], TemperatureScore.Of(cells).SkillFraction, "") { Limits = SkillBootstrap.Of(cells) };
            yield return WorstFile($"{Set} {task.HorizonS} s, {load}: worst file", task.IsLoadKnown ? 0.3 : 0, cells);
        }
    }

    static TemperatureAim WorstFile(string name, double wanted, IReadOnlyList<CellScore> cells) =>
        TemperatureScore.Worst(cells) is { } worst ? new(name, wanted, TemperatureScore.Of([worst]).SkillFraction, Path.GetFileName(worst.Cell).Split(".csv")[0]) { Limits = SkillBootstrap.Of([worst]) }
        : new(name, wanted, double.NaN, string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"no recording has {TemperatureScore.FewestOfAFile} windows in which the case moves by more than {TemperatureScore.TransientK} K; the most is {cells.Max(cell => TemperatureScore.Of([cell]).TransientRows)}"));

    static readonly int[] s_horizonS = [60, 300, 600];
    static readonly double[] s_known = [0.3, 0.6, 0.7], s_unknown = [0.1, 0.2, 0.2];
}
