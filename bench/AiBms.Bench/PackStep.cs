using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;

namespace AiBms.Bench;

/// <summary>Time and memory of one reading of a pack: all cells at once, beside a separate filter for each cell and a NumPy version in the same run.</summary>
static class PackStep
{
    const int Rounds = 9;

    // The small filters of all cells as NumPy arrays, five states and the upper triangle of the covariance, the way one vectorises them in Python.
    const string NumPyFilters = """
        import time, sys, numpy as np
        n = int(sys.argv[1]); steps = 400 if n < 1000 else 60
        x = np.zeros((5, n)); P = np.zeros((5, 5, n)); v = 3.7 + 0.001 * np.random.default_rng(1).standard_normal(n)
        for i, d in enumerate((0.1, 0.1, 0.03, 1e-7, 0.005)): P[i, i] = d * d
        grid = np.linspace(0, 1, 101); ocv = 3 + 1.2 * grid
        best = 1e9
        for r in range(5):
            t = time.process_time()
            for k in range(steps):
                F = np.eye(5); F[0, 2] = -1e-5; F[0, 3] = -1; F[4, 4] = 0.9999
                x = F @ x; P = np.einsum('ij,jkn,lk->iln', F, P, F)
                P[4, 4] += 1e-9
                o = np.interp(0.6 + x[0], grid, ocv); s = np.interp(0.61 + x[0], grid, ocv) - np.interp(0.59 + x[0], grid, ocv); s /= 0.02
                H = np.zeros((5, n)); H[0] = s; H[1] = -0.05; H[4] = 1
                y = v - v.mean() - (o - o.mean()) + 0.05 * x[1] - x[4]
                PH = np.einsum('ijn,jn->in', P, H); S = (H * PH).sum(0) + 2e-6; S = np.maximum(S, y * y / 16)
                K = PH / S; x = x + K * y; P = P - K[:, None, :] * PH[None, :, :]
            best = min(best, (time.process_time() - t) / steps)
        print(best * 1e9)
        """;

    public static int Run(TextWriter print, string cellFile, string packFile)
    {
        var cell = CellFile.Parse(File.ReadAllBytes(cellFile), cellFile);
        var pack = PackFile.Parse(File.ReadAllBytes(packFile), packFile);
        print.WriteLine("| one reading | cells | µs, best of nine | bytes |");
        print.WriteLine("|---|---:|---:|---:|");
        double small = Row(print, "pack estimator: cells, temperatures, imbalance, health, findings", 96, Pack(Sized(pack, 96), cell, BatchOnly), 20_000);
        Row(print, "the same with power every second and energy every minute", 96, Pack(Sized(pack, 96), cell, new()), 5_000);
        double separate = Row(print, "a separate filter for each cell", 96, Separate(cell, 96), 2_000);
        double large = Row(print, "pack estimator: cells, temperatures, imbalance, health, findings", 10_000, Pack(Sized(pack, 10_000), cell, BatchOnly), 200);
        double? smallNumPy = NumPy(print, 96), largeNumPy = NumPy(print, 10_000);
        print.WriteLine();
        print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Separate filters take {separate / small:0.0} times as long."));
        if (smallNumPy is { } s && largeNumPy is { } l) print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NumPy takes {s / small:0.0} times as long for 96 cells, {l / large:0.0} times for 10,000."));
        return 0;
    }

    static PackEstimatorOptions BatchOnly { get; } = new() { Power = new() { EveryS = 1e12 }, Energy = new() { EveryS = 1e12 } };

    static PackLayout Sized(PackLayout pack, int cells) => pack with
    {
        SeriesCount = cells,
        Modules = [new("M", 0, cells)],
        Probes = [.. Enumerable.Range(0, Math.Max(2, cells / 4)).Select(k => new TemperatureProbe($"T{k}", Math.Min(cells - 1, 4 * k), ProbePlace.Case))],
        TapCells = [.. Enumerable.Range(0, cells)],
    };

    static Action<int> Pack(PackLayout layout, CellType cell, PackEstimatorOptions options)
    {
        var estimator = new PackEstimator(layout, cell, options);
        var state = new PackState(layout);
        var reading = new PackReading(layout);
        Array.Fill(reading.ProbeTemperatureDegC, 24);
        Array.Fill(reading.ProbeQualities, SignalQuality.Good);
        Array.Fill(reading.CellQualities, SignalQuality.Good);
        int n = layout.SeriesCount;
        double capacityAh = estimator.Group.CapacityAh;
        return k =>
        {
            reading.TimeS = k;
            reading[PackSignal.CurrentA] = capacityAh * 0.5 * Math.Sin(0.1 * k);
            double v = 3.7 + 0.02 * Math.Sin(0.1 * k);
            for (int i = 0; i < n; i++) reading.CellVoltageV[i] = v + 1e-3 * (i & 7);
            estimator.Update(reading, state);
        };
    }

    static Action<int> Separate(CellType cell, int count)
    {
        EkfEstimator<double>[] filters = [.. Enumerable.Range(0, count).Select(_ => new EkfEstimator<double>(cell))];
        return k =>
        {
            double v = 3.7 + 0.02 * Math.Sin(0.1 * k), currentA = cell.CapacityAh * 0.5 * Math.Sin(0.1 * k);
            for (int i = 0; i < filters.Length; i++) filters[i].Step(new(k, currentA, v + 1e-3 * (i & 7), 24));
        };
    }

    static double Row(TextWriter print, string name, int cells, Action<int> step, int steps)
    {
        double best = double.PositiveInfinity;
        long bytes = 0;
        int k = 0;
        for (int round = -4; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();

            // Processor time, not the clock on the wall: other programs share the machine.
            var began = Environment.CpuUsage.TotalTime;
            for (int n = 0; n < steps; n++) step(k++);
            double us = (Environment.CpuUsage.TotalTime - began).TotalMicroseconds / steps;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / steps;
            if (round >= 0) best = Math.Min(best, us);
            else Thread.Sleep(150); // the compiler's second tier needs a moment
        }

        print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {cells} | {best:0.00} | {bytes} |"));
        return best;
    }

    static double? NumPy(TextWriter print, int cells)
    {
        double? ns = Python.Number(NumPyFilters, cells.ToString(CultureInfo.InvariantCulture));
        print.WriteLine(ns is { } t
            ? string.Create(CultureInfo.InvariantCulture, $"| NumPy, the small filters only, Debian's python3-numpy | {cells} | {t / 1000:0.00} | |")
            : $"| NumPy is not installed | {cells} | | |");
        return ns / 1000;
    }
}
