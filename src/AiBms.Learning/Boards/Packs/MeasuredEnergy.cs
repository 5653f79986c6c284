using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Energy against measured discharges to the limit: entered in the middle with nothing told, asked some minutes later.</summary>
public static class MeasuredEnergy
{
    /// <summary>Where a run is entered, share of its charge that is already out.</summary>
    static readonly double[] s_entries = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

    /// <summary>How long the estimator has looked before it is asked, s.</summary>
    const double LookS = 300;

    /// <summary>Scores one recording with one discharge at constant current down to a voltage limit.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="group">Name of its ambient.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="ratedWh">Rated energy, Wh.</param>
    public static IEnumerable<EnergyEntry> Score(string path, string group, CellType cell, double ratedWh)
    {
        var recording = RecordingDoor.Open(path);
        (int from, int to) = Discharge(recording, cell.CapacityAh);
        double[] chargeAh = new double[to - from + 1], energyWh = new double[to - from + 1];
        for (int k = from + 1; k <= to; k++)
        {
            double hours = (recording.TimeS[k] - recording.TimeS[k - 1]) / 3600, a = -(recording.CurrentA[k] + recording.CurrentA[k - 1]) / 2;
            chargeAh[k - from] = chargeAh[k - from - 1] + a * hours;
            energyWh[k - from] = energyWh[k - from - 1] + a * hours * (recording.VoltageV[k] + recording.VoltageV[k - 1]) / 2;
        }

        // The limit is where the run stopped: the tester's, not the data sheet's.
        var ratings = cell.Ratings ?? new(recording.VoltageV[to], cell.Circuit!.OcvV[^1], cell.CapacityAh, cell.CapacityAh);
        var limited = cell with { Ratings = ratings with { MinVoltageV = recording.VoltageV[to] } };
        foreach (bool known in (bool[])[true, false])
        {
            foreach (double entry in s_entries)
            {
                double enteredS = recording.TimeS[from + Array.FindIndex(chargeAh, ah => ah >= entry * chargeAh[^1])], askedS = enteredS + LookS;
                if (askedS >= recording.TimeS[to]) continue;
                var answer = Ask(recording, enteredS, limited, known);
                (int row, double weight) = Place(recording.TimeS, askedS);
                double gone = energyWh[row - from] + (energyWh[row - from + 1] - energyWh[row - from]) * weight;
                string run = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path).Split('.')[0]} @{entry:0.0}");
                yield return new(run, group, answer.EnergyWh, answer.EnergyWhDeviation, energyWh[^1] - gone, ratedWh, known);
            }
        }
    }

    /// <summary>The recordings have a row every 10 or 60 s; between rows of a constant current an estimator that runs every second sees the straight line.</summary>
    static EnergyEstimate Ask(Recording recording, double enteredS, CellType cell, bool known)
    {
        var layout = SingleCellPack.Of(cell);
        var estimator = new PackEstimator(layout, cell, new() { Energy = new() { EveryS = 1 } });
        var (state, reading) = (new PackState(layout), new PackReading(layout));
        estimator.Start(SocStart.Unknown);
        for (double timeS = enteredS; timeS <= enteredS + LookS; timeS++)
        {
            (int row, double weight) = Place(recording.TimeS, timeS);
            double At(double[] values) => values[row] + (values[row + 1] - values[row]) * weight;
            SingleCellPack.Fill(reading, timeS, At(recording.CurrentA), At(recording.VoltageV), At(recording.TemperatureDegC));
            if (known) estimator.EnergyLoad = EnergyLoad.OfCurrent(-At(recording.CurrentA));
            estimator.Update(reading, state);
        }

        return state.Energy;
    }

    static (int Row, double Weight) Place(double[] times, double timeS)
    {
        int row = Math.Clamp(Array.BinarySearch(times, timeS) is >= 0 and var hit ? hit : ~Array.BinarySearch(times, timeS) - 1, 0, times.Length - 2);
        return (row, (timeS - times[row]) / (times[row + 1] - times[row]));
    }

    /// <summary>The longest stretch of discharge.</summary>
    static (int From, int To) Discharge(Recording recording, double capacityAh)
    {
        (int, int) best = (0, 0);
        int from = -1;
        for (int k = 0; k <= recording.RowCount; k++)
        {
            bool isOut = k < recording.RowCount && recording.CurrentA[k] < -capacityAh / 50;
            if (isOut && from < 0) from = k;
            if (isOut || from < 0) continue;
            if (k - 1 - from > best.Item2 - best.Item1) best = (from, k - 1);
            from = -1;
        }

        return best;
    }
}
