namespace AiBms.Cli.Shell;

/// <summary>What stands behind stdout and stderr: terminals or files, with or without colour.</summary>
/// <param name="OutputIsTerminal">A person reads stdout.</param>
/// <param name="ErrorIsTerminal">A person reads stderr: progress may be shown.</param>
/// <param name="Colour">Colour is wanted: stdout is a terminal and NO_COLOR is not set.</param>
/// <param name="Width">Columns to lay tables out for.</param>
sealed record Screen(bool OutputIsTerminal, bool ErrorIsTerminal, bool Colour, int Width)
{
    const int PlainWidth = 110;

    /// <summary>No terminal anywhere: plain text of a fixed width, the same on every machine.</summary>
    public static Screen None { get; } = new(false, false, false, PlainWidth);

    /// <summary>The screen of the running process.</summary>
    public static Screen OfThisProcess()
    {
        bool output = !Console.IsOutputRedirected, error = !Console.IsErrorRedirected;
        bool colour = output && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new(output, error, colour, output && Console.WindowWidth > 0 ? Console.WindowWidth : PlainWidth);
    }
}
