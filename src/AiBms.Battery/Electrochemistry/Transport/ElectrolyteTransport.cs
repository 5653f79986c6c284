using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Transport;

/// <summary>Salt and charge in the electrolyte: fluxes between cells with harmonic means, and their slopes.</summary>
/// <remarks>
/// i = −κ·B·(∂φ/∂x − χ·∂ln c/∂x), χ = 2(1 − t₊)·TDF·RT/F (Newman and Thomas-Alyea, "Electrochemical Systems", 3rd ed., chapter 12).
/// Where t₊ varies, its gradient adds −(i/F)·∂t₊/∂x to the salt; that small term is left out of the Jacobian.
/// </remarks>
sealed class ElectrolyteTransport
{
    readonly ElectrolyteParameters _parameters;
    readonly CellMesh _mesh;
    readonly SaltDiffusion _diffusion;
    // As long as whole machine vectors, and one more, so that a face finds the cell to its right.
    readonly double[] _salt, _rise, _resistance, _conduction, _conductionSlope, _chi, _chiSlope, _transference, _logarithm, _inverse, _drop, _dropSlope;
    readonly double[] _current, _byLeft, _byRight, _conductance;
    readonly bool _constantTransference, _constantFactor;

    /// <param name="set">The cell.</param>
    /// <param name="mesh">Its finite volumes.</param>
    /// <param name="plainFaces">Arithmetic means of the conductivity at faces, as another tool has them: an error of first order where layers differ.</param>
    public ElectrolyteTransport(ParameterSet set, CellMesh mesh, bool plainFaces = false)
    {
        (_plainFaces, _widthM) = (plainFaces, mesh.WidthM);
        (_parameters, _mesh, _diffusion) = (set.Electrolyte, mesh, new(set, mesh, plainFaces));
        int n = mesh.Count;
        _constantTransference = set.Electrolyte.TransferenceFraction.IsConstant;
        _constantFactor = _constantTransference && set.Electrolyte.ThermodynamicFactor.IsConstant;
        int lanes = (n + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count + Vector<double>.Count;
        (_conduction, _conductionSlope, _salt, _rise) = (new double[lanes], new double[lanes], new double[lanes], new double[lanes]);
        (_chi, _chiSlope, _transference, _logarithm, _inverse) = (new double[lanes], new double[lanes], new double[lanes], new double[lanes], new double[lanes]);
        (_current, _byLeft, _byRight, _conductance) = (new double[lanes], new double[lanes], new double[lanes], new double[lanes]);
        (_resistance, _drop, _dropSlope) = (new double[lanes], new double[lanes], new double[lanes]);
        foreach (double[] values in (double[][])[_conduction, _salt, _resistance]) Array.Fill(values, 1);
        Renew();
    }

    /// <summary>Takes the mesh's pores into use.</summary>
    public void Renew()
    {
        _diffusion.Renew();
        for (int i = 0; i < _mesh.Count; i++) _resistance[i] = _mesh.WidthM[i] / (2 * _mesh.TransportFraction[i]);
    }

    /// <summary>(1 − t₊)/(F·ε) by cell, mol/C.</summary>
    public double[] SaltPerCharge => _diffusion.SaltPerCharge;

    /// <summary>Computes properties and fluxes at a state.</summary>
    public void Evaluate(ReadOnlySpan<double> concentration, ReadOnlySpan<double> potential, double temperatureK)
    {
        _diffusion.Evaluate(concentration, temperatureK);
        double thermal = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol;
        double transference = _parameters.TransferenceFraction.At(_parameters.ConcentrationMolPerM3, temperatureK);
        double chi = thermal * (1 - transference) * _parameters.ThermodynamicFactor.At(_parameters.ConcentrationMolPerM3, temperatureK);
        int n = concentration.Length;
        for (int i = 0; i < n; i++) _salt[i] = Math.Max(concentration[i], CellMesh.LeastMolPerM3);
        for (int i = 0; i + 1 < n; i++) _rise[i] = potential[i + 1] - potential[i];
        _parameters.ConductivitySPerM.At(_salt.AsSpan(0, n), temperatureK, _conduction, _conductionSlope);
        ReadOnlySpan<Vector<double>> salt = Wide(_salt), resistance = Wide(_resistance), conduction = Wide(_conduction), slope = Wide(_conductionSlope);
        Span<Vector<double>> logarithm = Wide(_logarithm), inverse = Wide(_inverse), drop = Wide(_drop), dropSlope = Wide(_dropSlope);
        for (int i = 0; i < salt.Length; i++)
        {
            (logarithm[i], inverse[i]) = (Vector.Log(salt[i]), Vector<double>.One / salt[i]);
            var perConduction = Vector<double>.One / conduction[i];
            drop[i] = resistance[i] * perConduction;
            dropSlope[i] = drop[i] * perConduction * slope[i];
        }

        if (_constantFactor) Array.Fill(_chi, chi, 0, n);
        else
        {
            for (int i = 0; i < n; i++)
            {
                _transference[i] = _parameters.TransferenceFraction.At(_salt[i], temperatureK, out double transferenceSlope);
                double factor = _parameters.ThermodynamicFactor.At(_salt[i], temperatureK, out double factorSlope);
                _chi[i] = thermal * (1 - _transference[i]) * factor;
                _chiSlope[i] = thermal * ((1 - _transference[i]) * factorSlope - transferenceSlope * factor);
            }
        }

        if (_plainFaces) for (int i = 0; i + 1 < n; i++) PlainFace(i, potential[i + 1] - potential[i]);
        else for (int i = 0; i + 1 < n; i += Vector<double>.Count) Faces(i);
    }

    /// <summary>∫χ d(ln c) from the negative electrode to the positive one, as means over both, at the last evaluation, V.</summary>
    public double ConcentrationV()
    {
        double along = 0, negative = 0, positive = 0;
        for (int i = 0; i < _mesh.Count; i++)
        {
            if (i > 0) along += 0.5 * (_chi[i - 1] + _chi[i]) * (_logarithm[i] - _logarithm[i - 1]);
            if (i < _mesh.NegativeCells) negative += along;
            else if (i >= _mesh.FirstPositive) positive += along;
        }

        return positive / _mesh.PositiveCells - negative / _mesh.NegativeCells;
    }

    /// <summary>Writes the transport part of the salt rates, and of the charge balance (two values a cell, φₑ's first).</summary>
    public void Balance(Span<double> saltRate, Span<double> balance)
    {
        _diffusion.Balance(saltRate);
        double entering = 0;
        int last = saltRate.Length - 1;
        for (int i = 0; i <= last; i++)
        {
            double leaving = i < last ? _current[i] : 0;
            (balance[2 * i], balance[2 * i + 1]) = (entering - leaving, 0);
            if (!_constantTransference)
            {
                double right = i < last ? 0.5 * (_transference[i + 1] - _transference[i]) * leaving : 0;
                double left = i > 0 ? 0.5 * (_transference[i] - _transference[i - 1]) * entering : 0;
                saltRate[i] -= (right + left) / (Constants.FaradayCPerMol * _mesh.PorosityFraction[i] * _mesh.WidthM[i]);
            }

            entering = leaving;
        }
    }

    /// <summary>Fills the transport part of A = shift·M − J.</summary>
    public void Fill(TransportMatrix matrix, double shift)
    {
        _diffusion.Fill(matrix, shift);
        for (int i = 0; i + 1 < _mesh.Count; i++)
        {
            Span<double> left = matrix.Diagonal(i), right = matrix.Diagonal(i + 1), up = matrix.Upper(i), down = matrix.Lower(i + 1);
            left[3] += _byLeft[i];
            left[4] += _conductance[i];
            (up[1], up[2]) = (_byRight[i], -_conductance[i]);
            right[3] -= _byRight[i];
            right[4] += _conductance[i];
            (down[1], down[2]) = (-_byLeft[i], -_conductance[i]);
        }
    }

    readonly bool _plainFaces;
    readonly double[] _widthM;

    /// <summary>As many faces as a machine vector holds, from one on.</summary>
    void Faces(int i)
    {
        int right = i + 1;
        Vector<double> before = new(_drop, i), after = new(_drop, right), conductance = Vector<double>.One / (before + after);
        Vector<double> chi = new Vector<double>(0.5) * (new Vector<double>(_chi, i) + new Vector<double>(_chi, right)), logarithmRise = new Vector<double>(_logarithm, right) - new Vector<double>(_logarithm, i);
        var current = -conductance * (new Vector<double>(_rise, i) - chi * logarithmRise);
        Vector<double> bend = current * conductance, byChi = new Vector<double>(0.5) * conductance * logarithmRise, bySalt = conductance * chi;
        conductance.CopyTo(_conductance, i);
        current.CopyTo(_current, i);
        (bend * new Vector<double>(_dropSlope, i) + byChi * new Vector<double>(_chiSlope, i) - bySalt * new Vector<double>(_inverse, i)).CopyTo(_byLeft, i);
        (bend * new Vector<double>(_dropSlope, right) + byChi * new Vector<double>(_chiSlope, right) + bySalt * new Vector<double>(_inverse, right)).CopyTo(_byRight, i);
    }

    /// <summary>What stands before a slope is a harmonic mean at a face, that of 1/c, and what stands before a sum an arithmetic one.</summary>
    void PlainFace(int i, double potentialRise)
    {
        double mean = 2 / (1 / _inverse[i] + 1 / _inverse[i + 1]), rise = 1 / _inverse[i + 1] - 1 / _inverse[i], bends = 0.5 * rise * mean * mean;
        (double logarithmRise, double fromLeft, double fromRight) = (mean * rise, -mean - bends, mean - bends);
        (double before, double after) = (_widthM[i] / (2 * _drop[i]), _widthM[i + 1] / (2 * _drop[i + 1]));
        double conductance = (before + after) / (_widthM[i] + _widthM[i + 1]);
        (double left, double right) = (before / ((before + after) * conductance), after / ((before + after) * conductance));
        double chi = 0.5 * (_chi[i] + _chi[i + 1]);
        _conductance[i] = conductance;
        _current[i] = -conductance * (potentialRise - chi * logarithmRise);
        double bend = _current[i] * conductance, byChi = 0.5 * conductance * logarithmRise;
        _byLeft[i] = conductance * chi * fromLeft + bend * left / _conduction[i] * _conductionSlope[i] + byChi * _chiSlope[i];
        _byRight[i] = conductance * chi * fromRight + bend * right / _conduction[i + 1] * _conductionSlope[i + 1] + byChi * _chiSlope[i + 1];
    }

    static Span<Vector<double>> Wide(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());
}
