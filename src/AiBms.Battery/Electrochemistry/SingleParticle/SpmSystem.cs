using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Battery.Electrochemistry.Transport;
using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>The single particle model, with (SPMe) or without (SPM) electrolyte, as a stiff system.</summary>
/// <remarks>
/// Unknowns: negative particle, positive particle, salt by cell (mol/m³, SPMe), ageing, temperature (K, lumped), then current (A) and voltage (V).
/// SPMe is the canonical one of Marquis et al., J. Electrochem. Soc. 166 (2019) A3693, doi:10.1149/2.0341915jes: even reactions,
/// χ·(mean ln c₊ − mean ln c₋), ohmic drops L/3κ, L/κ, L/3κ and L/3σ with κ at the mean concentration.
/// </remarks>
public sealed class SpmSystem : ElectrochemicalCell
{
    readonly ParticleElectrode _negative, _positive;
    readonly CellMesh? _mesh;
    readonly SaltDiffusion? _diffusion;
    readonly Tridiagonal? _matrix;
    readonly double[] _saltSource, _saltByCurrent, _bySalt, _rowSalt, _there;
    readonly int _n, _positiveParticle, _salt, _ageing, _positiveAgeing, _current;
    readonly double _solidOhm, _restMolPerM3, _area;
    LoadEquation _load;
    double _concentrationV, _ohmicGeometry, _byCurrentOhm, _responseOhm, _loadByCurrent, _loadByVoltage, _currentNowA, _voltageThere, _currentThere, _storedPerA, _storedNegative, _storedPositive;

    /// <summary>A model of a cell with a resolution.</summary>
    public SpmSystem(ParameterSet set, SpmOptions options)
        : base(StressedDiffusivity.Of(set, options.Ageing), options.LumpedThermal)
    {
        set = Set;
        Options = options;
        if (set.IsBlended) throw new ArgumentException($"'{set.Id}' has two materials in an electrode, which one particle cannot stand for: use the model dfn", nameof(set));
        if (options.WithElectrolyte && !set.HasElectrolyte) throw new ArgumentException(set.NoElectrolyte, nameof(set));
        if (options.WithElectrolyte)
        {
            _mesh = new(set, options.NegativeCells, options.SeparatorCells, options.PositiveCells);
            (_diffusion, _matrix, _n) = (new(set, _mesh, options.LikePyBamm), new(_mesh.Count), _mesh.Count);
        }

        _negative = new(set.Negative, set, options.ParticleTerms, -1, 0, _mesh?.NegativeCells ?? 0, options.Ageing?.Negative, options.LikePyBamm);
        _positive = new(set.Positive, set, options.ParticleTerms, 1, _mesh?.FirstPositive ?? 0, _mesh?.PositiveCells ?? 0, options.Ageing?.Positive, options.LikePyBamm);
        _positiveParticle = _negative.Particles.StateCount;
        _salt = _positiveParticle + _positive.Particles.StateCount;
        _ageing = _salt + _n;
        _positiveAgeing = _ageing + (_negative.Sides?.StateCount ?? 0);
        DifferentialCount = _positiveAgeing + (_positive.Sides?.StateCount ?? 0) + SharedCount;
        _current = DifferentialCount;
        (_saltSource, _saltByCurrent, _bySalt, _rowSalt) = (new double[_n], new double[_n], new double[_n], new double[_n]);
        _there = new double[Size];
        _area = set.ElectrodeAreaM2;
        _restMolPerM3 = set.Electrolyte.ConcentrationMolPerM3;
        _solidOhm = set.ContactResistanceOhm;
        if (_mesh is null) return;
        _solidOhm += (set.Negative.ThicknessM / set.Negative.ConductivitySPerM + set.Positive.ThicknessM / set.Positive.ConductivitySPerM) / (3 * _area);
        _ohmicGeometry = OhmicGeometry(_mesh);
        for (int i = 0; i < _n; i++)
            _saltSource[i] = i < _mesh.NegativeCells ? -1 / (_area * set.Negative.ThicknessM)
                : i >= _mesh.FirstPositive ? 1 / (_area * set.Positive.ThicknessM) : 0;
    }

    /// <summary>The resolution.</summary>
    public SpmOptions Options { get; }

