namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>The parameter sets in a folder, found by name. One JSON file a set: adding a set adds a file.</summary>
public sealed class ParameterSetCatalogue(string folder)
{
    const int MostBases = 5;

    /// <summary>Names of all sets, sorted.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Where a set lies, by its name or as the JSON file that is named.</summary>
    public string PathOf(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? name : Path.Combine(folder, name + ".json");

    /// <summary>Finds a set by its name, or reads the JSON file that is named: our own form or BPX.</summary>
    /// <exception cref="FormatException">The file is not a usable set; the message names the file and the value.</exception>
    /// <exception cref="KeyNotFoundException">No set has that name; the message lists those there are.</exception>
    public ParameterSet Find(string name) => Find(name, MostBases);

    ParameterSet Find(string name, int bases)
    {
        string path = PathOf(name);
        if (!File.Exists(path)) throw new KeyNotFoundException($"No parameter set is called '{name}'. Known: {string.Join(", ", Names)}.");
        try
        {
            string json = File.ReadAllText(path);
            using var document = System.Text.Json.JsonDocument.Parse(json);
            if (DerivedSetReader.IsDerived(document.RootElement))
            {
                if (bases == 0) throw new FormatException($"'base' leads from set to set more than {MostBases} times");
                return DerivedSetReader.Read(document.RootElement, of => Find(Beside(path, of), bases - 1));
            }

            return BpxReader.IsBpx(document.RootElement)
                ? BpxReader.Read(document.RootElement, Path.GetFileNameWithoutExtension(path))
                : ParameterSetReader.Read(json);
        }
        catch (System.Text.Json.JsonException problem)
        {
            throw new FormatException($"{path}: this is no whole JSON from line {problem.LineNumber + 1} on: it may be empty or cut off", problem);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new FormatException($"{path}: {problem.Message}", problem);
        }
    }

    /// <summary>A base that is a file lies beside the file that names it.</summary>
    static string Beside(string path, string of) =>
        of.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !Path.IsPathRooted(of) ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, of) : of;
}
