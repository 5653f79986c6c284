using AiBms.Battery.Cells;
using AiBms.Battery.Simulation.Twin;
using AiBms.Learning.Identification;

namespace AiBms.Learning.Twins;

/// <summary>The twin's case temperature against recordings that took no part in identification: those a cell's recipe marks "check".</summary>
/// <remarks>
/// The twin is given current, start temperature and, where it was recorded, the surroundings. Its voltage, hence its heat, is its own:
/// a circuit that is wrong makes heat that is wrong. A start that the recipe does not state is found from the first voltage.
/// </remarks>
public sealed class ThermalBoard(string dataFolder, string cellFolder)
{
    const double LeastRiseK = 1, LeastCRate = 0.2;

    /// <summary>Cells, and the capacity that their rates are named by, Ah.</summary>
    static readonly (string Cell, double NominalAh)[] s_cells = [("lg_m50", 5), ("samsung_30q", 3), ("dmegc_18650", 2.6)];

    /// <summary>Runs every check recording that warms: at least 0.2C and 1 K.</summary>
    /// <param name="talk">Told what is being run.</param>
    public IReadOnlyList<ThermalCase> Run(Action<string> talk)
    {
        var cells = new CellCatalogue(cellFolder);
        List<ThermalCase> cases = [];
        foreach (var (id, nominalAh) in s_cells)
        {
            talk(id);
            var recipe = Recipe.Load(Path.Combine(cellFolder, "recipes", id + ".json"));
            var checks = recipe with { Files = [.. recipe.Files.Where(f => f.Use == "check")] };
            foreach (var (run, _) in RecipeData.Load(checks, dataFolder))
            {
                double cRate = run.CurrentA.Max(Math.Abs) / nominalAh, riseK = run.TemperatureDegC.Max() - run.TemperatureDegC[0];
                if (!run.HasMeasuredTemperature || cRate < LeastCRate || riseK < LeastRiseK) continue;
                cases.Add(Of(cells.Find(id), run, cRate, riseK));
            }
        }

        return cases;
    }

    static ThermalCase Of(CellType cell, FitRun run, double cRate, double riseK)
    {
        double startDegC = run.TemperatureDegC[0];
        double startSoc = double.IsFinite(run.Soc[0]) ? run.Soc[0] : TheveninModel.Of<double>(cell).SocAtOcv(run.VoltageV[0], startDegC);
        var twin = new PackTwin(RecordedTwin.Bare(cell, 1, 1, startDegC) with { StartSoc = Math.Clamp(startSoc, 0, 1), GroupCapacityAh = [run.CapacityAh] });
        var simulated = new double[run.Count];
        double square = 0, still = 0, volts = 0, largest = 0, spanS = 0;
        RecordedTwin.Run(twin, run, 1, k =>
        {
            simulated[k] = twin.Truth.CaseDegC[0];
            if (k == 0) return;
            double stepS = run.TimeS[k] - run.TimeS[k - 1], errorK = simulated[k] - run.TemperatureDegC[k];
            double moveK = run.TemperatureDegC[k] - startDegC, errorV = twin.Truth.GroupVoltageV[0] - run.VoltageV[k];
            (square, still, volts, spanS) = (square + errorK * errorK * stepS, still + moveK * moveK * stepS, volts + errorV * errorV * stepS, spanS + stepS);
            largest = Math.Max(largest, Math.Abs(errorK));
        });
        return new(cell.Id, run.Name, cRate, riseK, Math.Sqrt(square / spanS), largest, Math.Sqrt(still / spanS), Math.Sqrt(volts / spanS)) { Trace = new(run.TimeS, run.TemperatureDegC, simulated) };
    }
}
