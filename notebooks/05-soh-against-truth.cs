#:project ../src/AiBms.Learning/AiBms.Learning.csproj
// State of health of cells that took no part in learning, against what their discharge measured, with the 90 % interval.
// dotnet run notebooks/05-soh-against-truth.cs [FOLDER FOR THE PICTURE]     NASA's cells where AIBMS_DATA is set, else made-up ones
using System.Globalization;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Learning.Plots;

FeatureSet set = Environment.GetEnvironmentVariable("AIBMS_DATA") is { Length: > 0 } data ? NasaSet.Read(data) : MadeUp();
List<PlotLine> lines = [];
double square = 0, still = 0;
int count = 0;
foreach (var split in CellSplit.LeaveCellsOut("leave one cell out", set))
{
    FeatureModel model = new(FeatureFit.Fit(new RidgeLearner("ridge", _ => true), split.Training, seed: 1, new()));
    double mean = split.Training.TargetValues.Average();
    foreach (var score in split.Score(model))
    {
        for (int k = 0; k < score.TruthValues.Length; k++)
        {
            if (!double.IsFinite(score.EstimateValues[k])) continue;
            square += Math.Pow(score.EstimateValues[k] - score.TruthValues[k], 2);
            still += Math.Pow(mean - score.TruthValues[k], 2);
            count++;
        }

        lines.Add(new(score.Cell, [.. score.TruthValues.Select(value => 100 * value)], [.. score.EstimateValues.Select(value => 100 * value)], IsMarkers: true, IsDashed: false, Colour: lines.Count));
    }
}

double[] ends = [50, 105];
lines.Add(new("exact", ends, ends, IsMarkers: false, IsDashed: true, Colour: 6));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Title}: RMSE {100 * Math.Sqrt(square / count):0.00} points over {count} charges of unseen cells; the mean of the training set {100 * Math.Sqrt(still / count):0.00}"));
string picture = Path.Combine(args.FirstOrDefault() ?? ".", "soh-against-truth.png");
PlotPanel.Save(picture, new PlotPanel($"{set.Title}: each cell learnt without", "Measured / % of rated", "Estimated / % of rated", lines, LegendPlace.UpperLeft));
Console.WriteLine($"written {Path.GetFileName(picture)}");

// Charge in two windows of voltage falls with health, the time at constant voltage grows; some noise on each.
static FeatureSet MadeUp()
{
    Random random = new(1);
    double Noise(double size) => size * (random.NextDouble() - 0.5);
    FeatureCell Cell(int number)
    {
        double[] health = [.. Enumerable.Range(0, 60).Select(age => 1 - (0.002 + 0.0008 * number) * age)];
        return new($"made up {number + 1}", "made up", [.. health.Select(soh => (double[])[0.8 * soh + Noise(0.02), 0.5 * soh * soh + Noise(0.02), 1800 / soh + Noise(60)])], health);
    }

    return new()
    {
        Id = "made_up",
        Title = "Four made-up cells",
        Source = "made up",
        Target = "capacity / rated",
        FeatureNames = ["charge 3.8 to 3.9 V / Ah", "charge 3.9 to 4.0 V / Ah", "time at constant voltage / s"],
        Cells = [.. Enumerable.Range(0, 4).Select(Cell)],
        DataHash = "made up",
    };
}
