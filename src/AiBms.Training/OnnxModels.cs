using System.Globalization;
using System.Text;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Onnx;

namespace AiBms.Training;

/// <summary>ONNX files as SOC estimators: with the filter beside them, and the filter's answer where the model was not trained.</summary>
static class OnnxModels
{
    /// <summary>Metadata in which a user's own model names its inputs, separated by commas; without it all measured features are given, in their order.</summary>
    const string InputsKey = "aibms.inputs";

    /// <summary>Metadata with one standard deviation of a model that gives SOC alone, 0…1.</summary>
    const string DeviationKey = "aibms.deviation";

    /// <summary>Taken where a model says nothing of its error, 0…1.</summary>
    const double UntoldDeviation = 0.05;

    /// <summary>Opens a file as an estimator for a cell.</summary>
    /// <exception cref="ModelException">It cannot be run, or asks for what is not known.</exception>
    public static ISocEstimator Open(string path, CellType cell)
    {
        string name = Path.GetFileName(path);
        OnnxStepModel model = new(File.ReadAllBytes(path), name);
        var file = model.Metadata(OnnxExport.ModelKey) is { } described ? ModelText.Parse(Encoding.UTF8.GetBytes(described), name) : Foreign(model, name);
        if (file.Inputs.Length != model.InputCount || file.Outputs.Length > model.OutputCount)
            throw new ModelException($"{name} takes {model.InputCount} numbers and gives {model.OutputCount}, but {file.Inputs.Length} features go in and {file.Outputs.Length} should come out: name the inputs in its metadata under '{InputsKey}'.");
        return new SocNetworkEstimator(cell, file, model);
    }

    static ModelFile Foreign(OnnxStepModel model, string name)
    {
        IReadOnlyList<string> inputs = model.Metadata(InputsKey)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? SocFeatures.Measured;
        string? unknown = inputs.FirstOrDefault(input => !SocFeatures.Names.Contains(input, StringComparer.Ordinal));
        if (unknown is not null) throw new ModelException($"{name} asks for '{unknown}', which is no feature; known are {string.Join(", ", SocFeatures.Names)}.");
        double deviation = UntoldDeviation;
        if (model.Metadata(DeviationKey) is { } told && !(double.TryParse(told, CultureInfo.InvariantCulture, out deviation) && deviation is > 0 and < 1))
            throw new ModelException($"{name}: '{DeviationKey}' is a number between 0 and 1, not '{told}'.");
        ModelInput soc = new() { Name = "soc", Unit = "1", Scale = 1 };
        return new()
        {
            Format = ModelFile.CurrentFormat,
            Id = name,
            Model = "soc",
            Method = "onnx",
            Title = "A user's own model",
            Inputs = [.. inputs.Select(input => new ModelInput { Name = input, Unit = SocFeatures.UnitOf(input), Scale = 1 })],
            Outputs = model.OutputCount > 1 ? [soc, soc with { Name = "log-deviation" }] : [soc],
            Settings = new Dictionary<string, double>(StringComparer.Ordinal) { [SocNetworkEstimator.DeviationSetting] = deviation },
            Training = new() { Command = "not told", Seed = 0, CodeVersion = "not told", DataHash = "not told", Split = "not told", Train = [], Choose = [], Options = new Dictionary<string, string>(StringComparer.Ordinal) },
            Validity = "Not told.",
        };
    }
}
