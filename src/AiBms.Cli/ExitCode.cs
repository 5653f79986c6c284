using System.Net.Sockets;
using AiBms.Cli.Shell;
using AiBms.Telemetry;

namespace AiBms.Cli;

/// <summary>What the process returns. Scripts rely on these; they never change meaning.</summary>
public static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Ok = 0;

    /// <summary>A fault of the program itself; a stack trace is on stderr.</summary>
    public const int Fault = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Data cannot be read or used.</summary>
    public const int Data = 3;

    /// <summary>A cell or model is unknown, broken or does not fit.</summary>
    public const int Model = 4;

    /// <summary>A network or device failed.</summary>
    public const int Network = 5;

    /// <summary>Refused for safety or trust.</summary>
    public const int Refused = 6;

    /// <summary>The one place where an exception becomes an exit code. What is not listed is a fault of ours.</summary>
    internal static int Of(Exception problem) => problem switch
    {
        UsageException => Usage,
        DataException => Data,
        AiBms.Battery.Cells.CellException or AiBms.Battery.Estimation.Networks.ModelException => Model,
        SocketException or HttpRequestException => Network,
        // A path the user gave that is missing, a folder, or not ours to read; the message of .NET names it.
        IOException or UnauthorizedAccessException => Data,
        _ => Fault,
    };
}
