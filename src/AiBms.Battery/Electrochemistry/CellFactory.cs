using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Battery.Electrochemistry;

/// <summary>Makes a physics-based model of a cell by kind and resolution.</summary>
public static class CellFactory
{
    /// <summary>Makes the model.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="set">The cell.</param>
    /// <param name="resolution">How finely.</param>
    /// <param name="lumpedThermal">Whether the cell's temperature is a state.</param>
    /// <param name="ageing">What ages; null for nothing.</param>
    public static ElectrochemicalCell Create(ModelKind kind, ParameterSet set, Resolution resolution, bool lumpedThermal, CellAgeing? ageing = null)
    {
        ElectrochemicalCell cell = kind == ModelKind.Dfn
            ? new DfnSystem(set, new()
            {
                NegativeCells = resolution.ElectrodeCells,
                SeparatorCells = resolution.SeparatorCells,
                PositiveCells = resolution.ElectrodeCells,
                ParticleTerms = resolution.ParticleTerms,
                LumpedThermal = lumpedThermal,
                Ageing = ageing,
            })
            : new SpmSystem(set, new()
            {
                WithElectrolyte = kind == ModelKind.Spme,
                NegativeCells = resolution.ElectrodeCells,
                SeparatorCells = resolution.SeparatorCells,
                PositiveCells = resolution.ElectrodeCells,
                ParticleTerms = resolution.ParticleTerms,
                LumpedThermal = lumpedThermal,
                Ageing = ageing,
            });
        cell.Tolerance = resolution.Tolerance;
        return cell;
    }
}
