using AiBms.Battery.Cells;

namespace AiBms.Tests.Battery.Cells;

/// <summary>Cells made up for tests: round numbers, so that expectations can be worked out by hand.</summary>
static class SyntheticCells
{
    /// <summary>2 Ah, OCV 3.0…4.2 V straight, 20 mΩ at 25 °C falling with warmth, two pairs (5 s linear or with a knee, 100 s).</summary>
    public static CellType TwoPairs(double? kneeA = null, double hysteresisV = 0) => new()
    {
        Id = "synthetic",
        CapacityAh = 2,
        Source = new("made up", "none", "none"),
        Circuit = new()
        {
            OcvV = [3.0, 3.6, 4.2],
            EntropicVPerK = [1e-4, 1e-4, 1e-4],
            HysteresisV = [hysteresisV, hysteresisV],
            TemperatureDegC = [0, 25, 50],
            Soc = [0, 0.5, 1],
            SeriesResistanceOhm = [[0.04, 0.04, 0.04], [0.02, 0.02, 0.02], [0.01, 0.01, 0.01]],
            Pairs =
            [
                new() { TimeConstantS = [5, 5, 5], ResistanceOhm = [[0.03, 0.03, 0.03], [0.01, 0.01, 0.01], [0.005, 0.005, 0.005]], KneeCurrentA = kneeA is { } a ? [a, a, a] : null },
                new() { TimeConstantS = [100, 100, 100], ResistanceOhm = [[0.04, 0.04, 0.04], [0.02, 0.02, 0.02], [0.01, 0.01, 0.01]] },
            ],
        },
    };
}
