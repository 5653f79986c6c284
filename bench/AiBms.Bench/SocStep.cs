using System.Diagnostics;
using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;

namespace AiBms.Bench;

/// <summary>Time and memory of one step of each estimator, beside a plain NumPy filter of the same size in the same run.</summary>
static class SocStep
{
    const int Steps = 200_000, Rounds = 9;

    // An extended Kalman filter of eight states written the way engineers write it: matrices, one step a second.
    const string NumPyFilter = """
        import time, numpy as np
        n = 8; x = np.zeros(n); x[0] = 0.8; P = np.eye(n) * 1e-3; F = np.eye(n) * 0.99; Q = np.eye(n) * 1e-8; H = np.ones((1, n)); R = 1e-4
        best = 1e9
        for r in range(5):
            t = time.perf_counter()
            for k in range(4000):
                x = F @ x; P = F @ P @ F.T + Q
                S = (H @ P @ H.T)[0, 0] + R; K = (P @ H.T)[:, 0] / S
                x = x + K * (1e-3 - (H @ x)[0]); P = P - np.outer(K, H @ P)
            best = min(best, (time.perf_counter() - t) / 4000)
        print(best * 1e9)
        """;

    public static int Run(TextWriter print, string cellFile)
    {
        var cell = CellFile.Parse(File.ReadAllBytes(cellFile), cellFile);
        print.WriteLine("| one step | ns, best of nine | bytes |");
        print.WriteLine("|---|---:|---:|");
        double filterNs = 0;
        foreach (var (name, make) in SocEstimators.All)
        {
            (double ns, long bytes) = Measure(make(cell));
            if (name == SocEstimators.Default) filterNs = ns;
            print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ns:0} | {bytes} |"));
        }

        if (Python.Number(NumPyFilter) is { } numPyNs)
            print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| NumPy, eight states, Debian's python3-numpy | {numPyNs:0} | |\n\nNumPy takes {numPyNs / filterNs:0.0} times as long as {SocEstimators.Default}."));
        else
            print.WriteLine("\nNo NumPy here: install python3-numpy for the ratio.");
        return 0;
    }

    static (double Ns, long Bytes) Measure(ISocEstimator estimator)
    {
        var samples = new CellSample[1024];
        for (int k = 0; k < samples.Length; k++) samples[k] = new(0, -2 + 3 * Math.Sin(0.1 * k), 3.8, 22 + 0.001 * k);
        estimator.Start(SocStart.Told(0.8));
        double timeS = 0, best = double.PositiveInfinity;
        long bytes = 0;
        for (int round = -3; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            for (int k = 0; k < Steps; k++) estimator.Step(samples[k & 1023] with { TimeS = timeS++ });
            double ns = watch.Elapsed.TotalNanoseconds / Steps;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Steps;
            if (round >= 0) best = Math.Min(best, ns);
            else Thread.Sleep(150); // the compiler's second tier needs a moment
        }

        return (best, bytes);
    }
}
