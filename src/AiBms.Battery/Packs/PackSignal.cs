namespace AiBms.Battery.Packs;

/// <summary>The signals of a pack that there is one of each, with their units in the name. Current is positive while charging.</summary>
public enum PackSignal : byte
{
    /// <summary>Pack current, A.</summary>
    CurrentA,

    /// <summary>Second current sensor, A.</summary>
    RedundantCurrentA,

    /// <summary>Voltage on the cells' side of the contactors, V.</summary>
    PackVoltageV,

    /// <summary>Voltage on the load's side of the contactors, V.</summary>
    LinkVoltageV,

    /// <summary>Isolation resistance to the housing, Ω.</summary>
    IsolationOhm,

    /// <summary>Temperature of the surroundings, °C.</summary>
    AmbientDegC,

    /// <summary>Coolant where it enters, °C.</summary>
    CoolantInletDegC,

    /// <summary>Coolant where it leaves, °C.</summary>
    CoolantOutletDegC,

    /// <summary>Coolant flow, litres per minute.</summary>
    CoolantFlowLPerMin,

    /// <summary>Coolant level, fraction of full.</summary>
    CoolantLevelFraction,

    /// <summary>Pressure of the coolant, kPa above the surroundings.</summary>
    CoolantPressureKPa,

    /// <summary>Duty at which the pump runs, 0…1.</summary>
    PumpDutyFraction,

    /// <summary>Gas in the housing, ppm.</summary>
    GasPpm,

    /// <summary>Pressure in the housing, kPa, absolute.</summary>
    HousingPressureKPa,

    /// <summary>The board with the balancing resistors, °C.</summary>
    BalancingBoardDegC,

    /// <summary>State of charge that the maker's own system reports, 0…1: shown beside ours, never estimated from.</summary>
    VendorSocFraction,

    /// <summary>State of health that the maker's own system reports, 0…1: shown beside ours, never estimated from.</summary>
    VendorSohFraction,
}
