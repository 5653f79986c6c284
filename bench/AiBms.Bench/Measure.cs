using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AiBms.Bench;

/// <summary>What benches with a server in a process of its own have in common.</summary>
static class Measure
{
    /// <summary>Processor time of a process so far, s.</summary>
    public static double CpuS(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>A quantile of sorted values; NaN of none.</summary>
    public static double At(double[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)(part * (sorted.Length - 1))];

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
