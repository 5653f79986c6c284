using System.Runtime.InteropServices;
using AiBms.Agent.Settings;

namespace AiBms.Agent.Host;

/// <summary>Runs an agent until somebody ends the process: what <c>aibms agent</c> and the gateway's own program have in common.</summary>
public static class AgentProgram
{
    /// <summary>Runs it. SIGTERM and Ctrl+C end it in order: what is known is kept, what waits is handed over.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="say">Takes sentences for people.</param>
    /// <exception cref="Telemetry.DataException">Something of the configuration cannot be used.</exception>
    public static async Task RunAsync(AgentSettings settings, Action<string> say)
    {
        using var stop = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await new AgentHost(settings, AgentHome.Find(), TimeProvider.System, say).RunAsync(stop.Token).ConfigureAwait(false);
    }
}
