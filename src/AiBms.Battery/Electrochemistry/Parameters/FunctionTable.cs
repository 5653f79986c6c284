using System.Text.Json;
using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property given by points: a natural cubic spline through them, straight lines beyond.</summary>
/// <remarks>Spline: second derivatives zero at the ends (de Boor, "A Practical Guide to Splines", chapter IV).</remarks>
static class FunctionTable
{
    const int Intervals = 4096;

    /// <summary>Reads <c>{"x": […], "y": […]}</c>; x in the argument's own unit, all ascending or all descending.</summary>
    public static TabulatedFunction Read(JsonElement table, string name, Arrhenius arrhenius)
    {
        double[] x = Values(table, "x", name), y = Values(table, "y", name);
        if (x.Length != y.Length || x.Length < 2) throw new FormatException($"the table of '{name}' needs as many x as y, at least two");
        bool descends = x[1] < x[0];
        for (int i = 1; i < x.Length; i++)
            if (!(descends ? x[i] < x[i - 1] : x[i] > x[i - 1])) throw new FormatException($"the x of the table of '{name}' must all ascend or all descend (entry {i + 1})");
        if (descends) (x, y) = ([.. x.Reverse()], [.. y.Reverse()]);
        return new(FromPoints(x, y), arrhenius);
    }

    /// <summary>Resamples the spline through points on even knots.</summary>
    public static CubicTable FromPoints(double[] x, double[] y)
    {
        double[] curvature = Curvature(x, y);
        int at = 0;
        return new(x[0], x[^1], Intervals, u =>
        {
            while (at + 2 < x.Length && u > x[at + 1]) at++;
            double h = x[at + 1] - x[at], a = (x[at + 1] - u) / h, b = (u - x[at]) / h;
            double value = a * y[at] + b * y[at + 1] + ((a * a * a - a) * curvature[at] + (b * b * b - b) * curvature[at + 1]) * h * h / 6;
            double slope = (y[at + 1] - y[at]) / h + ((3 * b * b - 1) * curvature[at + 1] - (3 * a * a - 1) * curvature[at]) * h / 6;
            return (value, slope);
        });
    }

    static double[] Curvature(double[] x, double[] y)
    {
        int n = x.Length;
        double[] curvature = new double[n], scratch = new double[n];
        for (int i = 1; i < n - 1; i++)
        {
            double left = x[i] - x[i - 1], right = x[i + 1] - x[i], share = left / (left + right);
            double pivot = share * curvature[i - 1] + 2;
            curvature[i] = (share - 1) / pivot;
            double bend = (y[i + 1] - y[i]) / right - (y[i] - y[i - 1]) / left;
            scratch[i] = (6 * bend / (left + right) - share * scratch[i - 1]) / pivot;
        }

        curvature[n - 1] = 0;
        for (int i = n - 2; i >= 0; i--) curvature[i] = curvature[i] * curvature[i + 1] + scratch[i];
        return curvature;
    }

    static double[] Values(JsonElement table, string axis, string name) =>
        table.TryGetProperty(axis, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(v => v.GetDouble())]
            : throw new FormatException($"the table of '{name}' lacks its list '{axis}'");
}
