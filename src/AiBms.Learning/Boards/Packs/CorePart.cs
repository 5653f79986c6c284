using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Learning.Datasets;
using AiBms.Numerics;

namespace AiBms.Learning.Boards.Packs;

/// <summary>The temperature inside, which no probe sees, against conduction in twenty shells.</summary>
static class CorePart
{
    const double AimK = 0.9, ScoredFromS = 900, EndS = 3 * 3600, ProbeNoiseK = 0.1, Bound = 0.2;
    const int HeldS = 15;

    static readonly double[] s_ambientDegC = [-10, 10, 25, 40];

    public static BoardPart Run(PackBoardOptions options)
    {
        // What an engineer would write down of the nominal cell: when nothing changes the axis is Q/(4π·k·L) above the can, the mean of the roll half as much.
        const double axisKPerW = 1 / (4 * Math.PI * RadialCell.ConductivityWPerMK * RadialCell.LengthM);
        CoreCaseParameters nominal = new(RadialCell.RollJPerK, RadialCell.CanJPerK, axisKPerW / 2, RadialCell.CanToAirKPerW) { AxisToCaseKPerW = axisKPerW };
        var cell = new CellCatalogue(Path.Combine(options.Home, "cells")).Find(LgHg2.Id) with { Thermal = nominal };
        int seeds = options.Packs(20);
        List<string[]> rows = [];
        List<PackAim> aims = [];
        foreach (bool mismatched in (bool[])[true, false])
        {
            List<Errors> all = [];
            foreach (double ambientDegC in s_ambientDegC)
            {
                List<Errors> here = [.. Enumerable.Range(options.Seed, seeds).Select(seed => One(cell, seed, ambientDegC, mismatched))];
                rows.Add(
                [
                    mismatched ? "mismatched" : "same model", Say.Number(ambientDegC, 0), Say.Number(here.Average(e => e.MostRiseK), 1), Say.Number(Say.Rms(here.Select(e => e.RmseK))), Say.Number(here.Max(e => e.MostK)),
                    Say.Number(Say.Rms(here.Select(e => e.CaseRmseK))), Say.Percent(here.Average(e => e.HeldFraction), 0),
                ]);
                all.AddRange(here);
            }

            if (!mismatched) continue;
            double worst = all.Max(e => e.MostK);
            aims.Add(new("core temperature, largest error, mismatched", "< 0.9 K", Say.Number(worst) + " K", worst < AimK));
        }

        return new()
        {
            Id = "core",
            Title = "Temperature inside",
            Method = $"{seeds} cells at each ambient: LG HG2's circuit makes the heat, twenty shells of an 18650 conduct it to the can (radial conductivity 0.20 W/(m·K), Drake et al. 2014). Driven hard for three hours at steps of 1 s, charged between; a probe on the can with noise of 0.1 K and "
                + "an offset. The estimator knows three nodes (two shells of the roll and the can) from the nominal numbers. Mismatched: conductivity, heat capacity, film and resistances drawn within ± 20 %, offset 0.3 K. Error: estimated less true temperature at the axis, from 15 minutes on. No measured set here looks inside a cell.",
            Header = ["truth", "°C", "most axis over can / K", "RMSE / K", "worst / K", "RMSE of can taken for axis / K", "in the 90 % interval"],
            Rows = rows,
            Aims = aims,
        };
    }

    static Errors One(CellType cell, int seed, double ambientDegC, bool mismatched)
    {
        var random = SeededStream.For((ulong)seed, "core");
        double Drawn() => mismatched ? 1 + Bound * (2 * random.NextFraction() - 1) : 1;
        double resistance = Drawn(), offsetK = mismatched ? 0.3 * random.NextNormal() : 0;
        RadialCell truth = new(ambientDegC, Drawn(), Drawn(), Drawn());
        var circuit = cell.Circuit!;
        double[][] Scaled(double[][] table) => [.. table.Select(row => row.Select(ohm => resistance * ohm).ToArray())];
        TheveninModel model = new(cell with { Circuit = circuit with { SeriesResistanceOhm = Scaled(circuit.SeriesResistanceOhm), Pairs = [.. circuit.Pairs.Select(pair => pair with { ResistanceOhm = Scaled(pair.ResistanceOhm) })] } });
        double[] state = new double[model.StateCount];
        model.Rest(state, 0.9);
        CellTemperature estimate = new(cell);
        double squares = 0, most = 0, caseSquares = 0, mostRise = 0, count = 0, held = 0, currentA = 0;
        bool isCharging = false;
        for (int timeS = 0; timeS < EndS; timeS++)
        {
            isCharging = state[0] < 0.15 || (isCharging && state[0] < 0.9);
            if (timeS % HeldS == 0) currentA = cell.CapacityAh * (isCharging ? ambientDegC < 0 ? 0.3 : 0.8 : -0.8 + 1.2 * (random.NextFraction() - 0.5) - (random.NextFraction() < 0.15 ? 1.5 : 0));
            double inside = truth.MeanDegC, heatW = model.HeatW(state, currentA, inside);
            model.Step(state, currentA, inside, 1);
            truth.Step(heatW, ambientDegC, 1);
            estimate.Step(new(timeS, currentA, model.VoltageV(state, currentA, inside), truth.CanDegC + offsetK + ProbeNoiseK * random.NextNormal()));
            if (timeS < ScoredFromS) continue;
            double error = estimate.InsideDegC - truth.AxisDegC, rise = truth.AxisDegC - truth.CanDegC;
            (squares, caseSquares, count) = (squares + error * error, caseSquares + rise * rise, count + 1);
            (most, mostRise) = (Math.Max(most, Math.Abs(error)), Math.Max(mostRise, rise));
            if (Math.Abs(error) <= Battery.Estimation.Interval.NinetyPercent * estimate.InsideDegCDeviation) held++;
        }

        return new(Math.Sqrt(squares / count), most, Math.Sqrt(caseSquares / count), mostRise, held / count);
    }

    sealed record Errors(double RmseK, double MostK, double CaseRmseK, double MostRiseK, double HeldFraction);
}
