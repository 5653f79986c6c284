using System.Diagnostics;
using System.Globalization;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;

namespace AiBms.Bench;

/// <summary>How much faster than time the twin of the 96s2p pack runs at a step of one second, on one thread, and what it allocates.</summary>
static class TwinStep
{
    const int Steps = 3600, Rounds = 9;

    public static int Run(TextWriter print, string folder)
    {
        print.WriteLine("| 96s2p immersed, 1 s a step | µs a step, best of nine | times real time | bytes a step |");
        print.WriteLine("|---|---:|---:|---:|");
        var options = TwinHome.Load(folder, "ev_96s2p_immersion");
        Line("cells as in their file, a reading every step", options);
        Line("mismatched cells (three pairs), a reading every step", options with { Mismatch = new() });
        return 0;

        void Line(string what, PackTwinOptions pack)
        {
            (double us, long bytes) = Measure(pack);
            print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {us:0.0} | {1e6 / us:0} | {bytes} |"));
        }
    }

    static (double Us, long Bytes) Measure(PackTwinOptions options)
    {
        var twin = new PackTwin(options);
        twin.Connect();
        var reading = new PackReading(options.Layout);
        twin.Write(new(options.Layout) { PlusClosed = true, MinusClosed = true, ChargeLimitA = 300, DischargeLimitA = 300, PumpDutyFraction = 0.5, ChillerFraction = 0.3 });
        double best = double.PositiveInfinity;
        long bytes = 0;
        for (int round = -3; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            for (int k = 0; k < Steps; k++)
            {
                // A drive and its way back: the charge stays where it was.
                twin.Step(TwinLoad.Power(40_000 * Math.Sin(k * Math.Tau / 120), 25), 1);
                twin.TryRead(reading);
            }

            double us = watch.Elapsed.TotalMicroseconds / Steps;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Steps;
            if (round >= 0) best = Math.Min(best, us);
            else Thread.Sleep(150); // the compiler's second tier needs a moment
        }

        return (best, bytes);
    }
}
