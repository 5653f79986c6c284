using AiBms.Battery.Cells;

namespace AiBms.Battery.Simulation;

/// <summary>The catalogue of what can be simulated. Adding a scenario adds a line.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Description">What happens, in a few words.</param>
/// <param name="Phases">The parts, for a type of cell.</param>
public sealed record Scenario(string Name, string Description, Func<CellType, IReadOnlyList<Phase>> Phases)
{
    const double HourS = Units.SecondsPerHour, DayS = 24 * HourS;

    /// <summary>Every scenario.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("drive", "rest, drive until nearly empty, rest", _ => [new RestPhase(300), new DrivePhase(6 * HourS, 0.1), new RestPhase(1800)]),
        new("charge", "rest, constant current then constant voltage, rest", type => [new RestPhase(600), Charge(type, 0.5), new RestPhase(1800)]),
        new("day", "24 hours: parked, two commutes, an errand, charged in the evening", type =>
        [
            new RestPhase(7 * HourS), new DrivePhase(0.7 * HourS, 0.1), new RestPhase(8.5 * HourS), new DrivePhase(0.8 * HourS, 0.1), new RestPhase(0.5 * HourS),
            new DrivePhase(0.4 * HourS, 0.1), new RestPhase(0.6 * HourS), Charge(type, 0.3), new RestPhase(DayS, UntilS: DayS),
        ]),
    ];

    static ChargePhase Charge(CellType type, double perHour)
    {
        var ratings = type.Ratings ?? throw new ArgumentException($"Cell {type.Id} has no ratings: its charge limits are not known.", nameof(type));
        double currentA = Math.Min(ratings.MaxChargeA, perHour * type.CapacityAh);
        return new(6 * HourS, currentA, ratings.MaxVoltageV, currentA / 10);
    }
}
