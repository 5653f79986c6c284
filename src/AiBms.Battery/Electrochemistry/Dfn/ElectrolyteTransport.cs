using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>Salt and charge in the electrolyte: fluxes between cells with harmonic means, and their slopes.</summary>
/// <remarks>
/// N = −D·B·∂c/∂x (the migration part sits in the source (1 − t₊)·a·j/F), i = −κ·B·(∂φ/∂x − χ·∂ln c/∂x), χ = 2(1 − t₊)·TDF·RT/F
/// (Newman and Thomas-Alyea, "Electrochemical Systems", 3rd ed., chapter 12). Where t₊ varies, its gradient adds −(i/F)·∂t₊/∂x.
/// </remarks>
sealed class ElectrolyteTransport
{
    /// <summary>Logarithms and slopes are not taken below this, mol/m³: the electrolyte is empty there.</summary>
    const double Least = 1e-3;

    readonly ElectrolyteParameters _parameters;
    readonly CellMesh _mesh;
    readonly double[] _resistance, _diffusion, _diffusionSlope, _conduction, _conductionSlope, _chi, _chiSlope, _transference, _logarithm, _inverse;
    readonly double[] _salt, _saltByLeft, _saltByRight, _charge, _chargeByLeft, _chargeByRight, _conductance;
    readonly bool _constantTransference, _constantFactor;

    public ElectrolyteTransport(ParameterSet set, CellMesh mesh)
    {
        (_parameters, _mesh) = (set.Electrolyte, mesh);
        int n = mesh.Count;
        _constantTransference = set.Electrolyte.TransferenceFraction.IsConstant;
        _constantFactor = _constantTransference && set.Electrolyte.ThermodynamicFactor.IsConstant;
        (_diffusion, _diffusionSlope, _conduction, _conductionSlope) = (new double[n], new double[n], new double[n], new double[n]);
        (_chi, _chiSlope, _transference, _logarithm, _inverse) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        (_salt, _saltByLeft, _saltByRight) = (new double[n], new double[n], new double[n]);
        (_charge, _chargeByLeft, _chargeByRight, _conductance) = (new double[n], new double[n], new double[n], new double[n]);
        SaltPerCharge = new double[n];
        _resistance = new double[n];
        for (int i = 0; i < n; i++) _resistance[i] = mesh.WidthM[i] / (2 * mesh.TransportFraction[i]);
    }

    /// <summary>(1 − t₊)/(F·ε) by cell: salt set free per charge reacted in a volume of the cell.</summary>
    public double[] SaltPerCharge { get; }

    /// <summary>Computes properties and fluxes at a state.</summary>
    public void Evaluate(ReadOnlySpan<double> concentration, ReadOnlySpan<double> potential, double temperatureK)
    {
        double thermal = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol;
        double constantTransference = _parameters.TransferenceFraction.At(_parameters.ConcentrationMolPerM3, temperatureK);
        double constantFactor = _parameters.ThermodynamicFactor.At(_parameters.ConcentrationMolPerM3, temperatureK);
        for (int i = 0; i < concentration.Length; i++)
        {
            double c = Math.Max(concentration[i], Least);
            _diffusion[i] = _parameters.DiffusivityM2PerS.At(c, temperatureK, out _diffusionSlope[i]);
            _conduction[i] = _parameters.ConductivitySPerM.At(c, temperatureK, out _conductionSlope[i]);
            (_logarithm[i], _inverse[i]) = (Math.Log(c), 1 / c);
            double transference = constantTransference, factor = constantFactor, transferenceSlope = 0, factorSlope = 0;
            if (!_constantFactor)
            {
                transference = _parameters.TransferenceFraction.At(c, temperatureK, out transferenceSlope);
                factor = _parameters.ThermodynamicFactor.At(c, temperatureK, out factorSlope);
            }

            (_transference[i], _chi[i]) = (transference, thermal * (1 - transference) * factor);
            _chiSlope[i] = thermal * ((1 - transference) * factorSlope - transferenceSlope * factor);
            SaltPerCharge[i] = (1 - transference) / (Constants.FaradayCPerMol * _mesh.PorosityFraction[i]);
        }

        for (int i = 0; i + 1 < concentration.Length; i++) Face(i, concentration[i + 1] - concentration[i], potential[i + 1] - potential[i]);
    }

