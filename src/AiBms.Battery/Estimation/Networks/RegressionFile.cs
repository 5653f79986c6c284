namespace AiBms.Battery.Estimation.Networks;

/// <summary>An estimate from one row of features as a model file has it: how chosen columns are scaled, and what is computed from them.</summary>
/// <remarks>
/// Scaled column = clamp((value − Center) / Scale, ±Farthest), 0 where the value is not known. On these: <c>constant</c> gives the intercept;
/// <c>linear</c> adds weights times columns and, after those, times products of two of the <see cref="Squared"/> columns; <c>kernel</c> adds weights
/// times exp(−d²/(2·Length²·n)) + Linear·dot/n for each kept row at distance d; <c>trees</c> adds trees; <c>network</c> adds the first output of its
/// layers; <c>average</c> is the mean of its parts.
/// </remarks>
public sealed record RegressionFile
{
    /// <summary>Kinds that are known.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["constant", "linear", "kernel", "trees", "network", "average"];

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Which of the model's inputs are used.</summary>
    public int[] Columns { get => field ?? []; init; }

    /// <summary>Subtracted from each column.</summary>
    public double[] Center { get => field ?? []; init; }

    /// <summary>Divides each column after that, above 0.</summary>
    public double[] Scale { get => field ?? []; init; }

    /// <summary>Scaled columns are held within this many scales; 0 for no holding.</summary>
    public double Farthest { get; init; }

    /// <summary>Places among the columns whose products of two enter.</summary>
    public int[] Squared { get => field ?? []; init; }

    /// <summary>One for each column and product, or for each kept row.</summary>
    public double[] Weights { get => field ?? []; init; }

    /// <summary>Added to the sum, of the target's unit (or its logarithm).</summary>
    public double Intercept { get; init; }

    /// <summary>Multiplies what trees and layers give.</summary>
    public double OutputScale { get => field == 0 ? 1 : field; init; }

    /// <summary>Scaled rows that a kernel kept.</summary>
    public float[][] Rows { get => field ?? []; init; }

    /// <summary>Length scale of a kernel, for each root of the number of columns.</summary>
    public double Length { get; init; }

    /// <summary>Share of the linear kernel.</summary>
    public double Linear { get; init; }

    /// <summary>Trees on the scaled columns, summed.</summary>
    public TreeFile[] Trees { get => field ?? []; init; }

    /// <summary>Layers without memory on the scaled columns.</summary>
    public LayerFile[] Layers { get => field ?? []; init; }

    /// <summary>Input that the sum is added to: a forecast of physics that the rest corrects; null for none.</summary>
    public int? BaseInput { get; init; }

    /// <summary>The sum is the logarithm of the estimate.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>What is averaged.</summary>
    public RegressionFile[] Parts { get => field ?? []; init; }

    /// <summary>What is wrong with it in words; null when it can be used.</summary>
    public string? Fault(int inputCount)
    {
        if (!Kinds.Contains(Kind, StringComparer.Ordinal)) return $"'{Kind}' is no kind of regression; known are {string.Join(", ", Kinds)}";
        if (Columns.Any(k => k < 0 || k >= inputCount) || Center.Length != Columns.Length || Scale.Length != Columns.Length || Scale.Any(s => !(s > 0))) return "a regression has a centre and a scale above 0 for each column it uses";
        if (BaseInput is { } based && (based < 0 || based >= inputCount)) return "the base of a regression is one of the inputs";
        if (Squared.Any(k => k < 0 || k >= Columns.Length)) return "a product is of columns that are used";
        int wanted = Kind switch { "linear" => Columns.Length + Squared.Length * (Squared.Length + 1) / 2, "kernel" => Rows.Length, _ => 0 };
        if (Weights.Length != wanted) return $"a {Kind} regression has {wanted} weights here, not {Weights.Length}";
        if (Weights.Any(w => !double.IsFinite(w)) || !double.IsFinite(Intercept)) return "a weight is not finite";
        if (Rows.Any(row => row.Length != Columns.Length) || Kind == "kernel" && !(Length > 0)) return "a kernel has a length above 0 and rows as long as its columns";
        if (Kind == "network" && (Layers.Length == 0 || Layers[0].Inputs != Columns.Length)) return "the layers do not fit the columns";
        if (Kind == "average" && Parts.Length == 0) return "an average has parts";
        return Trees.Select(tree => tree.Fault(Columns.Length)).Concat(Parts.Select(part => part.Fault(inputCount))).FirstOrDefault(fault => fault is not null);
    }
}
