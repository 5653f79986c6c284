using System.CommandLine;

namespace AiBms.Cli.Shell;

/// <summary>What a verb may write to: never a file that it reads, and a picture only under a picture's name.</summary>
static class OutputRules
{
    static readonly StringComparison s_pathsCompare = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Refuses an output that is one of the inputs: it may be the only copy of a measurement.</summary>
    /// <param name="option">Name of the option that gave the output.</param>
    /// <param name="output">The file to write; null for none.</param>
    /// <param name="inputs">The files that are read; null for none. Links are not followed.</param>
    /// <exception cref="UsageException">They are the same file.</exception>
    public static void MustNotReplace(string option, string? output, params IEnumerable<string?> inputs)
    {
        if (string.IsNullOrWhiteSpace(output)) return;
        string full = Path.GetFullPath(output);
        foreach (string? input in inputs)
        {
            if (!string.IsNullOrWhiteSpace(input) && Path.GetFullPath(input).Equals(full, s_pathsCompare))
                throw new UsageException($"{option} {output} would replace a file that is read: give another name.");
        }
    }

    /// <summary>Refuses a picture under another name than .png: PNG is what is written.</summary>
    public static void TakesPng(this Option<string?> option) =>
        option.Takes(path => path!.EndsWith(".png", StringComparison.OrdinalIgnoreCase), $"{option.Name} writes a PNG: give a name that ends in .png.");
}
