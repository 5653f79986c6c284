using AiBms.Battery.Simulation.Twin;
using AiBms.Safety.Limits;

namespace AiBms.Agent.Chain;

/// <summary>A simulated pack in a closed loop with the chain: the chain reads and commands, then the world moves on.</summary>
public sealed class TwinLoop
{
    /// <param name="twin">Which pack is simulated.</param>
    /// <param name="limits">The protection's limits.</param>
    /// <param name="options">Options of the chain; null for the defaults.</param>
    public TwinLoop(PackTwinOptions twin, SafetyLimits limits, PackChainOptions? options = null)
    {
        Twin = new(twin);
        Chain = new(Twin, twin.Cell, limits, options);
    }

    /// <summary>The simulated pack; its truth is for those who score.</summary>
    public PackTwin Twin { get; }

    /// <summary>The chain behind its port.</summary>
    public PackChain Chain { get; }

    /// <summary>Takes one step.</summary>
    /// <param name="request">What is wanted of the pack.</param>
    /// <param name="load">What the world does to it.</param>
    /// <param name="stepS">Length, s, &gt; 0.</param>
    public void Step(in ChainRequest request, in TwinLoad load, double stepS)
    {
        Chain.Step(request);
        Twin.Step(load, stepS);
    }
}
