using AiBms.Battery.Electrochemistry.Transport;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>What an electrode's reaction does to salt and charge of the mesh's cells.</summary>
static class ReactionBalance
{
    /// <summary>Adds a reaction, A/m², to the rates of salt and the balance of charge (two values a cell, φₑ's first).</summary>
    public static void Add(PorousElectrode electrode, double[] reaction, double[] saltPerCharge, double[] widthM, Span<double> saltRate, Span<double> balance)
    {
        for (int i = 0, cell = electrode.FirstCell; i < electrode.Cells; i++, cell++)
        {
            double source = electrode.SurfacePerM[i] * reaction[i];
            saltRate[cell] += saltPerCharge[cell] * source;
            source *= widthM[cell];
            balance[2 * cell] += source;
            balance[2 * cell + 1] -= source;
        }
    }

    /// <summary>Adds the reaction's condensed slopes to the matrix.</summary>
    public static void Fill(PorousElectrode electrode, double[] saltPerCharge, double[] widthM, TransportMatrix matrix)
    {
        for (int i = 0, cell = electrode.FirstCell; i < electrode.Cells; i++, cell++)
        {
            double surface = electrode.SurfacePerM[i], salt = saltPerCharge[cell], width = widthM[cell];
            double byConcentration = surface * electrode.CondensedConcentration[i], byPotential = surface * electrode.CondensedPotential[i];
            var d = matrix.Diagonal(cell);
            d[0] -= salt * byConcentration;
            d[1] += salt * byPotential;
            d[2] -= salt * byPotential;
            d[3] -= width * byConcentration;
            d[4] += width * byPotential;
            d[5] -= width * byPotential;
            d[6] += width * byConcentration;
            d[7] -= width * byPotential;
            d[8] += width * byPotential;
        }
    }
}
