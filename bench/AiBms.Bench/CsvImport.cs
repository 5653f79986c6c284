using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AiBms.Telemetry.Csv;
using AiBms.Telemetry.Readings;
using Sylvan.Data.Csv;

namespace AiBms.Bench;

/// <summary>How fast text becomes columns of numbers: our reader, the whole door, and the fastest CSV package, on the same bytes in the same run.</summary>
static class CsvImport
{
    const int Rows = 2_000_000, Runs = 7;
    const double MegaByte = 1e6;

    public static int Run(TextWriter to)
    {
        string path = Path.Combine(Path.GetTempPath(), $"aibms-bench-{Environment.ProcessId}.csv");
        try
        {
            byte[] text = Drive();
            File.WriteAllBytes(path, text);
            to.WriteLine($"{Rows} rows of time_s, voltage_v, current_a, temperature_c, capacity_ah, {text.Length / MegaByte:F1} MB; best and middle of {Runs} runs, per second of processor time");
            to.WriteLine($"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
            to.WriteLine();
            to.WriteLine("| what | MB/s best | MB/s middle |");
            to.WriteLine("|---|---|---|");
            double check = double.NaN;
            Measure(to, "ours: bytes in memory to columns", text.Length, () => Same(ref check, Ours(text)));
            Measure(to, "Sylvan.Data.Csv: bytes in memory to columns", text.Length, () => Same(ref check, Package(text)));
            Measure(to, "ours: the whole door, from the file (dialect, SHA-256, checks, sign, findings)", text.Length, () => Same(ref check, RecordingDoor.Open(path).VoltageV.Sum()));
            return 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    static byte[] Drive()
    {
        var random = new Random(1);
        var text = new StringBuilder("time_s,voltage_v,current_a,temperature_c,capacity_ah\n");
        double chargeAh = 0;
        for (int i = 0; i < Rows; i++)
        {
            double currentA = -3 + 6 * random.NextDouble();
            chargeAh += currentA / 3600;
            text.Append(CultureInfo.InvariantCulture, $"{i},{3.7 + 0.03 * currentA:F5},{currentA:F5},{25 + 3 * random.NextDouble():F3},{chargeAh:F5}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    static double Ours(byte[] text)
    {
        var layout = new Layout("bench") { FirstDataLine = 1 };
        string[] names = ["time_s", "voltage_v", "current_a", "temperature_c", "capacity_ah"];
        for (int i = 0; i < names.Length; i++)
            layout.Columns.Add(new(i == 1 ? Role.Voltage : Role.Extra, i, names[i], names[i], ""));
        var window = new ByteWindow(new MemoryStream(text), 1 << 18);
        window.Fill();
        window.Start = text.AsSpan().IndexOf((byte)'\n') + 1;
        return new CsvTableReader(window, layout, new('.', DayFirst: false, LineEndsWithReturn: false)).Read(2).Numbers[1]!.Sum();
    }

    static double Package(byte[] text)
    {
        using var reader = new StreamReader(new MemoryStream(text), Encoding.UTF8, false, 1 << 16);
        using CsvDataReader csv = CsvDataReader.Create(reader, new CsvDataReaderOptions { BufferSize = 1 << 16 });
        List<double>[] columns = [[], [], [], [], []];
        while (csv.Read())
        {
            for (int i = 0; i < columns.Length; i++)
                columns[i].Add(csv.GetDouble(i));
        }

        return columns[1].Sum();
    }

    /// <summary>Both must have read the same numbers, or the times mean nothing.</summary>
    static void Same(ref double check, double sum)
    {
        if (double.IsNaN(check))
            check = sum;
        else if (check != sum)
            throw new InvalidOperationException($"The readers disagree: {check} and {sum}.");
    }

    static void Measure(TextWriter to, string what, long bytes, Action run)
    {
        using var process = Process.GetCurrentProcess();
        run();
        double[] rates = new double[Runs];
        for (int i = 0; i < Runs; i++)
        {
            // Processor time, not the clock on the wall: other programs share the machine.
            TimeSpan before = process.TotalProcessorTime;
            run();
            process.Refresh();
            rates[i] = bytes / MegaByte / (process.TotalProcessorTime - before).TotalSeconds;
        }

        Array.Sort(rates);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {rates[^1]:F0} | {rates[Runs / 2]:F0} |"));
    }
}
