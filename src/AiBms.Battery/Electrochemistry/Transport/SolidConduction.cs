using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Transport;

/// <summary>Charge in the two solid networks: φₛ = 0 at the negative collector, the current enters at the positive one.</summary>
sealed class SolidConduction
{
    readonly CellMesh _mesh;
    readonly double[] _conductance;
    readonly double _ground;

    public SolidConduction(ParameterSet set, CellMesh mesh)
    {
        _mesh = mesh;
        _ground = set.Negative.ConductivitySPerM / (mesh.WidthM[0] / 2);
        _conductance = new double[mesh.Count];
        for (int i = 0; i + 1 < mesh.Count; i++)
        {
            double conductivity = i + 1 < mesh.NegativeCells ? set.Negative.ConductivitySPerM
                : i >= mesh.FirstPositive ? set.Positive.ConductivitySPerM : 0;
            _conductance[i] = conductivity / (0.5 * (mesh.WidthM[i] + mesh.WidthM[i + 1]));
        }
    }

    /// <summary>Adds the currents in A/m² to the balance (two values a cell, φₛ's second); in the separator φₛ is pinned to zero.</summary>
    public void Balance(ReadOnlySpan<double> potential, double enteringAPerM2, Span<double> balance)
    {
        double left = -_ground * potential[0];
        for (int i = 0; i < potential.Length; i++)
        {
            bool separator = i >= _mesh.NegativeCells && i < _mesh.FirstPositive;
            double right = i + 1 < potential.Length ? -_conductance[i] * (potential[i + 1] - potential[i]) : -enteringAPerM2;
            if (separator) balance[2 * i + 1] = -potential[i];
            else balance[2 * i + 1] += left - right;
            left = right;
        }
    }

    /// <summary>Fills the solid part of A = shift·M − J, after the transport and reaction parts.</summary>
    public void Fill(TransportMatrix matrix)
    {
        matrix.Diagonal(0)[8] += _ground;
        for (int i = 0; i + 1 < _mesh.Count; i++)
        {
            matrix.Diagonal(i)[8] += _conductance[i];
            matrix.Diagonal(i + 1)[8] += _conductance[i];
            matrix.Upper(i)[3] = -_conductance[i];
            matrix.Lower(i + 1)[3] = -_conductance[i];
        }

        for (int i = _mesh.NegativeCells; i < _mesh.FirstPositive; i++) matrix.Diagonal(i)[8] = 1;
    }
}
