namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>Everything a physics-based model needs to know of one cell, with its source.</summary>
public sealed record ParameterSet
{
    /// <summary>Short name, as <c>--cell</c> takes it.</summary>
    public required string Id { get; init; }

    /// <summary>What cell it is.</summary>
    public required string Title { get; init; }

    /// <summary>Paper and DOI.</summary>
    public required string Source { get; init; }

    /// <summary>Nominal capacity, Ah: what 1C refers to.</summary>
    public required double CapacityAh { get; init; }

    /// <summary>Lower cut-off, V.</summary>
    public required double LowerVoltageV { get; init; }

    /// <summary>Upper cut-off, V.</summary>
    public required double UpperVoltageV { get; init; }

    /// <summary>Area of all layers together, m².</summary>
    public required double ElectrodeAreaM2 { get; init; }

    /// <summary>Temperature at which open-circuit potentials hold, K.</summary>
    public required double ReferenceTemperatureK { get; init; }

    /// <summary>Initial and ambient temperature of the set, K.</summary>
    public required double AmbientTemperatureK { get; init; }

    /// <summary>Resistance outside the electrodes, Ω.</summary>
    public double ContactResistanceOhm { get; init; }

    /// <summary>Negative electrode.</summary>
    public required ElectrodeParameters Negative { get; init; }

    /// <summary>Separator.</summary>
    public required SeparatorParameters Separator { get; init; }

    /// <summary>Positive electrode.</summary>
    public required ElectrodeParameters Positive { get; init; }

    /// <summary>Electrolyte.</summary>
    public required ElectrolyteParameters Electrolyte { get; init; }

    /// <summary>Whether electrolyte, separator and the layers' transport are known; a file for the single particle alone has none of them.</summary>
    public bool HasElectrolyte => !double.IsNaN(Separator.ThicknessM);

    /// <summary>Whether an electrode has two active materials.</summary>
    public bool IsBlended => Negative.Second is not null || Positive.Second is not null;

    /// <summary>What a model with an electrolyte says to a set without one.</summary>
    internal string NoElectrolyte => $"'{Id}' describes single particles alone, without electrolyte and separator: use the model spm";

    /// <summary>Heat capacity of the cell, J/K; NaN where the source gives no thermal data.</summary>
    public double HeatCapacityJPerK { get; init; } = double.NaN;

    /// <summary>Cooling, W/K: heat transfer coefficient times area; NaN where the source gives no thermal data.</summary>
    public double CoolingWPerK { get; init; } = double.NaN;

    /// <summary>Resistance between core and case, K/W; 0 for one temperature of the whole cell.</summary>
    public double CoreToCaseKPerW { get; init; }

    /// <summary>Share of the heat capacity that the case holds, where core and case are apart.</summary>
    public double CaseHeatFraction { get; init; } = 0.1;

    /// <summary>Volume that heat densities refer to, m³; NaN where the source gives none.</summary>
    public double VolumeM3 { get; init; } = double.NaN;

    /// <summary>Lithium that the active material of an electrode can hold, as charge, Ah.</summary>
    public double ElectrodeCapacityAh(ElectrodeParameters electrode) =>
        Units.ToAmpereHours(Constants.FaradayCPerMol * ElectrodeAreaM2 * electrode.ThicknessM * electrode.ActiveFraction
            * electrode.MaximumConcentrationMolPerM3);
}
