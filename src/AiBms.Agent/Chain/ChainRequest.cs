using AiBms.Battery.Control;
using AiBms.Safety.Protection;

namespace AiBms.Agent.Chain;

/// <summary>What the outside wants of a pack in one step.</summary>
/// <param name="IsOn">True asks for closed contactors.</param>
/// <param name="Control">What is wanted of charging and cooling.</param>
/// <param name="Service">What a service asks for.</param>
/// <param name="ServiceAnswer">Its answer to the challenge.</param>
public readonly record struct ChainRequest(bool IsOn, ControlRequest Control, ServiceRequest Service = ServiceRequest.None, uint ServiceAnswer = 0);
