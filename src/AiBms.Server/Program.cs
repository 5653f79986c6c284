using System.CommandLine;
using AiBms.Server;
using AiBms.Telemetry;

try
{
    return await ServerCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (DataException problem)
{
    await Console.Error.WriteLineAsync("aibms: " + problem.Message);
    return 3;
}
catch (IOException problem)
{
    await Console.Error.WriteLineAsync("aibms: " + problem.Message);
    return 5;
}
