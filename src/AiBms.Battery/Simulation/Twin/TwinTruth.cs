using AiBms.Battery.Packs;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>What is really so in the twin: what no sensor sees. Physical cells are counted group · cells in parallel + place in the group.</summary>
public sealed class TwinTruth
{
    readonly TwinCells _cells;
    readonly TwinString _string;
    readonly TwinThermal _thermal;
    readonly TwinContactors _contactors;
    readonly int _parallel;

    internal TwinTruth(PackLayout layout, TwinCells cells, TwinString groups, TwinThermal thermal, TwinContactors contactors) =>
        (_parallel, _cells, _string, _thermal, _contactors) = (layout.ParallelCount, cells, groups, thermal, contactors);

    /// <summary>Time since the start, s.</summary>
    public double TimeS { get; internal set; }

    /// <summary>Sums since the start.</summary>
    public TwinLedger Ledger { get; } = new();

    /// <summary>State of charge of every physical cell, of its own present capacity.</summary>
    public ReadOnlySpan<double> CellSoc => _cells.Soc;

    /// <summary>Present capacity of every physical cell, Ah.</summary>
    public ReadOnlySpan<double> CellCapacityAh => _cells.CapacityAh;

    /// <summary>Capacity lost by ageing, of each physical cell.</summary>
    public ReadOnlySpan<double> CellLossFraction => _cells.LossFraction;

    /// <summary>Current through the electrodes of each physical cell in the last step, A, positive while charging.</summary>
    public ReadOnlySpan<double> CellCurrentA => _cells.CurrentA;

    /// <summary>Heat made in each physical cell in the last step, W.</summary>
    public ReadOnlySpan<double> CellHeatW => _cells.HeatW;

    /// <summary>Core temperature of each physical cell, °C.</summary>
    public ReadOnlySpan<double> CoreDegC => _thermal.CoreDegC;

    /// <summary>Case temperature of each physical cell, °C.</summary>
    public ReadOnlySpan<double> CaseDegC => _thermal.CaseDegC;

    /// <summary>Voltage of each group at the end of the last step, V.</summary>
    public ReadOnlySpan<double> GroupVoltageV => _string.GroupVoltageV;

    /// <summary>Temperature of each group's busbar, °C.</summary>
    public ReadOnlySpan<double> BusbarDegC => _thermal.BusbarDegC;

    /// <summary>Coolant in each segment, in the order of the cells, °C; empty in air.</summary>
    public ReadOnlySpan<double> FluidDegC => _thermal.Loop is { } loop ? loop.SegmentDegC : [];

    /// <summary>Coolant in the tank, which is what enters, °C; NaN in air.</summary>
    public double TankDegC => _thermal.Loop?.TankDegC ?? double.NaN;

    /// <summary>Coolant where it leaves the pack, °C; NaN in air.</summary>
    public double OutletDegC => _thermal.Loop is { } loop ? loop.SegmentDegC[loop.IsReversed ? 0 : ^1] : double.NaN;

    /// <summary>Flow, L/min; NaN in air.</summary>
    public double FlowLPerMin => _thermal.Loop?.FlowLPerMin ?? double.NaN;

    /// <summary>Pressure of the pump, kPa; NaN in air.</summary>
    public double PumpPressureKPa => _thermal.Loop?.PressureKPa ?? double.NaN;

    /// <summary>Duty at which the pump runs, 0…1; NaN in air.</summary>
    public double PumpDutyFraction => _thermal.Loop?.DutyFraction ?? double.NaN;

    /// <summary>Coolant level, fraction of full; NaN in air.</summary>
    public double LevelFraction => _thermal.Loop?.LevelFraction ?? double.NaN;

    /// <summary>Electrical power of the pump, W.</summary>
    public double PumpW => _thermal.Loop?.PumpW ?? 0;

    /// <summary>Heat that the chiller takes, W.</summary>
    public double ChillerHeatW => _thermal.Loop?.ChillerW ?? 0;

    /// <summary>Electrical power of the chiller, W.</summary>
    public double ChillerElectricalW => _thermal.Loop?.ChillerElectricalW ?? 0;

    /// <summary>Current of the string in the last step, A, positive while charging.</summary>
    public double PackCurrentA { get; internal set; }

    /// <summary>Voltage on the cells' side of the contactors, less the cable's drop while on line, V.</summary>
    public double TerminalVoltageV { get; internal set; }

    /// <summary>Voltage behind the contactors, V.</summary>
    public double LinkVoltageV => _contactors.LinkV;

    /// <summary>Balancing board, °C.</summary>
    public double BoardDegC { get; internal set; }

    /// <summary>Surroundings in the last step, °C.</summary>
    public double AmbientDegC { get; internal set; }

    /// <summary>True while plus and minus contactor touch.</summary>
    public bool IsOnLine => _contactors.IsOnLine;

    internal bool IsPlusClosed => _contactors.IsPlusClosed;

    internal bool IsMinusClosed => _contactors.IsMinusClosed;

    internal bool IsPrechargeClosed => _contactors.IsPrechargeClosed;

    internal double SegmentOfDegC(int group) => _thermal.Loop is { } loop ? loop.SegmentDegC[_thermal.SegmentOf(group)] : AmbientDegC;

    /// <summary>Present capacity of a group, Ah.</summary>
    public double GroupCapacityAh(int group)
    {
        double sum = 0;
        for (int c = group * _parallel; c < (group + 1) * _parallel; c++) sum += _cells.CapacityAh[c];
        return sum;
    }

    /// <summary>State of charge of a group: its charge over its capacity.</summary>
    public double GroupSoc(int group)
    {
        double sum = 0;
        for (int c = group * _parallel; c < (group + 1) * _parallel; c++) sum += _cells.CapacityAh[c] * _cells.Soc[c];
        return sum / GroupCapacityAh(group);
    }

    /// <summary>Mean state of charge of all cells, weighted with their capacity.</summary>
    public double MeanSoc
    {
        get
        {
            double charge = 0, capacity = 0;
            for (int c = 0; c < _cells.Count; c++) (charge, capacity) = (charge + _cells.CapacityAh[c] * _cells.Soc[c], capacity + _cells.CapacityAh[c]);
            return charge / capacity;
        }
    }
}