    /// <inheritdoc/>
    public override bool IsAgeing => _ageing < DifferentialCount - SharedCount;

    /// <inheritdoc/>
    public override int Size => _current + 2;

    /// <inheritdoc/>
    public override int DifferentialCount { get; }

    /// <inheritdoc/>
    public override int PotentialCount => 0;

    /// <inheritdoc/>
    public override int CurrentIndex => _current;

    /// <summary>The terminal voltage itself.</summary>
    public override int CollectorIndex => _current + 1;

    /// <summary>Whether steps have a form closed but for heat, film and the salt's varying properties.</summary>
    internal bool HasClosedForm => !HasCase && !(Options.LikePyBamm && Options.WithElectrolyte) &&
        _negative.Particles is ModalParticles && _positive.Particles is ModalParticles && Options.Ageing?.Positive is null
        && Options.Ageing?.Negative is null or { Plating: null, Mechanics: null, FillsPores: false }
        && (_mesh is null || (Set.Electrolyte.TransferenceFraction.IsConstant && _mesh.Count > SaltModes.LeastCells));

    /// <summary>Whether that form is exact at every step length: nothing but the particles changes.</summary>
    internal bool IsExact => !IsThermal && _mesh is null && !IsAgeing;

    /// <summary>The electrodes, for the closed form.</summary>
    internal (ParticleElectrode Negative, ParticleElectrode Positive) Electrodes => (_negative, _positive);

    /// <summary>Resistance outside the particles and what the salt's logarithms are multiplied with, Ω and V.</summary>
    internal (double Ohm, double PerLogarithmV) Outside(double temperatureK)
    {
        if (_mesh is null) return (_solidOhm, 0);
        var electrolyte = Set.Electrolyte;
        return (_solidOhm + _ohmicGeometry / electrolyte.ConductivitySPerM.At(Options.ConductivityConcentrationFactor * _restMolPerM3, temperatureK),
            2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol * (1 - electrolyte.TransferenceFraction.At(_restMolPerM3, temperatureK))
                * electrolyte.ThermodynamicFactor.At(_restMolPerM3, temperatureK));
    }

    /// <summary>Where the salt and the negative electrode's ageing begin in a state.</summary>
    internal (int Salt, int Ageing) Offsets => (_salt, _ageing);

    /// <inheritdoc/>
    public override CellMesh? Mesh => _mesh;

    /// <inheritdoc/>
    public override double PlatingMarginV => _negative.PotentialV - _negative.DropV;

    /// <inheritdoc/>
    public override OverpotentialSplit Overpotentials(ReadOnlySpan<double> state)
    {
        double solidOhm = _solidOhm - Set.ContactResistanceOhm;
        return new(_negative.PotentialV - _negative.OpenCircuitV - _negative.DropV, _positive.PotentialV - _positive.OpenCircuitV - _positive.DropV, _concentrationV,
            (_byCurrentOhm - _solidOhm) * _currentNowA, solidOhm * _currentNowA);
    }

    /// <inheritdoc/>
    public override (double NegativeStoichiometry, double PositiveStoichiometry) Surface => (_negative.SurfaceStoichiometry, _positive.SurfaceStoichiometry);

    /// <inheritdoc/>
    public override ReadOnlySpan<double> ElectrolyteMolPerM3(ReadOnlySpan<double> state) => state.Slice(_salt, _n);

    /// <inheritdoc/>
    public override double VoltageV(double collectorPotentialV, double currentA) => collectorPotentialV;

    /// <inheritdoc/>
    public override (double Negative, double Positive) StoichiometryAt(ReadOnlySpan<double> state, double radiusFraction)
    {
        Span<double> there = stackalloc double[1];
        _negative.Particles.At(state[.._positiveParticle], radiusFraction, there);
        double negative = there[0];
        _positive.Particles.At(state[_positiveParticle.._salt], radiusFraction, there);
        return (negative, there[0]);
    }

    /// <inheritdoc/>
    public override (double Negative, double Positive) MeanStoichiometry(ReadOnlySpan<double> state)
    {
        Span<double> mean = stackalloc double[1];
        _negative.Particles.Mean(state[.._positiveParticle], mean);
        double negative = mean[0];
        _positive.Particles.Mean(state[_positiveParticle.._salt], mean);
        return (negative, mean[0]);
    }

