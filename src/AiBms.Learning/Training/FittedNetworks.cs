using System.Diagnostics;
using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Training;

/// <summary>Networks that were fitted in this process, so that a rung which is made of another's network does not fit it again: the same key gives the same weights.</summary>
public sealed class FittedNetworks
{
    readonly Dictionary<string, (ModelFile Network, double ProcessorS)> _made = new(StringComparer.Ordinal);

    /// <summary>Processor time that the networks which were not fitted again had taken, s: a rung is charged with it.</summary>
    public double SharedS { get; private set; }

    /// <summary>The network of a key: what was fitted before, or what is fitted now.</summary>
    public ModelFile Take(string key, Func<ModelFile> fit)
    {
        if (_made.TryGetValue(key, out var made))
        {
            SharedS += made.ProcessorS;
            return made.Network;
        }

        double before = ProcessorS;
        var network = fit();
        _made[key] = (network, ProcessorS - before);
        return network;
    }

    /// <summary>Processor time of this process, s.</summary>
    public static double ProcessorS => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
