namespace AiBms.Battery.Simulation.Twin;

/// <summary>Sums since the start that a balance is drawn from, J and As. Positive as each name says.</summary>
public sealed class TwinLedger
{
    /// <summary>Electrical energy into the pack's terminals, J.</summary>
    public double TerminalJ { get; internal set; }

    /// <summary>Change of the enthalpy of all cells by current and self-discharge, J.</summary>
    public double StoredJ { get; internal set; }

    /// <summary>Change of the enthalpy of all cells because their capacity changed (ageing, a weak cell), J.</summary>
    public double AgedJ { get; internal set; }

    /// <summary>Heat made in cells, shorts included, J.</summary>
    public double CellHeatJ { get; internal set; }

    /// <summary>Heat made in contacts and busbars, J.</summary>
    public double BusbarHeatJ { get; internal set; }

    /// <summary>Heat made in cables, contactors and the precharge resistor, J: it leaves at once.</summary>
    public double CableHeatJ { get; internal set; }

    /// <summary>Heat made in balancing resistors, J: it leaves by way of their board.</summary>
    public double BleedJ { get; internal set; }

    /// <summary>Heat that pump, chiller (negative) and heater brought in, J.</summary>
    public double BroughtJ { get; internal set; }

    /// <summary>Heat given off to the surroundings, J.</summary>
    public double ToAmbientJ { get; internal set; }

    /// <summary>Rise of the heat held by cells, busbars, plate and fluid, J.</summary>
    public double HeldJ { get; internal set; }

    /// <summary>Charge into the terminals of the string, As.</summary>
    public double ChargeAs { get; internal set; }
}
