using System.CommandLine;
using AiBms.Server;
using AiBms.Telemetry;

// Exit codes are those of every verb: 2 the command line, 3 data or files that cannot be used, 5 ports.
try
{
    var parsed = ServerCommand.Create().Parse(args);
    bool answersItself = parsed.Action is not null and not System.CommandLine.Invocation.ParseErrorAction;
    if (parsed.Errors.Count > 0 && !answersItself)
    {
        await Console.Error.WriteLineAsync($"aibms: {parsed.Errors[0].Message} See 'aibms {parsed.CommandResult.Command.Name} --help'.");
        return 2;
    }

    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
}
catch (WrongOptionException problem)
{
    await Console.Error.WriteLineAsync($"aibms: {problem.Message}");
    return 2;
}
catch (PortException problem)
{
    await Console.Error.WriteLineAsync($"aibms: {problem.Message}");
    return 5;
}
catch (Exception problem) when (problem is DataException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync("aibms: " + problem.Message);
    return 3;
}
