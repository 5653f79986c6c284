using AiBms.Battery.Estimation.Networks;
using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>Rows of features and true SOC drawn from training recordings, and the scaling that they suggest.</summary>
public sealed class SocTable
{
    /// <summary>Seconds between rows taken of a run: neighbours say the same.</summary>
    const int EverySamples = 20;

    /// <summary>Values of the features, one array for each row.</summary>
    public required double[][] Inputs { get; init; }

    /// <summary>True SOC of each row, 0…1.</summary>
    public required double[] Soc { get; init; }

    /// <summary>The filter's SOC of each row; NaN where no feature needs the filter.</summary>
    public required double[] FilterSoc { get; init; }

    /// <summary>Draws rows.</summary>
    public static SocTable Draw(IEnumerable<SocTrainingItem> items, IReadOnlyList<string> names, int rows, SeededStream random, bool perturbs)
    {
        SocStream stream = new(items, names, random, perturbs);
        var (inputs, soc, filterSoc) = (new double[rows][], new double[rows], new double[rows]);
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < EverySamples; k++) soc[row] = stream.Next();
            (inputs[row], filterSoc[row]) = (stream.Features.ToArray(), stream.FilterSoc);
        }

        return new() { Inputs = inputs, Soc = soc, FilterSoc = filterSoc };
    }

    /// <summary>Mean, deviation and range of each feature.</summary>
    public ModelInput[] Scaling(IReadOnlyList<string> names) =>
    [
        .. names.Select((name, k) =>
        {
            double mean = Inputs.Average(row => row[k]), deviation = Math.Sqrt(Inputs.Average(row => (row[k] - mean) * (row[k] - mean)));
            return new ModelInput
            {
                Name = name,
                Unit = SocFeatures.UnitOf(name),
                Mean = Round(mean),
                Scale = Round(Math.Max(deviation, 1e-4)),
                Lowest = Round(Inputs.Min(row => row[k])),
                Highest = Round(Inputs.Max(row => row[k])),
            };
        }),
    ];

    // Six digits: a scale is no weight, and people read it.
    static double Round(double value) => value == 0 ? 0 : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
