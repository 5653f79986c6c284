using System.Globalization;

namespace AiBms.Cli.Shell;

/// <summary>One line on a terminal that is written over ten times a second and wiped at the end.</summary>
/// <param name="terminal">Where to draw; null draws nothing.</param>
/// <param name="doing">What is going on.</param>
/// <param name="total">How much there is to do; 0 when not known.</param>
/// <param name="time">The clock.</param>
sealed class ProgressLine(TextWriter? terminal, string doing, long total, TimeProvider time) : IProgress<long>, IDisposable
{
    const int Columns = 60, BarColumns = 30;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // The first drawing waits too, so that what is quick shows nothing.
    long _drawn = time.GetTimestamp();
    bool _visible;

    /// <summary>Shows how much is done, in the units of the total.</summary>
    public void Report(long value)
    {
        if (terminal is null || time.GetElapsedTime(_drawn) < Pause) return;
        (_drawn, _visible) = (time.GetTimestamp(), true);
        double fraction = total > 0 ? Math.Clamp((double)value / total, 0, 1) : 0;
        int full = (int)(fraction * BarColumns);
        string bar = total > 0
            ? $"[{new string('#', full)}{new string('.', BarColumns - full)}] {(fraction * 100).ToString("F0", CultureInfo.InvariantCulture)} %"
            : value.ToString(CultureInfo.InvariantCulture);
        terminal.Write($"\r{doing} {bar}".PadRight(Columns));
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (_visible) terminal!.Write($"\r{new string(' ', Columns)}\r");
        _visible = false;
    }
}
