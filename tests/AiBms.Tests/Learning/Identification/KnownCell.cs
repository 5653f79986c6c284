using AiBms.Battery.Cells;
using AiBms.Learning.Identification;

namespace AiBms.Tests.Learning.Identification;

/// <summary>A cell whose numbers are known, and recordings of it without noise.</summary>
static class KnownCell
{
    public const double CapacityAh = 3, SeriesOhm = 0.03, FastOhm = 0.015, SlowOhm = 0.02, FastS = 8, SlowS = 200;

    public static CellType Type { get; } = new()
    {
        Id = "known",
        CapacityAh = CapacityAh,
        Source = new("made up", "none", "none"),
        Circuit = new()
        {
            OcvV = [.. Enumerable.Range(0, 101).Select(k => Ocv(k / 100.0))],
            TemperatureDegC = [20, 30],
            Soc = [0, 0.5, 1],
            SeriesResistanceOhm = Flat(SeriesOhm),
            Pairs = [new() { TimeConstantS = [FastS, FastS], ResistanceOhm = Flat(FastOhm) }, new() { TimeConstantS = [SlowS, SlowS], ResistanceOhm = Flat(SlowOhm) }],
        },
    };

    public static CircuitFitOptions Options { get; } = new()
    {
        CapacityAh = CapacityAh,
        TemperatureNodesDegC = [22, 28],
        TimeConstantsS = [4, 90],
        KneeCurrentA = 0,
        OcvIsMeasured = true,
        FitHysteresis = false,
        FitEntropic = false,
    };

    public static double Ocv(double soc) => 3.2 + 0.7 * soc + 0.1 * Math.Sin(4 * soc);

    public static OcvCurve Curve(Func<double, double> add) => new([.. Enumerable.Range(0, 101).Select(k => Ocv(k / 100.0) + add(k / 100.0))]);

    /// <summary>From full to near empty in steps of random current with rests, 1 Hz, at 25 °C.</summary>
    public static FitRun Drive(int seed)
    {
        var random = new Random(seed);
        var model = new TheveninModel(Type);
        var state = new double[model.StateCount];
        model.Rest(state, 1);
        List<double> timeS = [], currentA = [], voltageV = [], soc = [];
        double amperes = 0;
        for (int k = 0; state[0] > 0.02; k++)
        {
            if (k % 40 == 0) amperes = random.NextDouble() < 0.2 ? 0 : -4 * random.NextDouble() + (state[0] < 0.9 ? 1 : 0);
            if (k > 0) model.Step(state, amperes, 25, 1);
            timeS.Add(k);
            currentA.Add(k == 0 ? 0 : amperes);
            voltageV.Add(model.VoltageV(state, currentA[^1], 25));
            soc.Add(state[0]);
        }

        return new()
        {
            Name = $"drive {seed}",
            IsFit = true,
            CapacityAh = CapacityAh,
            TimeS = [.. timeS],
            CurrentA = [.. currentA],
            VoltageV = [.. voltageV],
            TemperatureDegC = [.. timeS.Select(_ => 25.0)],
            Soc = [.. soc],
        };
    }

    static double[][] Flat(double ohm) => [[ohm, ohm, ohm], [ohm, ohm, ohm]];
}