    /// <inheritdoc/>
    public override void Refill(Span<double> state, double negativeStoichiometry, double positiveStoichiometry)
    {
        Renew(state);
        _negative.Particles.Fill(state[.._positiveParticle], negativeStoichiometry);
        _positive.Particles.Fill(state[_positiveParticle.._salt], positiveStoichiometry);
        state.Slice(_salt, _n).Fill(_restMolPerM3);
        RestShared(state);
        GuessPotentials(state, 0);
    }

    /// <inheritdoc/>
    public override void Renew(Span<double> state)
    {
        if (!IsAgeing) return;
        _negative.Renew(state[.._positiveParticle], NegativeAgeing(state));
        _positive.Renew(state[_positiveParticle.._salt], PositiveAgeing(state));
        if (_mesh is null) return;
        (double, double) negative = _negative.Sides?.Fill(NegativeAgeing(state), 0) ?? default, positive = _positive.Sides?.Fill(PositiveAgeing(state), 0) ?? default;
        for (int i = 0; i < _n; i++)
            state[_salt + i] *= _mesh.Narrow(i, i < _mesh.NegativeCells ? negative : i >= _mesh.FirstPositive ? positive : default);

        _diffusion!.Renew();
        _ohmicGeometry = OhmicGeometry(_mesh);
    }

    /// <inheritdoc/>
    public override void Extrapolate(Span<double> state, ReadOnlySpan<double> changeState, double cycleFactor)
    {
        _negative.Sides?.Extrapolate(NegativeAgeing(state), NegativeAgeing(changeState), cycleFactor, _negative.Particles, state[.._positiveParticle]);
        _positive.Sides?.Extrapolate(PositiveAgeing(state), PositiveAgeing(changeState), cycleFactor, _positive.Particles, state[_positiveParticle.._salt]);
    }

    /// <inheritdoc/>
    public override bool IsWorn(ReadOnlySpan<double> state) =>
        (_negative.Sides?.IsWorn(NegativeAgeing(state)) ?? false) || (_positive.Sides?.IsWorn(PositiveAgeing(state)) ?? false);

    /// <inheritdoc/>
    public override (ElectrodeHealth Negative, ElectrodeHealth Positive) Health(ReadOnlySpan<double> state) => (
        _negative.Sides?.Health(NegativeAgeing(state), [_area * Set.Negative.ThicknessM]) ?? ElectrodeHealth.New,
        _positive.Sides?.Health(PositiveAgeing(state), [_area * Set.Positive.ThicknessM]) ?? ElectrodeHealth.New);

    /// <inheritdoc/>
    protected override void MakeNew(Span<double> state)
    {
        _negative.Sides?.Fill(NegativeAgeing(state));
        _positive.Sides?.Fill(PositiveAgeing(state));
    }

    /// <inheritdoc/>
    public override void GuessPotentials(Span<double> state, double currentA)
    {
        Span<double> scratch = stackalloc double[_current];
        double temperatureK = TemperatureK(state);
        React(state, currentA, temperatureK, scratch);
        state[_current] = currentA;
        state[_current + 1] = _positive.PotentialV - _negative.PotentialV + ElectrolyteV(state.Slice(_salt, _n), currentA, temperatureK);
    }

    /// <inheritdoc/>
    protected override void EvaluateCell(double timeS, ReadOnlySpan<double> state, Span<double> derivatives)
    {
        double currentA = state[_current], voltageV = state[_current + 1], temperatureK = TemperatureK(state);
        React(state, currentA, temperatureK, derivatives);
        var salt = state.Slice(_salt, _n);
        if (_diffusion is not null)
        {
            var rate = derivatives.Slice(_salt, _n);
            _diffusion.Evaluate(salt, temperatureK);
            _diffusion.Balance(rate);
            for (int i = 0; i < _n; i++) rate[i] += _diffusion.SaltPerCharge[i] * _saltSource[i] * currentA;
        }

        _currentNowA = currentA;
        _load = Load.At(timeS, currentA, voltageV);
        derivatives[_current] = _load.G;
        derivatives[_current + 1] = _positive.PotentialV - _negative.PotentialV + ElectrolyteV(salt, currentA, temperatureK) - voltageV;
    }

