using AiBms.Cli.Shell;

namespace AiBms.Tests.Cli;

/// <summary>Runs a whole command line inside the test process, as if stdout and stderr were files.</summary>
static class CliRun
{
    /// <summary>Runs and returns what the process would have printed and returned.</summary>
    public static (int Code, string Output, string Error) Of(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(args, new Talk(output, error, Screen.None));
        return (code, output.ToString(), error.ToString());
    }
}
