namespace AiBms.Battery.Estimation.Networks;

/// <summary>The models in a folder: files called <c>model_method_trained-on.json</c>. Adding a model adds a file.</summary>
/// <param name="folder">Folder of model files; need not exist.</param>
public sealed class ModelCatalogue(string folder)
{
    /// <summary>Every model file's path, sorted.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];

    /// <summary>Reads the model of a method for a cell: the one trained on that cell alone where there is one, else one that knows it among others.</summary>
    /// <param name="model">soc, soh, rul or temp.</param>
    /// <param name="method">Rung.</param>
    /// <param name="cellId">Cell; null where the model is not bound to one.</param>
    /// <exception cref="ModelException">There is none; the message says which there are.</exception>
    public ModelFile Find(string model, string method, string? cellId)
    {
        string[] named = Named(model, method);
        return Fitting(named, model, method, cellId).OrderBy(file => file.Cells.Length).ThenBy(file => file.Id, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new ModelException($"No {model} model of method '{method}' {(cellId is null ? "" : $"was trained on {cellId} ")}in '{folder}'; there {(named.Length == 0 ? "is none of that method" : $"are {string.Join(", ", named.Select(Path.GetFileName))}")}. './aibms train --model {model} --method {method}' makes one.");
    }

    /// <summary>Whether a model of a method knows a cell.</summary>
    public bool Knows(string model, string method, string cellId) => Fitting(Named(model, method), model, method, cellId).Any();

    string[] Named(string model, string method) => [.. Files.Where(path => Path.GetFileName(path).StartsWith($"{model}_{method}_", StringComparison.Ordinal))];

    static IEnumerable<ModelFile> Fitting(string[] named, string model, string method, string? cellId) =>
        named.Select(Read).Where(file => file.Model == model && file.Method == method && (cellId is null || file.Cells.Contains(cellId, StringComparer.Ordinal)));

    /// <summary>Reads a model by its name.</summary>
    /// <param name="id">Name of the file without its ending.</param>
    /// <param name="command">What makes it, for the complaint.</param>
    /// <exception cref="ModelException">There is none of that name.</exception>
    public ModelFile Get(string id, string command) =>
        Files.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == id) is { } path ? Read(path) : throw new ModelException($"No model '{id}' is in '{folder}': '{command}' makes it.");

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelException">It is no usable model.</exception>
    public static ModelFile Read(string path) => ModelText.Parse(File.ReadAllBytes(path), Path.GetFileName(path));
}
