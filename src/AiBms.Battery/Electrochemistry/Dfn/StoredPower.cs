using AiBms.Battery.Electrochemistry.Transport;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>What an electrode's reactions store, and how it changes with them.</summary>
/// <remarks>
/// Heat is a small difference of large powers, and between solver steps the reactions of an electrode add up to the current only within the
/// tolerance. So the current is taken to be stored at a mean potential, and the reactions what they differ by: their sum no longer counts.
/// </remarks>
sealed class StoredPower(PorousElectrode electrode, CellMesh mesh, double areaM2)
{
    readonly double[] _byReaction = new double[electrode.Cells], _bySurface = new double[electrode.Cells], _evenly = new double[electrode.Cells];

    /// <summary>Mean of what a coulomb stores in this material, U − T·dU/dT, at the last <see cref="W"/>, V.</summary>
    public double MeanV { get; private set; }

    /// <summary>Power stored at the last evaluation beyond what the reactions would at an even potential, W.</summary>
    /// <param name="temperatureK">Temperature, K.</param>
    /// <param name="evenV">That potential, V; NaN for the mean of this material's own.</param>
    /// <param name="withMeanEntropic">Whether the mean of the entropic coefficients takes the place of each cell's own.</param>
    public double W(double temperatureK, double evenV, bool withMeanEntropic)
    {
        double stored = 0, reacted = 0, sum = 0;
        if (electrode.Sides is null && !electrode.IsEntropic)
        {
            // Nothing but the reaction counts, and all surface is alike: every stage of a step comes through here.
            ReadOnlySpan<double> potentials = electrode.Potential.AsSpan(0, electrode.Cells), reactions = electrode.Reaction.AsSpan(0, electrode.Cells);
            for (int i = 0; i < potentials.Length; i++)
            {
                stored += reactions[i] * potentials[i];
                reacted += reactions[i];
                sum += potentials[i];
            }

            double surface = electrode.Parameters.SurfacePerM;
            (stored, reacted) = (stored * surface, reacted * surface);
        }
        else
        {
            double mean = withMeanEntropic ? electrode.Entropic.Take(electrode.Cells).Average() : 0;
            for (int i = 0; i < electrode.Cells; i++)
            {
                double potential = electrode.Potential[i] - temperatureK * (withMeanEntropic ? mean : electrode.Entropic[i]), surface = electrode.SurfacePerM[i];
                stored += surface * electrode.MainReaction[i] * potential;
                reacted += surface * electrode.Reaction[i];
                sum += potential;
            }
        }

        MeanV = sum / electrode.Cells;
        // The cells of a layer are as wide as each other.
        return (stored - reacted * (double.IsNaN(evenV) ? MeanV : evenV)) * areaM2 * mesh.WidthM[electrode.FirstCell];
    }

    /// <summary>Keeps the slopes at the point of linearisation while the stages move on.</summary>
    public void Keep(double temperatureK, double evenV)
    {
        for (int i = 0; i < electrode.Cells; i++)
        {
            double area = electrode.SurfacePerM[i] * areaM2 * mesh.WidthM[electrode.FirstCell + i];
            _byReaction[i] = area * (electrode.Potential[i] - temperatureK * electrode.Entropic[i] - (electrode.Sides is null ? evenV : 0));
            _bySurface[i] = area * electrode.MainReaction[i] * (electrode.PotentialSlope[i] - temperatureK * electrode.EntropicSlope[i]);
            // Side reactions are in the current but store nothing: with them the two changes are not the same.
            _evenly[i] = area * evenV;
        }
    }

    /// <summary>Change of the stored power, W, with the changes of the last solve.</summary>
    public double Change()
    {
        double stored = 0;
        ReadOnlySpan<double> byReaction = _byReaction, bySurface = _bySurface, main = electrode.MainChange, surface = electrode.SurfaceChange;
        for (int i = 0; i < byReaction.Length; i++) stored += byReaction[i] * main[i] + bySurface[i] * surface[i];
        if (electrode.Sides is not null) for (int i = 0; i < electrode.Cells; i++) stored -= _evenly[i] * electrode.ReactionChange[i];
        return stored;
    }
}
