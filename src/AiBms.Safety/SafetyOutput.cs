using AiBms.Safety.Envelopes;
using AiBms.Safety.Protection;
using AiBms.Safety.Runaway;

namespace AiBms.Safety;

/// <summary>What the protection decided in the last step.</summary>
public readonly record struct SafetyOutput
{
    /// <summary>Time of the input, ms.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The state.</summary>
    public required ProtectionState State { get; init; }

    /// <summary>Which contactors are to be closed.</summary>
    public required ContactorCommand Contactors { get; init; }

    /// <summary>Allowed charge current, A, ≥ 0.</summary>
    public required float ChargeLimitA { get; init; }

    /// <summary>Which limit binds it.</summary>
    public required Binding ChargeBinding { get; init; }

    /// <summary>Allowed discharge current, A, ≥ 0.</summary>
    public required float DischargeLimitA { get; init; }

    /// <summary>Which limit binds it.</summary>
    public required Binding DischargeBinding { get; init; }

    /// <summary>Thermal runaway.</summary>
    public required RunawayWarning Runaway { get; init; }

    /// <summary>True while every balancing resistor must be off.</summary>
    public required bool BleedPause { get; init; }

    /// <summary>True while a cell that was deeply discharged is under its recovery charge.</summary>
    public required bool RecoveryCharge { get; init; }

    /// <summary>What a service must answer (see <see cref="ServiceChallenge.Answer"/>).</summary>
    public required uint ServiceChallenge { get; init; }
}
