using AiBms.Learning.Health;

namespace AiBms.Learning.Boards.Health;

/// <summary>What a protocol gave.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Scores">One for each learner, then the held learner with further seeds.</param>
public sealed record HealthResult(HealthProtocol Protocol, IReadOnlyList<HealthScores> Scores)
{
    /// <summary>Groups, in the order of the set.</summary>
    public IReadOnlyList<string> Groups => [.. Scores[0].Cells.Select(cell => cell.Group).Distinct(StringComparer.Ordinal)];

    /// <summary>One score for each learner, with the first seed.</summary>
    public IEnumerable<HealthScores> FirstSeed => Scores.DistinctBy(scores => scores.Learner, StringComparer.Ordinal);

    /// <summary>The held learner with every seed.</summary>
    public IEnumerable<HealthScores> HeldSeeds => Scores.Where(scores => scores.Learner == Protocol.Held);

    /// <summary>What an aim measures, with the first seed.</summary>
    public double Measure(HealthAim aim)
    {
        var cells = HeldSeeds.First().Cells.Where(cell => (aim.Group is null || cell.Group == aim.Group) && cell.Cell != aim.Without).ToArray();
        return aim.Figure switch
        {
            HealthFigure.Mape => HealthSummary.Of(cells, 1).MapeFraction,
            HealthFigure.MeanMape => MeanMape(cells),
            _ => HealthSummary.Of(cells, 1).RmseValues[0],
        };
    }

    /// <summary>MAPE averaged over groups, 0…1.</summary>
    public static double MeanMape(IEnumerable<CellScore> cells) => cells.GroupBy(cell => cell.Group, StringComparer.Ordinal).Average(group => HealthSummary.Of([.. group], 1).MapeFraction);
}
