using System.Text.Json;
using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>Reads and writes a model as JSON.</summary>
public static class ModelText
{
    /// <summary>Reads a model.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="name">What to call it in complaints.</param>
    /// <exception cref="ModelException">The text is not a usable model; the message says why in one sentence.</exception>
    public static ModelFile Parse(ReadOnlySpan<byte> json, string name)
    {
        ModelFile? model;
        try
        {
            model = JsonSerializer.Deserialize(json, ModelJson.Default.ModelFile);
        }
        catch (JsonException problem)
        {
            throw new ModelException($"{name} is not a model file: {problem.Message}", problem);
        }

        if (model is null) throw new ModelException($"{name} is empty.");
        return model.Fault() is { } fault ? throw new ModelException($"{name}: {fault}.") : model;
    }

    /// <summary>Writes a model as indented JSON, arrays of numbers on one line each. Every weight is read back to the bit.</summary>
    public static string Format(ModelFile model) => NumberRows.Of(JsonSerializer.Serialize(model, ModelJson.Default.ModelFile));
}
