namespace AiBms.Cli;

/// <summary>What the process returns. Scripts rely on these; they never change meaning.</summary>
public static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Ok = 0;

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
}
