using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Tests.Battery.Cells;

namespace AiBms.Tests.Battery.Estimation;

/// <summary>A drive of the synthetic cell whose every state is known: the same circuit, exact sensors unless a test spoils them.</summary>
static class SyntheticDrive
{
    public static CellType Cell { get; } = SyntheticCells.TwoPairs(kneeA: 3);

    /// <summary>Samples at 1 Hz and the true SOC of each: current swings around a discharge of C/3, one rest in the middle.</summary>
    public static (CellSample[] Samples, double[] Soc) Make(double startSoc, int seconds, int seed = 3, CellType? cell = null)
    {
        var model = new TheveninModel(cell ?? Cell);
        var state = new double[model.StateCount];
        var random = new Random(seed);
        model.Rest(state, startSoc);
        var samples = new CellSample[seconds];
        var soc = new double[seconds];
        double currentA = 0;
        for (int k = 0; k < seconds; k++)
        {
            bool isRest = k > seconds / 2 && k < seconds / 2 + 900;
            currentA = isRest ? 0 : 0.9 * currentA + 0.1 * (-0.66 + 4 * (random.NextDouble() - 0.5));
            if (k > 0) model.Step(state, currentA, 25, 1);
            samples[k] = new(k, currentA, model.VoltageV(state, currentA, 25), 25);
            soc[k] = state[0];
        }

        return (samples, soc);
    }
}