    /// <summary>Writes the transport part of the salt rates, and of the charge balance (two values a cell, φₑ's first).</summary>
    public void Balance(Span<double> saltRate, Span<double> balance)
    {
        double saltIn = 0, chargeIn = 0;
        int last = saltRate.Length - 1;
        for (int i = 0; i <= last; i++)
        {
            double saltOut = i < last ? _salt[i] : 0, chargeOut = i < last ? _charge[i] : 0;
            double volume = _mesh.PorosityFraction[i] * _mesh.WidthM[i];
            saltRate[i] = (saltIn - saltOut) / volume;
            balance[2 * i] = chargeIn - chargeOut;
            if (!_constantTransference)
            {
                double right = i < last ? 0.5 * (_transference[i + 1] - _transference[i]) * chargeOut : 0;
                double left = i > 0 ? 0.5 * (_transference[i] - _transference[i - 1]) * chargeIn : 0;
                saltRate[i] -= (right + left) / (Constants.FaradayCPerMol * volume);
            }

            (saltIn, chargeIn) = (saltOut, chargeOut);
        }
    }

    /// <summary>Fills the transport part of A = shift·M − J.</summary>
    public void Fill(TransportMatrix matrix, double shift)
    {
        int n = _mesh.Count;
        for (int i = 0; i < n; i++)
        {
            var d = matrix.Diagonal(i);
            d.Clear();
            d[0] = shift;
        }

        for (int i = 0; i + 1 < n; i++)
        {
            double volumeLeft = 1 / (_mesh.PorosityFraction[i] * _mesh.WidthM[i]), volumeRight = 1 / (_mesh.PorosityFraction[i + 1] * _mesh.WidthM[i + 1]);
            Span<double> left = matrix.Diagonal(i), right = matrix.Diagonal(i + 1), up = matrix.Upper(i), down = matrix.Lower(i + 1);
            left[0] += _saltByLeft[i] * volumeLeft;
            up[0] = _saltByRight[i] * volumeLeft;
            right[0] -= _saltByRight[i] * volumeRight;
            down[0] = -_saltByLeft[i] * volumeRight;
            left[3] += _chargeByLeft[i];
            left[4] += _conductance[i];
            (up[1], up[2]) = (_chargeByRight[i], -_conductance[i]);
            right[3] -= _chargeByRight[i];
            right[4] += _conductance[i];
            (down[1], down[2]) = (-_chargeByLeft[i], -_conductance[i]);
        }
    }

    void Face(int i, double concentrationRise, double potentialRise)
    {
        double diffusionLeft = _resistance[i] / _diffusion[i], diffusionRight = _resistance[i + 1] / _diffusion[i + 1];
        double diffusion = 1 / (diffusionLeft + diffusionRight);
        _salt[i] = -diffusion * concentrationRise;
        double bend = _salt[i] * diffusion;
        _saltByLeft[i] = diffusion + bend * diffusionLeft / _diffusion[i] * _diffusionSlope[i];
        _saltByRight[i] = -diffusion + bend * diffusionRight / _diffusion[i + 1] * _diffusionSlope[i + 1];

        double conductionLeft = _resistance[i] / _conduction[i], conductionRight = _resistance[i + 1] / _conduction[i + 1];
        double conductance = 1 / (conductionLeft + conductionRight), chi = 0.5 * (_chi[i] + _chi[i + 1]);
        double logarithmRise = _logarithm[i + 1] - _logarithm[i];
        _conductance[i] = conductance;
        _charge[i] = -conductance * (potentialRise - chi * logarithmRise);
        bend = _charge[i] * conductance;
        double byChi = 0.5 * conductance * logarithmRise;
        _chargeByLeft[i] = -conductance * chi * _inverse[i] + bend * conductionLeft / _conduction[i] * _conductionSlope[i] + byChi * _chiSlope[i];
        _chargeByRight[i] = conductance * chi * _inverse[i + 1] + bend * conductionRight / _conduction[i + 1] * _conductionSlope[i + 1]
            + byChi * _chiSlope[i + 1];
    }
}
