namespace AiBms.Cli.Shell;

/// <summary>What an exception says to a user.</summary>
static class Plain
{
    /// <summary>Its message without the name of a parameter of ours.</summary>
    public static string Words(Exception problem) => problem is ArgumentException { ParamName: { } name } ? problem.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : problem.Message;
}
