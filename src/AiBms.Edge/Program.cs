using AiBms.Agent.Host;
using AiBms.Agent.Settings;
using AiBms.Telemetry;

// Exit codes are those of every verb: 2 the command line, 3 the configuration or data, 5 a device or disk that failed.
const string Usage = "aibms-edge --config FILE | --check FILE: looks after a pack as the file says, or only checks the file.";
if (args is not ["--config" or "--check", var path])
{
    await Console.Error.WriteLineAsync(Usage);
    return args is ["--help" or "-h"] ? 0 : 2;
}

void Say(string sentence) => Console.Error.WriteLine("aibms-edge: " + sentence);
try
{
    var settings = AgentSettingsFile.Read(path);
    if (args[0] == "--check")
    {
        AgentPorts.Check(settings, AgentHome.Find());
        Console.WriteLine($"{path}: nothing wrong with it.");
    }
    else
    {
        await AgentProgram.RunAsync(settings, Say);
    }

    return 0;
}
catch (DataException problem)
{
    Say(problem.Message);
    return 3;
}
catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException)
{
    Say(problem.Message);
    return 5;
}
