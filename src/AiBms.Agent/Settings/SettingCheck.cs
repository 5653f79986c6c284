using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Agent.Settings;

/// <summary>Says what is wrong with a key of a configuration file.</summary>
/// <param name="file">The file's name, for messages.</param>
sealed class SettingCheck(string file)
{
    /// <summary>The complaint about a key.</summary>
    public DataException Wrong(string key, string what, string instead) => new($"{file}: {key} {what}: {instead}.");

    /// <summary>Refuses a number that is out of range, or none.</summary>
    public void Range(string key, double number, double low, double high)
    {
        if (!(number >= low && number <= high)) throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"is {number}"), string.Create(CultureInfo.InvariantCulture, $"give {low:0.###} to {high:0.###}"));
    }

    /// <summary>Refuses an empty text.</summary>
    public void Filled(string key, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw Wrong(key, "is empty", "give one");
    }

    /// <summary>Refuses a file that is not named or not there.</summary>
    public void File(string key, string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw Wrong(key, "is missing", "name a file");
        if (!System.IO.File.Exists(path)) throw Wrong(key, $"names {path}, which is not there", "name a file that is");
    }
}
