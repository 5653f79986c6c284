using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;

namespace AiBms.Cli.Commands;

/// <summary>What <c>evaluate</c> says to a person.</summary>
static class EvaluationScreen
{
    public static void Print(LabelledRecording labelled, CellType cell, IReadOnlyList<Cut> places, List<EvaluationRow> table, TextWriter screen)
    {
        double[] soc = [.. labelled.Soc.Where(double.IsFinite)];
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{labelled.Recording.Name}: {labelled.Recording.RowCount} rows, cell {cell.Id}, SOC of {labelled.ReferenceAh:0.000} Ah from {100 * soc[0]:0} % to {100 * soc[^1]:0} %."));
        screen.WriteLine(places[0].Kind == CutKind.FileStart
            ? "From the recording's own start, SOC unknown. Starts at rest are easy and prove little."
            : $"{places.Count} starts in the middle, history withheld, SOC unknown. Errors in points of SOC, from 5 min after the start on.");
        screen.WriteLine();
        screen.WriteLine($"{"method",-11}{"sensors",-15}{"RMSE",7}{"MAE",7}{"P99",7}{"max",7}{"first 5 min",13}{"under 3 points",16}{"95th pct",13}{"in band",9}{"width",7}");
        foreach (var row in table)
        {
            var score = row.Score;
            screen.WriteLine($"{row.Method,-11}{row.Perturbation,-15}{Points(score.RmseSoc),7}{Points(score.MaeSoc),7}{Points(score.Percentile99Soc),7}{Points(score.WorstSoc),7}"
                + $"{Points(score.EarlyRmseSoc),13}{Time(score.ConvergedMedianS),16}{Time(score.ConvergedPercentile95S),13}{Percent(score.CoverageFraction),9}{Points(score.WidthSoc),7}");
        }
    }

    static string Points(double soc) => double.IsFinite(soc) ? (100 * soc).ToString("0.00", CultureInfo.InvariantCulture) : "–";

    static string Percent(double fraction) => double.IsFinite(fraction) ? (100 * fraction).ToString("0 '%'", CultureInfo.InvariantCulture) : "–";

    static string Time(double timeS) => double.IsPositiveInfinity(timeS) ? "not reached" : (timeS / 60).ToString("0.0 'min'", CultureInfo.InvariantCulture);
}
