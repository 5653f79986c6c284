using System.Numerics;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Transport;

/// <summary>Salt through the cell as modes of its diffusion at constant properties, for a reaction that is even in each electrode.</summary>
/// <remarks>
/// Galerkin with polynomials in each layer, joined at the layers' faces, diagonalised: c = Σ φₖ·aₖ with daₖ/dt = −Dλₖaₖ + gₖ·I, and what a
/// diffusivity that varies adds is −∫(D(c) − D)·B·c′·φₖ′ dx by Gauss quadrature. Mode 0 is the mean and has no slope, so salt is conserved to rounding.
/// </remarks>
sealed class SaltModes
{
    const int Layers = 3;

    /// <summary>Meshes of no more cells than this cannot tell the modes apart.</summary>
    public const int LeastCells = 7;

    /// <summary>Degree in an electrode beyond which nothing is gained: salt that is nearly steady at 2C, tenfold slower where it is dense, is met within 5 mol/m³.</summary>
    const int MostDegree = 20;

    /// <summary>Layers of polynomials of these degrees; the mesh says which means a state holds.</summary>
    public SaltModes(ParameterSet set, CellMesh mesh)
    {
        int electrode = Math.Clamp(Math.Min(mesh.NegativeCells, mesh.PositiveCells) / 2, 2, MostDegree), separator = Math.Clamp(mesh.SeparatorCells - 1, 1, 4);
        int[] degrees = [electrode, separator, electrode];
        double[] thickness = [set.Negative.ThicknessM, set.Separator.ThicknessM, set.Positive.ThicknessM];
        double[] porosity = [set.Negative.PorosityFraction, set.Separator.PorosityFraction, set.Positive.PorosityFraction];
        double[] transport = [set.Negative.TransportFraction, set.Separator.TransportFraction, set.Positive.TransportFraction];
        Count = degrees.Sum() + 1;
        double pores = 0;
        for (int e = 0; e < Layers; e++) pores += porosity[e] * thickness[e];

        double[] mass = new double[Count * Count], stiffness = new double[Count * Count], value = new double[Count], slope = new double[Count];
        (double[] nodes, double[] weights) = GaussLegendre.OnUnitInterval(electrode + 2);
        for (int e = 0; e < Layers; e++)
            for (int q = 0; q < nodes.Length; q++)
            {
                Basis(degrees, thickness, e, nodes[q], value, slope);
                double w = weights[q] * thickness[e];
                for (int i = 0; i < Count; i++)
                    for (int j = 0; j < Count; j++)
                    {
                        mass[i * Count + j] += w * porosity[e] / pores * value[i] * value[j];
                        stiffness[i * Count + j] += w * transport[e] / pores * slope[i] * slope[j];
                    }
            }

        (Eigenvalues, double[] vectors) = Generalised(stiffness, mass, Count);
        Eigenvalues[0] = 0;

        int lanes = Vector<double>.Count;
        ElectrodeNodes = (electrode + 2 + lanes - 1) / lanes * lanes;
        int separatorNodes = (separator + 2 + lanes - 1) / lanes * lanes;
        Nodes = 2 * ElectrodeNodes + separatorNodes;
        FirstPositive = Nodes - ElectrodeNodes;
        (Value, Slope, Flux) = (new double[Count * Nodes], new double[Count * Nodes], new double[Count * Nodes]);
        ElectrodeWeights = GaussLegendre.OnUnitInterval(ElectrodeNodes).Weights;
        Gain = new double[Count];
        double[] modes = new double[Count], slopes = new double[Count];
        for (int e = 0, at = 0; e < Layers; e++)
        {
            (double[] place, double[] share) = GaussLegendre.OnUnitInterval(e == 1 ? separatorNodes : ElectrodeNodes);
            for (int q = 0; q < place.Length; q++, at++)
            {
                Modes(degrees, thickness, vectors, e, place[q], value, slope, modes, slopes);
                for (int k = 0; k < Count; k++)
                {
                    (Value[k * Nodes + at], Slope[k * Nodes + at]) = (modes[k], slopes[k]);
                    Flux[k * Nodes + at] = -slopes[k] * transport[e] * share[q] * thickness[e] / pores;
                    Gain[k] += e == 1 ? 0 : (e == 0 ? -1 : 1) * share[q] * modes[k] / (set.ElectrodeAreaM2 * pores);
                }
            }
        }

        // Means over the mesh's cells, and the modes back from them: least squares weighted with the pores, which keeps the salt.
        int n = mesh.Count;
        (Means, FromMeans) = (new double[n * Count], new double[Count * n]);
        (double[] inside, double[] insideShare) = GaussLegendre.OnUnitInterval(electrode + 1);
        int[] cells = [mesh.NegativeCells, mesh.SeparatorCells, mesh.PositiveCells];
        for (int e = 0, at = 0; e < Layers; e++)
            for (int i = 0; i < cells[e]; i++, at++)
                for (int q = 0; q < inside.Length; q++)
                {
                    Modes(degrees, thickness, vectors, e, (i + inside[q]) / cells[e], value, slope, modes, slopes);
                    for (int k = 0; k < Count; k++) Means[k * n + at] += insideShare[q] * modes[k];
                }

        double[] normal = new double[Count * Count];
        for (int k = 0; k < Count; k++)
            for (int i = 0; i < n; i++)
            {
                double weighted = Means[k * n + i] * mesh.PorosityFraction[i] * mesh.WidthM[i];
                FromMeans[k * n + i] = weighted;
                for (int m = 0; m < Count; m++) normal[k * Count + m] += weighted * Means[m * n + i];
            }

        int[] pivot = new int[Count];
        LowerUpper.Factorise(normal, pivot, Count);
        double[] column = new double[Count];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < Count; k++) column[k] = FromMeans[k * n + i];
            LowerUpper.Solve(normal, pivot, Count, column);
            for (int k = 0; k < Count; k++) FromMeans[k * n + i] = column[k];
        }
    }

    /// <summary>Number of modes.</summary>
    public int Count { get; }

    /// <summary>λₖ ascending, 1/m²: a mode decays with D·λₖ; the first is 0.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>Rate of each mode per charge set free in even reactions, 1/m³ per ampere less (1 − t₊)/F.</summary>
    public double[] Gain { get; }

    /// <summary>Quadrature nodes of all layers, of one electrode, and the first of the positive electrode.</summary>
    public int Nodes { get; }

    /// <inheritdoc cref="Nodes"/>
    public int ElectrodeNodes { get; }

    /// <inheritdoc cref="Nodes"/>
    public int FirstPositive { get; }

    /// <summary>Weights of an electrode's nodes in its mean.</summary>
    public double[] ElectrodeWeights { get; }

    /// <summary>φₖ, φₖ′ (1/m) and what a flux D·c′ at a node adds to mode k, by mode and node.</summary>
    public double[] Value { get; }

    /// <inheritdoc cref="Value"/>
    public double[] Slope { get; }

    /// <inheritdoc cref="Value"/>
    public double[] Flux { get; }

    /// <summary>Means of the modes over the mesh's cells, and the modes of such means, by mode and cell.</summary>
    public double[] Means { get; }

    /// <inheritdoc cref="Means"/>
    public double[] FromMeans { get; }

    void Modes(int[] degrees, double[] thickness, double[] vectors, int layer, double place, double[] value, double[] slope, double[] modes, double[] slopes)
    {
        Basis(degrees, thickness, layer, place, value, slope);
        for (int k = 0; k < Count; k++)
        {
            (modes[k], slopes[k]) = (0, 0);
            for (int i = 0; i < Count; i++)
            {
                modes[k] += vectors[i * Count + k] * value[i];
                slopes[k] += vectors[i * Count + k] * slope[i];
            }
        }

        (modes[0], slopes[0]) = (1, 0);
    }

    /// <summary>Faces' hat functions first, then the bubbles Pₙ₊₁ − Pₙ₋₁ of each layer; place is 0…1 in the layer.</summary>
    static void Basis(int[] degrees, double[] thickness, int layer, double place, double[] value, double[] slope)
    {
        Array.Clear(value);
        Array.Clear(slope);
        (value[layer], value[layer + 1]) = (1 - place, place);
        (slope[layer], slope[layer + 1]) = (-1 / thickness[layer], 1 / thickness[layer]);
        int at = Layers + 1;
        for (int e = 0; e < layer; e++) at += degrees[e] - 1;
        double z = 2 * place - 1, before = 1, now = z;
        for (int n = 1; n < degrees[layer]; n++, at++)
        {
            double next = ((2 * n + 1) * z * now - n * before) / (n + 1);
            (value[at], slope[at]) = (next - before, 2 * (2 * n + 1) * now / thickness[layer]);
            (before, now) = (now, next);
        }
    }

    /// <summary>K·v = λ·M·v by Cholesky's factors of M; vectors are the columns, orthonormal in M.</summary>
    static (double[] Values, double[] Vectors) Generalised(double[] stiffness, double[] mass, int n)
    {
        double[] lower = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = mass[i * n + j];
                for (int k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
                lower[i * n + j] = i == j ? Math.Sqrt(sum) : sum / lower[j * n + j];
            }

        double[] reduced = [.. stiffness];
        for (int side = 0; side < 2; side++)
            for (int j = 0; j < n; j++)
                for (int i = 0; i < n; i++)
                {
                    ref double at = ref reduced[side == 0 ? i * n + j : j * n + i];
                    for (int k = 0; k < i; k++) at -= lower[i * n + k] * reduced[side == 0 ? k * n + j : j * n + k];
                    at /= lower[i * n + i];
                }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(reduced, n);
        for (int j = 0; j < n; j++)
            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++) vectors[i * n + j] -= lower[k * n + i] * vectors[k * n + j];
                vectors[i * n + j] /= lower[i * n + i];
            }

        return (values, vectors);
    }
}