    /// <inheritdoc/>
    protected override void LineariseCell(ReadOnlySpan<double> state, Span<double> timeDerivative)
    {
        timeDerivative.Clear();
        if (IsAgeing) state.CopyTo(_there);
        timeDerivative[_current] = _load.GT;
    }

    /// <inheritdoc/>
    protected override bool FactoriseCell(double shiftPerS)
    {
        _negative.Factorise(shiftPerS);
        _positive.Factorise(shiftPerS);

        // The stages move the electrodes on; the solves of this step keep the slopes of its start.
        (_loadByCurrent, _loadByVoltage) = (_load.GI, _load.GV);
        _bySalt.CopyTo(_rowSalt, 0);
        Refold(_negative);
        Refold(_positive);
        _responseOhm = _byCurrentOhm + _positive.FoldedOhm - _negative.FoldedOhm;
        if (_diffusion is null) return true;
        _diffusion.Fill(_matrix!, shiftPerS);
        if (!_matrix!.Factorise()) return false;
        if (_loadByVoltage == 0) return true;
        for (int i = 0; i < _n; i++) _saltByCurrent[i] = _diffusion.SaltPerCharge[i] * _saltSource[i];
        _matrix.Solve(_saltByCurrent);
        for (int i = 0; i < _n; i++) _responseOhm += _rowSalt[i] * _saltByCurrent[i];
        return true;
    }

    /// <summary>What the salt does to the kinetics reaches the terminals less what the side reactions give way.</summary>
    void Refold(ParticleElectrode electrode)
    {
        if (electrode.FoldFraction == 1) return;
        for (int i = 0; i < electrode.Cells; i++) _rowSalt[electrode.FirstCell + i] += electrode.Sign * (electrode.FoldFraction - 1) * electrode.BySalt[i];
    }

    /// <inheritdoc/>
    protected override void SolveCell(Span<double> residuals)
    {
        Span<double> negative = residuals[.._positiveParticle], positive = residuals[_positiveParticle.._salt], salt = residuals.Slice(_salt, _n);
        double loadResidual = residuals[_current], voltageResidual = residuals[_current + 1];
        voltageResidual += _positive.Condense(positive, PositiveAgeing(residuals)) - _negative.Condense(negative, NegativeAgeing(residuals));
        voltageResidual += _positive.FilmChangeV - _negative.FilmChangeV;
        double currentChange = -loadResidual / _loadByCurrent, voltageChange;
        if (_loadByVoltage == 0)
        {
            if (_diffusion is not null)
            {
                for (int i = 0; i < _n; i++) salt[i] += _diffusion.SaltPerCharge[i] * _saltSource[i] * currentChange;
                _matrix!.Solve(salt);
                for (int i = 0; i < _n; i++) voltageResidual += _rowSalt[i] * salt[i];
            }

            voltageChange = voltageResidual + _responseOhm * currentChange;
        }
        else
        {
            if (_diffusion is not null)
            {
                _matrix!.Solve(salt);
                for (int i = 0; i < _n; i++) voltageResidual += _rowSalt[i] * salt[i];
            }

            currentChange = -(loadResidual + _loadByVoltage * voltageResidual) / (_loadByCurrent + _loadByVoltage * _responseOhm);
            voltageChange = voltageResidual + _responseOhm * currentChange;
            Lanes.AddScaled(salt, _saltByCurrent, currentChange);
        }

        (residuals[_current], residuals[_current + 1]) = (currentChange, voltageChange);
        _negative.Expand(negative, currentChange, salt[.._negative.Cells], NegativeAgeing(residuals));
        _positive.Expand(positive, currentChange, salt.Slice(_positive.FirstCell, _positive.Cells), PositiveAgeing(residuals));
    }

    /// <inheritdoc/>
    protected override double StoredW(double temperatureK) => _currentNowA * StoredV(temperatureK);

    /// <inheritdoc/>
    protected override void KeepHeatRow(ReadOnlySpan<double> state)
    {
        (_currentThere, _voltageThere) = (state[_current], state[_current + 1]);
        _storedPerA = StoredV(TemperatureK(state));
        (_storedNegative, _storedPositive) = (-_currentThere * _negative.StoredSlope, _currentThere * _positive.StoredSlope);
    }

