using System.Diagnostics;
using System.Globalization;

namespace AiBms.Bench;

/// <summary>Runs a script that prints one number with the system's Python, on one thread.</summary>
static class Python
{
    /// <summary>The number; null where there is no Python or it failed.</summary>
    public static double? Number(string script, params ReadOnlySpan<string> arguments)
    {
        if (!File.Exists("/usr/bin/python3")) return null;
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var python = Process.Start(start)!;
        string answer = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return double.TryParse(answer, CultureInfo.InvariantCulture, out double number) ? number : null;
    }
}
