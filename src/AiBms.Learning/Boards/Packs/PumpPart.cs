using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;

namespace AiBms.Learning.Boards.Packs;

/// <summary>The hot spot ahead when the pump changes or coolant is lost: with pump, flow and level as inputs, and without.</summary>
static class PumpPart
{
    const string Pack = "ev_96s2p_immersion";
    const int EventS = 2 * 3600, AskedForS = 300, EveryS = 30, StepS = 2;

    /// <summary>Which of the forecast's times.</summary>
    static readonly int[] s_which = [2, 3];

    static readonly int[] s_aheadS = [.. s_which.Select(k => (int)PackState.ForecastTimesS[k])];
    static readonly PackSignal[] s_inputs = [PackSignal.PumpDutyFraction, PackSignal.CoolantFlowLPerMin, PackSignal.CoolantLevelFraction, PackSignal.CoolantPressureKPa];
    static readonly (string Name, double Duty, string[] Faults)[] s_events =
        [("pump from 0.5 to 0.2", 0.2, []), ("pump from 0.5 to 1", 1, []), ("pump stops", 0.5, ["pump-stop@7200"]), ("coolant down to 50 %", 0.5, ["low-level=0.5@7200"]), ("nothing changes", 0.5, [])];

    public static BoardPart Run(PackBoardOptions options)
    {
        int packs = options.Packs(5);
        List<string[]> rows = [];
        foreach (var (name, duty, faults) in s_events)
        {
            double[] with = new double[2], without = new double[2], still = new double[2];
            foreach (int seed in Enumerable.Range(options.Seed, packs)) One(options.Home, seed, duty, faults, with, without, still);
            rows.Add([name, .. Enumerable.Range(0, 2).SelectMany(h => (string[])[Rms(still[h]), Rms(without[h]), Rms(with[h])])]);
        }

        return new()
        {
            Id = "pump",
            Title = "Temperature ahead when the cooling changes",
            Method = $"{packs} mismatched packs for each event, driven hard for two hours with the pump at half; in the five minutes after the event the hottest core is forecast every {EveryS} s. RMSE in K of a temperature that stays, of the forecast without, and with pump, flow and level as inputs. "
                + "The load is taken to go on.",
            Header = ["event", .. s_aheadS.SelectMany(s => (string[])[$"{s} s, stays / K", $"{s} s, without / K", $"{s} s, with / K"])],
            Rows = rows,
        };

        string Rms(double squares) => Say.Number(Math.Sqrt(squares / (packs * (AskedForS / EveryS))));
    }

    static void One(string home, int seed, double duty, string[] faults, double[] with, double[] without, double[] still)
    {
        TwinRun run = new(home, Pack, seed, 0.95, 25, 0.01, true, TwinRun.CellsOnly, faults: faults);
        PackEstimator blind = new(run.Twin.Layout, run.Cell, TwinRun.CellsOnly);
        PackState state = new(run.Twin.Layout);
        PackReading reading = new(run.Twin.Layout);
        List<(int AtS, double Now, double[] With, double[] Without)> asked = [];
        Dictionary<int, double> truth = [];
        bool isCharging = false;
        for (int timeS = StepS; timeS <= EventS + AskedForS + s_aheadS[^1]; timeS += StepS)
        {
            if (timeS == EventS + StepS) run.Pump(duty);
            isCharging = run.Twin.Truth.MeanSoc < 0.2 || (isCharging && run.Twin.Truth.MeanSoc < 0.9);
            if (isCharging) run.Step(0.8 * run.CapacityAh, StepS);
            else run.Drive(StepS, 1.5);
            run.Reading.CopyTo(reading);
            foreach (var signal in s_inputs) reading.Mark(signal, SignalQuality.Missing);
            blind.Update(reading, state);
            double hottest = truth[timeS] = run.Twin.Truth.CoreDegC.ToArray().Max();
            if (timeS > EventS && timeS <= EventS + AskedForS && timeS % EveryS == 0) asked.Add((timeS, hottest, Forecasts(run.State), Forecasts(state)));
        }

        foreach (var (atS, now, seen, unseen) in asked)
            for (int h = 0; h < s_aheadS.Length; h++)
            {
                double then = truth[atS + s_aheadS[h]];
                with[h] += (seen[h] - then) * (seen[h] - then);
                without[h] += (unseen[h] - then) * (unseen[h] - then);
                still[h] += (now - then) * (now - then);
            }
    }

    static double[] Forecasts(PackState state) => [.. s_which.Select(k => state.HotSpotForecast[k].TemperatureDegC)];
}
