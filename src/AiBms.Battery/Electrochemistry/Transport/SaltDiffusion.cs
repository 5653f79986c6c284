using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Transport;

/// <summary>Diffusion of salt between finite volumes: N = −D·B·∂c/∂x, and its slopes.</summary>
/// <remarks>
/// Between two centres N = −(Ψᵢ₊₁ − Ψᵢ)/(wᵢ/2Bᵢ + wᵢ₊₁/2Bᵢ₊₁) with Ψ = ∫D dc (Kirchhoff's transform): exact for a steady flux however D varies.
/// The migration part of the flux sits in the source, (1 − t₊)·a·j/F.
/// </remarks>
sealed class SaltDiffusion
{
    readonly ElectrolyteParameters _parameters;
    readonly CellMesh _mesh;
    readonly bool _harmonicFaces;
    readonly double[] _conductance, _potential, _diffusivity, _byLeft, _byRight, _volume;

    /// <param name="set">The cell.</param>
    /// <param name="mesh">Its finite volumes.</param>
    /// <param name="harmonicFaces">Harmonic means of the diffusivity at faces, as another tool has them, in place of Kirchhoff's transform.</param>
    public SaltDiffusion(ParameterSet set, CellMesh mesh, bool harmonicFaces = false)
    {
        _harmonicFaces = harmonicFaces;
        (_parameters, _mesh) = (set.Electrolyte, mesh);
        int n = mesh.Count;
        (_potential, _diffusivity, _byLeft, _byRight) = (new double[n], new double[n], new double[n], new double[n]);
        (FluxMolPerM2S, SaltPerCharge) = (new double[n], new double[n]);
        (_conductance, _volume) = (new double[n], new double[n]);
        Renew();
    }

    /// <summary>Takes the mesh's pores into use.</summary>
    public void Renew()
    {
        for (int i = 0; i < _mesh.Count; i++)
        {
            _volume[i] = 1 / (_mesh.PorosityFraction[i] * _mesh.WidthM[i]);
            if (i + 1 == _mesh.Count) break;
            _conductance[i] = 2 / (_mesh.WidthM[i] / _mesh.TransportFraction[i] + _mesh.WidthM[i + 1] / _mesh.TransportFraction[i + 1]);
        }
    }

    /// <summary>Flux through the right face of each cell; the last is 0.</summary>
    public double[] FluxMolPerM2S { get; }

    /// <summary>(1 − t₊)/(F·ε) by cell: salt set free per charge reacted in a volume of the cell, mol/C.</summary>
    public double[] SaltPerCharge { get; }

    /// <summary>Computes properties and fluxes.</summary>
    public void Evaluate(ReadOnlySpan<double> concentration, double temperatureK)
    {
        _parameters.DiffusivityM2PerS.IntegralAt(concentration, temperatureK, _potential, _diffusivity);
        if (_parameters.TransferenceFraction.IsConstant)
        {
            double share = (1 - _parameters.TransferenceFraction.At(0, temperatureK)) / Constants.FaradayCPerMol;
            for (int i = 0; i < concentration.Length; i++) SaltPerCharge[i] = share / _mesh.PorosityFraction[i];
        }
        else
        {
            for (int i = 0; i < concentration.Length; i++)
            {
                double transference = _parameters.TransferenceFraction.At(Math.Max(concentration[i], CellMesh.LeastMolPerM3), temperatureK);
                SaltPerCharge[i] = (1 - transference) / (Constants.FaradayCPerMol * _mesh.PorosityFraction[i]);
            }
        }

        if (_harmonicFaces)
        {
            FillHarmonicFaces(concentration, temperatureK);
            return;
        }

        int faces = concentration.Length - 1;
        ReadOnlySpan<double> conductance = _conductance.AsSpan(0, faces), right = _potential.AsSpan(1, faces), rightD = _diffusivity.AsSpan(1, faces);
        for (int i = 0; i < conductance.Length; i++)
        {
            FluxMolPerM2S[i] = -conductance[i] * (right[i] - _potential[i]);
            _byLeft[i] = conductance[i] * _diffusivity[i];
            _byRight[i] = -conductance[i] * rightD[i];
        }
    }

    void FillHarmonicFaces(ReadOnlySpan<double> concentration, double temperatureK)
    {
        double left = _parameters.DiffusivityM2PerS.At(concentration[0], temperatureK, out double leftSlope);
        for (int i = 0; i + 1 < concentration.Length; i++)
        {
            double right = _parameters.DiffusivityM2PerS.At(concentration[i + 1], temperatureK, out double rightSlope), rise = concentration[i + 1] - concentration[i];
            double before = _mesh.WidthM[i] / (2 * _mesh.TransportFraction[i] * left), after = _mesh.WidthM[i + 1] / (2 * _mesh.TransportFraction[i + 1] * right);
            double conductance = 1 / (before + after), bend = rise * conductance * conductance;
            FluxMolPerM2S[i] = -conductance * rise;
            _byLeft[i] = conductance - bend * before * leftSlope / left;
            _byRight[i] = -conductance - bend * after * rightSlope / right;
            (left, leftSlope) = (right, rightSlope);
        }
    }

    /// <summary>Writes the rate of concentration by diffusion, mol/(m³·s).</summary>
    public void Balance(Span<double> rate)
    {
        double entering = 0;
        for (int i = 0; i < rate.Length; i++)
        {
            double leaving = i + 1 < rate.Length ? FluxMolPerM2S[i] : 0;
            rate[i] = (entering - leaving) * _volume[i];
            entering = leaving;
        }
    }

    /// <summary>Fills A = shift·1 − J of diffusion alone.</summary>
    public void Fill(Tridiagonal matrix, double shift)
    {
        Array.Fill(matrix.Diagonal, shift);
        for (int i = 0; i + 1 < _mesh.Count; i++)
        {
            matrix.Diagonal[i] += _byLeft[i] * _volume[i];
            matrix.Upper[i] = _byRight[i] * _volume[i];
            matrix.Diagonal[i + 1] -= _byRight[i] * _volume[i + 1];
            matrix.Lower[i + 1] = -_byLeft[i] * _volume[i + 1];
        }
    }

    /// <summary>Fills the c–c parts of the blocks of A = shift·M − J, clearing the blocks first.</summary>
    public void Fill(TransportMatrix matrix, double shift)
    {
        for (int i = 0; i < _mesh.Count; i++)
        {
            var block = matrix.Diagonal(i);
            block.Clear();
            block[0] = shift;
            if (i > 0)
            {
                block[0] -= _byRight[i - 1] * _volume[i];
                matrix.Lower(i)[0] = -_byLeft[i - 1] * _volume[i];
            }

            if (i + 1 == _mesh.Count) break;
            block[0] += _byLeft[i] * _volume[i];
            matrix.Upper(i)[0] = _byRight[i] * _volume[i];
        }
    }
}
