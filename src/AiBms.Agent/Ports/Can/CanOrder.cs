namespace AiBms.Agent.Ports.Can;

/// <summary>What of a command can be sent.</summary>
public enum CanOrder : byte
{
    /// <summary>1 closes the plus contactor.</summary>
    PlusClosed,

    /// <summary>1 closes the minus contactor.</summary>
    MinusClosed,

    /// <summary>1 closes the precharge relay.</summary>
    PrechargeClosed,

    /// <summary>Largest charge current, A.</summary>
    ChargeLimitA,

    /// <summary>Largest discharge current, A.</summary>
    DischargeLimitA,

    /// <summary>Charge current that is asked for, A.</summary>
    CurrentA,

    /// <summary>Duty of the pump.</summary>
    PumpDutyFraction,

    /// <summary>Share of the chiller.</summary>
    ChillerFraction,

    /// <summary>Share of the heater.</summary>
    HeaterFraction,

    /// <summary>1 turns the flow round.</summary>
    FlowReversed,
}
