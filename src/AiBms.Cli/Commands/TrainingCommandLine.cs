using System.Globalization;
using System.Reflection;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary>The command that makes a model again, with nothing of this machine in it. Every option is told: a default may change.</summary>
static class TrainingCommandLine
{
    /// <summary>Version of this program.</summary>
    public static string CodeVersion => typeof(TrainingCommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The command line.</summary>
    public static string Of(ITrainer trainer, string set, double? withoutDegC, string? cell, int seed, IReadOnlyDictionary<string, string> options, string? ownPath = null, int? seriesCount = null)
    {
        string command = $"./aibms train --model {trainer.Model} --method {trainer.Method} --set {set}";
        if (ownPath is not null) command += $" --data_path {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(ownPath)))}";
        if (withoutDegC is { } ambientDegC) command += string.Create(CultureInfo.InvariantCulture, $" --without {ambientDegC}");
        if (cell is not null) command += $" --cell {(Path.IsPathRooted(cell) ? Path.GetFileName(cell) : cell)}";
        if (seriesCount is { } cells) command += string.Create(CultureInfo.InvariantCulture, $" --cells {cells}");
        if (options.Count > 0) command += $" --option {string.Join(' ', options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}";
        return string.Create(CultureInfo.InvariantCulture, $"{command} --seed {seed}");
    }
}