    /// <inheritdoc/>
    protected override double HeatRowW(ReadOnlySpan<double> solutionState) =>
        (_voltageThere - _storedPerA) * solutionState[_current] + _currentThere * solutionState[_current + 1]
        - _storedNegative * _negative.SurfaceChange - _storedPositive * _positive.SurfaceChange;

    /// <inheritdoc/>
    protected override double CellError(ReadOnlySpan<double> errorState)
    {
        double salt = 0;
        for (int i = 0; i < _n; i++) salt += errorState[_salt + i] * errorState[_salt + i];
        salt = _n > 0 ? 0.1 * Math.Sqrt(salt / _n) / _restMolPerM3 : 0;
        double particles = Math.Max(_negative.SurfaceError(errorState[.._positiveParticle]), _positive.SurfaceError(errorState[_positiveParticle.._salt]));
        double ageing = Math.Max(_negative.Sides?.Error(NegativeAgeing(errorState), NegativeAgeing(_there)) ?? 0,
            _positive.Sides?.Error(PositiveAgeing(errorState), PositiveAgeing(_there)) ?? 0);
        return Math.Max(Math.Max(ageing, Math.Abs(errorState[_current + 1])), Math.Max(salt, particles));
    }

    void React(ReadOnlySpan<double> state, double currentA, double temperatureK, Span<double> rate)
    {
        _negative.React(state[.._positiveParticle], state.Slice(_salt, _negative.Cells), currentA, temperatureK, NegativeAgeing(state),
            rate[.._positiveParticle], NegativeAgeing(rate));
        _positive.React(state[_positiveParticle.._salt], state.Slice(_salt + _positive.FirstCell, _positive.Cells), currentA, temperatureK, PositiveAgeing(state),
            rate[_positiveParticle.._salt], PositiveAgeing(rate));
    }

    Span<double> NegativeAgeing(Span<double> state) => state[_ageing.._positiveAgeing];

    ReadOnlySpan<double> NegativeAgeing(ReadOnlySpan<double> state) => state[_ageing.._positiveAgeing];

    Span<double> PositiveAgeing(Span<double> state) => state[_positiveAgeing..(DifferentialCount - SharedCount)];

    ReadOnlySpan<double> PositiveAgeing(ReadOnlySpan<double> state) => state[_positiveAgeing..(DifferentialCount - SharedCount)];

    /// <summary>Length over transport of the electrolyte's way, 1/m.</summary>
    double OhmicGeometry(CellMesh mesh) =>
        (Set.Negative.ThicknessM / (3 * mesh.TransportFraction[0]) + Set.Separator.ThicknessM / Set.Separator.TransportFraction
            + Set.Positive.ThicknessM / (3 * mesh.TransportFraction[^1])) / _area;

    /// <summary>Concentration overpotential and ohmic drops, V, with their slopes kept.</summary>
    double ElectrolyteV(ReadOnlySpan<double> salt, double currentA, double temperatureK)
    {
        (_byCurrentOhm, double chi) = Outside(temperatureK);
        if (_mesh is null) return _byCurrentOhm * currentA;
        _bySalt.AsSpan().Clear();
        _concentrationV = MeanLogarithm(_positive, salt, chi) - MeanLogarithm(_negative, salt, chi);
        return _concentrationV + _byCurrentOhm * currentA;
    }

    /// <summary>χ times the mean logarithm over an electrode; adds its slopes, and those of the kinetics, to the voltage's.</summary>
    double MeanLogarithm(ParticleElectrode electrode, ReadOnlySpan<double> salt, double chi)
    {
        double sum = 0, weight = chi / electrode.Cells;
        for (int i = 0; i < electrode.Cells; i++)
        {
            double c = Math.Max(salt[electrode.FirstCell + i], CellMesh.LeastMolPerM3);
            sum += weight * Math.Log(c);
            _bySalt[electrode.FirstCell + i] = electrode.Sign * (weight / c + electrode.BySalt[i]);
        }

        return sum;
    }

    /// <summary>U₊ − U₋ less its entropic part: the voltage at which the electrodes store work.</summary>
    double StoredV(double temperatureK) =>
        _positive.OpenCircuitV - _negative.OpenCircuitV - temperatureK * (_positive.EntropicVPerK - _negative.EntropicVPerK);
}
