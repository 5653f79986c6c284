using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Forecasts of one measured cell's case temperature over a recording.</summary>
static class CellForecast
{
    const double LookS = 300, EveryS = 20;

    /// <summary>Scores a recording whose rows are evenly apart.</summary>
    /// <param name="recording">Time, current, voltage and case temperature.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="rowS">Time between rows, s; what is nearer than a row ahead is left out.</param>
    public static ForecastSums Score(Recording recording, CellType cell, int rowS = 1)
    {
        ForecastSums sums = new();
        CellTemperature temperature = new(cell);
        int every = (int)(EveryS / rowS);
        for (int i = 0; i < recording.RowCount; i++)
        {
            temperature.Step(new(recording.TimeS[i], recording.CurrentA[i], recording.VoltageV[i], recording.TemperatureDegC[i]));
            if (i * rowS < LookS || i % every != 0) continue;
            for (int h = 0; h < ForecastSums.AheadS.Length; h++)
            {
                int aheadS = ForecastSums.AheadS[h], rows = aheadS / rowS, j = i + rows;
                if (j >= recording.RowCount || Math.Abs(recording.TimeS[j] - recording.TimeS[i] - aheadS) > 2) continue;
                double now = recording.TemperatureDegC[i], change = recording.TemperatureDegC[j] - now;
                if (!(Math.Abs(change) > ForecastSums.TransientK)) continue;
                var goesOn = temperature.Ahead(aheadS);
                var told = temperature.Ahead(recording.CurrentA.AsSpan(i + 1, rows), rowS);
                sums.Add(h, change, told.CaseDegC - now, goesOn.CaseDegC - now, goesOn.CaseDegCDeviation);
            }
        }

        return sums;
    }
}
