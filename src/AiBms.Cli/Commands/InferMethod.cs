using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>Which estimator answers: the one named, an ONNX file, a model of a folder named, else the learned rung that ships (chosen on choosing recordings) where it was trained on the cell.</summary>
/// <param name="Name">Rung, or the name of the ONNX file.</param>
/// <param name="Estimator">A fresh one.</param>
/// <param name="Why">What to tell the person about the choice; null where it was named.</param>
sealed record InferMethod(string Name, ISocEstimator Estimator, string? Why)
{
    /// <summary>What a person told of it.</summary>
    public sealed record Request
    {
        /// <summary>Method; null where not told.</summary>
        public required string? Named { get; init; }

        /// <summary>ONNX file; null where not told.</summary>
        public required string? OnnxPath { get; init; }

        /// <summary>Folder of models; null where not told.</summary>
        public required string? ModelFolder { get; init; }

        /// <summary>The cell.</summary>
        public required CellType Cell { get; init; }

        /// <summary>False where the cell was only guessed.</summary>
        public required bool IsCellTold { get; init; }
    }

    /// <exception cref="UsageException">ONNX was asked of a program without a runtime for it, or what was told excludes each other.</exception>
    /// <exception cref="ModelException">The method named was not trained on the cell.</exception>
    public static InferMethod Choose(Request asked, Extras extras)
    {
        var (named, cell) = (asked.Named, asked.Cell);
        if (asked.OnnxPath is { } onnxPath)
        {
            if (named is not null) throw new UsageException("--method and --onnx exclude each other.");
            if (asked.ModelFolder is not null) throw new UsageException("--models and --onnx exclude each other.");
            var open = extras.OpenOnnx ?? throw new UsageException("ONNX files need ONNX Runtime: start it as './aibms infer', which builds the program that has it.");
            return new(Path.GetFileName(onnxPath), open(onnxPath, cell), null);
        }

        ModelCatalogue models = new(asked.ModelFolder ?? Home.Models);
        if (named is not null)
        {
            if (!SocEstimators.All.TryGetValue(named, out var make)) return new(named, SocNetworks.Create(named, cell, models), null);
            return asked.ModelFolder is null ? new(named, make(cell), null) : throw new UsageException($"--models: {named} is a filter and reads no model; leave one of the two out.");
        }

        if (asked.ModelFolder is { } folder)
        {
            string found = SocNetworks.Methods.LastOrDefault(method => models.Knows("soc", method, cell.Id))
                ?? throw new ModelException($"No soc model in '{folder}' was trained on {cell.Id}: './aibms train --model soc --out {folder}' makes one.");
            return new(found, SocNetworks.Create(found, cell, models), $"The model of method {found} in {folder} answers.");
        }

        // A model of a cell that was only guessed would be a guess twice over.
        if (asked.IsCellTold && models.Knows("soc", SocNetworks.Best, cell.Id)) return new(SocNetworks.Best, SocNetworks.Create(SocNetworks.Best, cell, models), null);
        string why = asked.IsCellTold ? $"No model of method {SocNetworks.Best} was trained on {cell.Id}: the filter ({SocEstimators.Default}) answers." : $"The filter ({SocEstimators.Default}) answers: a trained model needs its cell told.";
        return new(SocEstimators.Default, SocEstimators.All[SocEstimators.Default](cell), why);
    }
}
