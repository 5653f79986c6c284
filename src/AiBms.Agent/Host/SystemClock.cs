using System.Runtime.InteropServices;

namespace AiBms.Agent.Host;

/// <summary>Whether the machine's clock is kept right by somebody: what the kernel says.</summary>
static class SystemClock
{
    /// <summary>Longer than struct timex of any Linux; state of a clock that nobody keeps (adjtimex(2)).</summary>
    const int TimexBytes = 512, TimeError = 5;

    /// <summary>True where a time service has set the clock and keeps it.</summary>
    public static bool IsSure()
    {
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            // All zero: asks, and sets nothing.
            return adjtimex(new byte[TimexBytes]) is >= 0 and not TimeError;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "adjtimex")]
    static extern int adjtimex([In, Out] byte[] timex);
}
