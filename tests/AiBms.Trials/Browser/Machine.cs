using System.Globalization;

namespace AiBms.Trials.Browser;

/// <summary>Whether the machine has time for us: a clock on the wall says nothing of a program that waits for its turn.</summary>
static class Machine
{
    const double BusyPerCore = 2;

    /// <summary>Ends a trial as skipped where more than two programs a core wanted to run in the last minute; what came before it was looked at all the same.</summary>
    public static void SkipIfBusy()
    {
        if (!File.Exists("/proc/loadavg")) return;
        double load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.SkipWhen(load > BusyPerCore * Environment.ProcessorCount, $"skipped: {load:0} programs want to run on {Environment.ProcessorCount} cores, times say nothing");
    }
}
