namespace AiBms.Battery.Packs;

/// <summary>What a pack is told. Made once and filled again and again; as made, everything is off.</summary>
public sealed class PackCommand
{
    /// <summary>Makes room for a pack.</summary>
    public PackCommand(PackLayout layout) => Bleed = new bool[layout.SeriesCount];

    /// <summary>True closes the plus contactor.</summary>
    public bool PlusClosed { get; set; }

    /// <summary>True closes the minus contactor.</summary>
    public bool MinusClosed { get; set; }

    /// <summary>True closes the precharge relay.</summary>
    public bool PrechargeClosed { get; set; }

    /// <summary>Largest charge current that charger and load are told, A, ≥ 0.</summary>
    public double ChargeLimitA { get; set; }

    /// <summary>Largest discharge current that charger and load are told, A, ≥ 0.</summary>
    public double DischargeLimitA { get; set; }

    /// <summary>Current asked for where the pack has a say in it (a charger), A, positive while charging.</summary>
    public double CurrentA { get; set; }

    /// <summary>Which balancing resistors are to be on.</summary>
    public bool[] Bleed { get; }

    /// <summary>Duty of the coolant pump, 0…1.</summary>
    public double PumpDutyFraction { get; set; }

    /// <summary>True turns the flow round, where the pack can.</summary>
    public bool FlowReversed { get; set; }

    /// <summary>Share of the chiller's power, 0…1.</summary>
    public double ChillerFraction { get; set; }

    /// <summary>Share of the heater's power, 0…1.</summary>
    public double HeaterFraction { get; set; }

    /// <summary>Everything off and open.</summary>
    public void Clear()
    {
        (PlusClosed, MinusClosed, PrechargeClosed, FlowReversed) = (false, false, false, false);
        (ChargeLimitA, DischargeLimitA, CurrentA) = (0, 0, 0);
        (PumpDutyFraction, ChillerFraction, HeaterFraction) = (0, 0, 0);
        Array.Clear(Bleed);
    }
}
