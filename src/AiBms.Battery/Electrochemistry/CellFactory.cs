using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Battery.Electrochemistry;

/// <summary>Makes a physics-based model of a cell by kind and resolution.</summary>
public static class CellFactory
{
    /// <summary>Makes the model; <paramref name="lumpedThermal"/> adds the cell's temperature to its states.</summary>
    public static ElectrochemicalCell Create(ModelKind kind, ParameterSet set, Resolution resolution, bool lumpedThermal)
    {
        ElectrochemicalCell cell = kind == ModelKind.Dfn
            ? new DfnSystem(set, new()
            {
                NegativeCells = resolution.ElectrodeCells,
                SeparatorCells = resolution.SeparatorCells,
                PositiveCells = resolution.ElectrodeCells,
                ParticleTerms = resolution.ParticleTerms,
                LumpedThermal = lumpedThermal,
            })
            : new SpmSystem(set, new()
            {
                WithElectrolyte = kind == ModelKind.Spme,
                NegativeCells = resolution.ElectrodeCells,
                SeparatorCells = resolution.SeparatorCells,
                PositiveCells = resolution.ElectrodeCells,
                ParticleTerms = resolution.ParticleTerms,
                LumpedThermal = lumpedThermal,
            });
        cell.Tolerance = resolution.Tolerance;
        return cell;
    }
}
