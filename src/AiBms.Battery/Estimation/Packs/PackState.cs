using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>What estimation knows of a pack at one time: what control and protection work with. Made once and filled again and again.</summary>
/// <remarks>Cells are parallel groups in series order; charge and capacity are those of the group. Unknown numbers are NaN, unknown power is zero.</remarks>
public sealed class PackState
{
    /// <summary>Times that power is stated for, s; the last is continuous.</summary>
    public static IReadOnlyList<double> PowerTimesS { get; } = [2, 10, 30, double.PositiveInfinity];

    /// <summary>Times ahead that temperature is forecast for, s.</summary>
    public static IReadOnlyList<double> ForecastTimesS { get; } = [10, 60, 300, 600];

    /// <summary>Makes room for a pack; nothing is known.</summary>
    public PackState(PackLayout layout)
    {
        int cells = layout.SeriesCount;
        (CellSoc, CellSocDeviation, CellValidity) = (new double[cells], new double[cells], new SocValidity[cells]);
        (CapacityAh, CapacityAhDeviation) = (new double[cells], new double[cells]);
        (ResistanceRatio, ResistanceRatioDeviation) = (new double[cells], new double[cells]);
        (CoreDegC, CoreDegCDeviation, CaseDegC) = (new double[cells], new double[cells], new double[cells]);
        Charge = new PowerLimit[PowerTimesS.Count];
        Discharge = new PowerLimit[PowerTimesS.Count];
        HotSpotForecast = new TemperatureEstimate[ForecastTimesS.Count];
        Imbalance = new(cells);
        Health = new(cells);
        Findings = new(cells);
        Clear();
    }

    /// <summary>Time of the reading this was made from, s.</summary>
    public double TimeS { get; internal set; }

    /// <summary>Whether the pack's figures may be used, and if not, why: the worst of its parts.</summary>
    public SocValidity Validity { get; internal set; }

    /// <summary>Charge-based SOC of each cell, 0…1.</summary>
    public double[] CellSoc { get; }

    /// <summary>One standard deviation of <see cref="CellSoc"/>.</summary>
    public double[] CellSocDeviation { get; }

    /// <summary>Whether each cell's estimate may be used, and if not, why.</summary>
    public SocValidity[] CellValidity { get; }

    /// <summary>Capacity of each cell, Ah.</summary>
    public double[] CapacityAh { get; }

    /// <summary>One standard deviation of <see cref="CapacityAh"/>, Ah.</summary>
    public double[] CapacityAhDeviation { get; }

    /// <summary>Resistance of each cell over that of the cell type at the same temperature.</summary>
    public double[] ResistanceRatio { get; }

    /// <summary>One standard deviation of <see cref="ResistanceRatio"/>.</summary>
    public double[] ResistanceRatioDeviation { get; }

    /// <summary>Temperature inside each cell, °C.</summary>
    public double[] CoreDegC { get; }

    /// <summary>One standard deviation of <see cref="CoreDegC"/>, K.</summary>
    public double[] CoreDegCDeviation { get; }

    /// <summary>Temperature of each cell's case, °C.</summary>
    public double[] CaseDegC { get; }

    /// <summary>SOC of the pack: 0 when the first cell is empty, 1 when the first is full; charge based.</summary>
    public SocBand Soc { get; internal set; }

    /// <summary>Share of the pack's charge that can be taken out at the present temperature and recent load.</summary>
    public SocBand UsableSoc { get; internal set; }

    /// <summary>Mean SOC of the cells.</summary>
    public SocBand MeanSoc { get; internal set; }

    /// <summary>Offset of the current sensor as estimated, A: measured = true + offset; NaN while unknown.</summary>
    public double CurrentOffsetA { get; internal set; }

    /// <summary>Measured voltage of the mean cell less that of the model before it was corrected, V; NaN while unknown.</summary>
    public double ResidualV { get; internal set; }

    /// <summary>Energy that can be taken out now.</summary>
    public EnergyEstimate Energy { get; internal set; }

    /// <summary>Time until a charge that goes on as now has filled the first cell, s, its taper included; NaN while nothing is charged.</summary>
    public double FullInS { get; internal set; }

    /// <summary>Charge limits, one for each of <see cref="PowerTimesS"/>.</summary>
    public PowerLimit[] Charge { get; }

    /// <summary>Discharge limits, one for each of <see cref="PowerTimesS"/>.</summary>
    public PowerLimit[] Discharge { get; }

    /// <summary>How uneven the pack is.</summary>
    public ImbalanceState Imbalance { get; }

    /// <summary>How healthy the cells are.</summary>
    public HealthState Health { get; }

    /// <summary>What the estimates say is wrong.</summary>
    public FindingList Findings { get; }

    /// <summary>The hottest cell core now.</summary>
    public TemperatureEstimate HotSpot { get; internal set; }

    /// <summary>The hottest cell core later, one for each of <see cref="ForecastTimesS"/>, under the load that is known or goes on.</summary>
    public TemperatureEstimate[] HotSpotForecast { get; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        (TimeS, Validity, CurrentOffsetA, ResidualV, FullInS) = (double.NaN, SocValidity.Unknown, double.NaN, double.NaN, double.NaN);
        foreach (double[] values in (ReadOnlySpan<double[]>)[CellSoc, CellSocDeviation, CapacityAh, CapacityAhDeviation, ResistanceRatio, ResistanceRatioDeviation, CoreDegC, CoreDegCDeviation, CaseDegC])
            Array.Fill(values, double.NaN);
        Array.Fill(CellValidity, SocValidity.Unknown);
        (Soc, UsableSoc, MeanSoc) = (SocBand.Unknown, SocBand.Unknown, SocBand.Unknown);
        (Energy, HotSpot) = (EnergyEstimate.Unknown, TemperatureEstimate.Unknown);
        Array.Fill(Charge, PowerLimit.Unknown);
        Array.Fill(Discharge, PowerLimit.Unknown);
        Array.Fill(HotSpotForecast, TemperatureEstimate.Unknown);
        Imbalance.Clear();
        Health.Clear();
        Findings.Clear();
    }
}
