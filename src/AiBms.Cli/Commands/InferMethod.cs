using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>Which estimator answers: the one named, an ONNX file, else the board's winner where it was trained on the cell.</summary>
/// <param name="Name">Rung, or the name of the ONNX file.</param>
/// <param name="Estimator">A fresh one.</param>
/// <param name="Why">What to tell the person about the choice; null where it was named.</param>
sealed record InferMethod(string Name, ISocEstimator Estimator, string? Why)
{
    /// <exception cref="UsageException">ONNX was asked of a program without a runtime for it.</exception>
    /// <exception cref="ModelException">The method named was not trained on the cell.</exception>
    public static InferMethod Choose(string? named, string? onnxPath, CellType cell, bool isCellTold, Extras extras)
    {
        if (onnxPath is not null)
        {
            if (named is not null) throw new UsageException("--method and --onnx exclude each other.");
            var open = extras.OpenOnnx ?? throw new UsageException("ONNX files need ONNX Runtime: start it as './aibms infer', which builds the program that has it.");
            return new(Path.GetFileName(onnxPath), open(onnxPath, cell), null);
        }

        ModelCatalogue models = new(Home.Models);
        if (named is not null) return new(named, SocEstimators.All.TryGetValue(named, out var make) ? make(cell) : SocNetworks.Create(named, cell, models), null);

        // A model of a cell that was only guessed would be a guess twice over.
        if (isCellTold && models.Knows("soc", SocNetworks.Best, cell.Id)) return new(SocNetworks.Best, SocNetworks.Create(SocNetworks.Best, cell, models), null);
        string why = isCellTold ? $"No model of method {SocNetworks.Best} was trained on {cell.Id}: the filter ({SocEstimators.Default}) answers." : $"The filter ({SocEstimators.Default}) answers: a trained model needs its cell told.";
        return new(SocEstimators.Default, SocEstimators.All[SocEstimators.Default](cell), why);
    }
}
