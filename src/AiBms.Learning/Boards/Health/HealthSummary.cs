using AiBms.Learning.Evaluation;
using AiBms.Learning.Health;
using AiBms.Numerics;

namespace AiBms.Learning.Boards.Health;

/// <summary>Errors over whole tested cells. In brackets on the page: 90 % limits by drawing whole cells with replacement.</summary>
/// <param name="Cells">How many cells.</param>
/// <param name="MapeFraction">Mean absolute error over truth, all rows weighing the same.</param>
/// <param name="MapeFractionLow">5th percentile over redraws.</param>
/// <param name="MapeFractionHigh">95th percentile.</param>
/// <param name="RmseValues">Root mean square error in the target's unit, and its 5th and 95th percentile.</param>
/// <param name="DeterminationFraction">R²: share of variance explained, may be below 0.</param>
/// <param name="CoverageFraction">Share of truths within the 90 % interval; NaN without intervals.</param>
/// <param name="WidthFraction">Mean width of the interval over truth.</param>
/// <param name="WinklerScore">Mean interval score over truth.</param>
/// <param name="WorstCell">Cell with the greatest MAPE.</param>
/// <param name="WorstMapeFraction">That MAPE.</param>
/// <param name="OutOfRangeFraction">Share of rows outside the model's range.</param>
public sealed record HealthSummary(
    int Cells, double MapeFraction, double MapeFractionLow, double MapeFractionHigh, double[] RmseValues, double DeterminationFraction,
    double CoverageFraction, double WidthFraction, double WinklerScore, string WorstCell, double WorstMapeFraction, double OutOfRangeFraction)
{
    const int Draws = 1000;

    /// <summary>Below so many cells limits by redraws say little: they can only be the same cells again.</summary>
    public const int FewCells = 5;

    /// <summary>Sums up cells.</summary>
    public static HealthSummary Of(IReadOnlyList<CellScore> cells, ulong seed)
    {
        Sums[] sums = [.. cells.Select(Sums.Of)];
        var all = sums.Aggregate((a, b) => a + b);
        var stream = SeededStream.For(seed, "cells");
        double[] mape = new double[Draws], rmse = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            Sums drawn = default;
            for (int k = 0; k < sums.Length; k++) drawn += sums[stream.NextBelow(sums.Length)];
            (mape[draw], rmse[draw]) = (drawn.Relative / drawn.Rows, Math.Sqrt(drawn.Squares / drawn.Rows));
        }

        Array.Sort(mape);
        Array.Sort(rmse);
        int worst = Enumerable.Range(0, sums.Length).MaxBy(k => sums[k].Relative / sums[k].Rows);
        double variance = all.TruthSquares - all.Truth * all.Truth / all.Rows;
        return new(cells.Count, all.Relative / all.Rows, Ranks.At(mape, 0.05), Ranks.At(mape, 0.95), [Math.Sqrt(all.Squares / all.Rows), Ranks.At(rmse, 0.05), Ranks.At(rmse, 0.95)],
            1 - all.Squares / variance, all.Covered / all.Rows, all.Width / all.Rows, all.Winkler / all.Rows, cells[worst].Cell, sums[worst].Relative / sums[worst].Rows,
            cells.Sum(cell => cell.OutOfRangeFraction * cell.TruthValues.Length) / all.Rows);
    }

    readonly record struct Sums(double Rows, double Relative, double Squares, double Truth, double TruthSquares, double Covered, double Width, double Winkler)
    {
        public static Sums Of(CellScore cell)
        {
            Sums sums = default;
            for (int k = 0; k < cell.TruthValues.Length; k++)
            {
                double truth = cell.TruthValues[k], error = cell.EstimateValues[k] - truth, low = cell.LowValues[k], high = cell.HighValues[k];
                sums += new Sums(1, Math.Abs(error / truth), error * error, truth, truth * truth, double.IsNaN(low) ? double.NaN : low <= truth && truth <= high ? 1 : 0,
                    (high - low) / truth, Evaluation.Winkler.Score(low, high, truth) / truth);
            }

            return sums;
        }

        public static Sums operator +(Sums a, Sums b) =>
            new(a.Rows + b.Rows, a.Relative + b.Relative, a.Squares + b.Squares, a.Truth + b.Truth, a.TruthSquares + b.TruthSquares, a.Covered + b.Covered, a.Width + b.Width, a.Winkler + b.Winkler);
    }
}
