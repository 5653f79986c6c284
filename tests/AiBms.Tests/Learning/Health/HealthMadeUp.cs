using AiBms.Learning.Health;

namespace AiBms.Tests.Learning.Health;

/// <summary>Cells made by a law, for tests of splits and learners.</summary>
static class HealthMadeUp
{
    /// <summary>Cells with three features each drawn from a normal distribution, and a target of them.</summary>
    public static FeatureSet Set(int cells, int rows, Func<double[], double> law, double cellOffset = 0)
    {
        Random random = new(7);
        return new()
        {
            Id = "made-up",
            Title = "made up",
            Source = "this test",
            Target = "y",
            FeatureNames = ["a", "b", "c"],
            DataHash = "",
            Cells = [.. Enumerable.Range(0, cells).Select(c =>
            {
                double offset = cellOffset * random.NextDouble();
                double[][] features = [.. Enumerable.Range(0, rows).Select(_ => (double[])[Normal(random), Normal(random), Normal(random)])];
                return new FeatureCell($"cell {c}", c % 2 == 0 ? "even" : "odd", features, [.. features.Select(row => law(row) + offset)]);
            })],
        };
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
