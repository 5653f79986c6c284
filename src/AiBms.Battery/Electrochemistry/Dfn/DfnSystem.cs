using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Battery.Electrochemistry.Transport;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>The Doyle–Fuller–Newman model of a cell as a stiff system: finite volumes through the cell, particles folded away.</summary>
/// <remarks>
/// Unknowns: negative particles, positive particles, particles of second materials, cₑ by cell (mol/m³), ageing of both electrodes, temperature (K, lumped), then the algebraic:
/// (φₑ, φₛ) by cell (V), current (A). Sources: Doyle, Fuller and Newman, J. Electrochem. Soc. 140 (1993) 1526, doi:10.1149/1.2221597;
/// Marquis et al., J. Electrochem. Soc. 166 (2019) A3693, doi:10.1149/2.0341915jes. φₛ = 0 at the negative collector.
/// </remarks>
public sealed class DfnSystem : ElectrochemicalCell
{
    readonly ElectrolyteTransport _transport;
    readonly SolidConduction _conduction;
    readonly TransportMatrix _matrix;
    readonly PorousElectrode _negative, _positive;
    readonly PorousElectrode[] _electrodes;
    readonly StoredPower[] _stored;
    readonly int[] _particlesAt, _ageingAt;
    readonly double[] _cells, _currentColumn, _solid, _electrolytePotential, _there;
    readonly int _n, _electrolyte, _ageing, _potentials, _current;
    readonly double _collectorOhm, _area;
    LoadEquation _load;
    double _rowCurrent, _rowVoltage, _voltageThere, _currentThere, _evenThereV, _evaluatedA;

    /// <summary>A model of a cell with a resolution.</summary>
    public DfnSystem(ParameterSet set, DfnOptions options)
        : base(StressedDiffusivity.Of(set, options.Ageing), options.LumpedThermal)
    {
        set = Set;
        if (!set.HasElectrolyte) throw new ArgumentException(set.NoElectrolyte, nameof(set));
        Options = options;
        Mesh = new(set, options.NegativeCells, options.SeparatorCells, options.PositiveCells);
        _negative = new(set.Negative, ParticleFactory.Create(set.Negative, options.ParticleTerms, options.NegativeCells, options.LikePyBamm), set, 0, options.NegativeCells,
            options.Ageing?.Negative);
        _positive = new(set.Positive, ParticleFactory.Create(set.Positive, options.ParticleTerms, options.PositiveCells, options.LikePyBamm), set, Mesh.FirstPositive,
            options.PositiveCells, options.Ageing?.Positive);
        _electrodes = [_negative, _positive];
        if (set.IsBlended && options.Ageing is not null)
            throw new ArgumentException($"'{set.Id}' has two materials in an electrode, whose ageing is not known: run it without ageing", nameof(options));
        foreach (var first in (ReadOnlySpan<PorousElectrode>)[_negative, _positive])
        {
            if (first.Parameters.Second is { } second)
                _electrodes = [.. _electrodes, new(second, ParticleFactory.Create(second, options.ParticleTerms, first.Cells, options.LikePyBamm), set, first.FirstCell, first.Cells, null)];
        }

        _n = Mesh.Count;
        (_particlesAt, _ageingAt) = (new int[_electrodes.Length], new int[_electrodes.Length]);
        for (int k = 0; k < _electrodes.Length; k++)
        {
            _particlesAt[k] = _electrolyte;
            _electrolyte += _electrodes[k].Particles.StateCount;
        }

        _ageing = DifferentialCount = _electrolyte + _n;
        for (int k = 0; k < _electrodes.Length; k++)
        {
            _ageingAt[k] = DifferentialCount;
            DifferentialCount += _electrodes[k].Sides?.StateCount ?? 0;
        }

        DifferentialCount += SharedCount;
        _potentials = DifferentialCount;
        _current = _potentials + 2 * _n;
        Size = _current + 1;
        _area = set.ElectrodeAreaM2;
        _stored = [.. _electrodes.Select(electrode => new StoredPower(electrode, Mesh, _area))];
        // A straight line through the last two cells, as the other tool has it, falls short by one cell's share of the current.
        _collectorOhm = Mesh.WidthM[^1] / (2 * set.Positive.ConductivitySPerM * _area) * (options.LikePyBamm ? 1 - 1.0 / options.PositiveCells : 1) + set.ContactResistanceOhm;
        _transport = new(set, Mesh, options.LikePyBamm);
        _conduction = new(set, Mesh);
        _matrix = new(_n);
        (_cells, _currentColumn) = (new double[TransportMatrix.Block * _n], new double[TransportMatrix.Block * _n]);
        _there = new double[Size];
        (_solid, _electrolytePotential) = (new double[_n], new double[_n]);
    }

    /// <summary>The resolution.</summary>
    public DfnOptions Options { get; }

    /// <summary>Whether steps under a known current have a course: particles in modes, and nothing but them, salt and potentials changes.</summary>
    internal bool HasCourse => !IsThermal && !IsAgeing && _electrodes.Length == 2 && _negative.Particles is ModalParticles && _positive.Particles is ModalParticles;

    /// <summary>What a course is made of.</summary>
    internal (PorousElectrode Negative, PorousElectrode Positive, ElectrolyteTransport Transport, SolidConduction Conduction, TransportMatrix Matrix, int SaltIndex) Parts =>
        (_negative, _positive, _transport, _conduction, _matrix, _electrolyte);

    /// <inheritdoc/>
    public override CellMesh Mesh { get; }

    /// <inheritdoc/>
    public override bool IsAgeing => _ageing < DifferentialCount - SharedCount;

    /// <inheritdoc/>
    public override int Size { get; }

    /// <inheritdoc/>
    public override int DifferentialCount { get; }

    /// <inheritdoc/>
    public override int PotentialCount => 2 * _n;

    /// <inheritdoc/>
    public override int CurrentIndex => _current;

    /// <summary>The solid potential of the last cell.</summary>
    public override int CollectorIndex => _potentials + 2 * _n - 1;

    /// <inheritdoc/>
    public override double VoltageV(double collectorPotentialV, double currentA) => collectorPotentialV + currentA * _collectorOhm;

    /// <inheritdoc/>
    public override (double NegativeStoichiometry, double PositiveStoichiometry) Surface => (_negative.Mean(_negative.Surface, Mesh), _positive.Mean(_positive.Surface, Mesh));

    /// <inheritdoc/>
    public override double PlatingMarginV => _negative.LeastPotentialV(_solid, _electrolytePotential);

    /// <inheritdoc/>
    public override OverpotentialSplit Overpotentials(ReadOnlySpan<double> state)
    {
        ReadOnlySpan<double> electrolyte = _electrolytePotential, solid = _solid;
        int positive = Mesh.FirstPositive, negativeCells = Mesh.NegativeCells;
        double concentrationV = _transport.ConcentrationV(), betweenV = Mean(electrolyte[positive..]) - Mean(electrolyte[..negativeCells]);
        return new(_negative.MeanOverpotentialV(solid, electrolyte), _positive.MeanOverpotentialV(solid, electrolyte), concentrationV, betweenV - concentrationV,
            VoltageV(state) - state[_current] * Set.ContactResistanceOhm - Mean(solid[positive..]) + Mean(solid[..negativeCells]));
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> ElectrolyteMolPerM3(ReadOnlySpan<double> state) => state.Slice(_electrolyte, _n);

    /// <inheritdoc/>
    public override (double Negative, double Positive) StoichiometryAt(ReadOnlySpan<double> state, double radiusFraction) => (Mean(state, 0, radiusFraction), Mean(state, 1, radiusFraction));

    /// <inheritdoc/>
    public override (double Negative, double Positive) MeanStoichiometry(ReadOnlySpan<double> state) => (Mean(state, 0, double.NaN), Mean(state, 1, double.NaN));

    /// <summary>Mean over an electrode at a distance from the particles' middle, or of the whole particles where it is NaN.</summary>
    double Mean(ReadOnlySpan<double> state, int k, double radiusFraction)
    {
        Span<double> there = stackalloc double[_electrodes[k].Cells];
        if (double.IsNaN(radiusFraction)) _electrodes[k].Particles.Mean(Particles(state, k), there);
        else _electrodes[k].Particles.At(Particles(state, k), radiusFraction, there);
        return _electrodes[k].Mean(there, Mesh);
    }

    /// <inheritdoc/>
    public override void Refill(Span<double> state, double negativeStoichiometry, double positiveStoichiometry)
    {
        Renew(state);
        _negative.Particles.Fill(Particles(state, 0), negativeStoichiometry);
        _positive.Particles.Fill(Particles(state, 1), positiveStoichiometry);
        for (int k = 2; k < _electrodes.Length; k++)
        {
            double stoichiometry = _electrodes[k].FirstCell == 0 ? negativeStoichiometry : positiveStoichiometry;
            _electrodes[k].Particles.Fill(Particles(state, k), (_electrodes[k].FirstCell == 0 ? _negative : _positive).Parameters.SecondStoichiometry(stoichiometry, Set.ReferenceTemperatureK));
        }

        state.Slice(_electrolyte, _n).Fill(Set.Electrolyte.ConcentrationMolPerM3);
        RestShared(state);
        GuessPotentials(state, 0);
    }

    /// <inheritdoc/>
    public override void Renew(Span<double> state)
    {
        if (!IsAgeing) return;
        Span<double> mean = stackalloc double[Math.Max(_negative.Cells, _positive.Cells)];
        for (int k = 0; k < _electrodes.Length; k++)
        {
            _electrodes[k].Particles.Mean(Particles(state, k), mean);
            _electrodes[k].Renew(Ageing(state, k), mean, Mesh, state.Slice(_electrolyte, _n));
        }

        _transport.Renew();
    }

    /// <inheritdoc/>
    public override void Extrapolate(Span<double> state, ReadOnlySpan<double> changeState, double cycleFactor)
    {
        for (int k = 0; k < _electrodes.Length; k++)
            _electrodes[k].Sides?.Extrapolate(Ageing(state, k), Ageing(changeState, k), cycleFactor, _electrodes[k].Particles, Particles(state, k));
    }

    /// <inheritdoc/>
    public override bool IsWorn(ReadOnlySpan<double> state)
    {
        for (int k = 0; k < _electrodes.Length; k++)
            if (_electrodes[k].Sides?.IsWorn(Ageing(state, k)) ?? false) return true;
        return false;
    }

    /// <inheritdoc/>
    public override (ElectrodeHealth Negative, ElectrodeHealth Positive) Health(ReadOnlySpan<double> state) =>
        (_negative.Health(Ageing(state, 0), Mesh, _area), _positive.Health(Ageing(state, 1), Mesh, _area));

    /// <inheritdoc/>
    protected override void MakeNew(Span<double> state)
    {
        for (int k = 0; k < _electrodes.Length; k++) _electrodes[k].Sides?.Fill(Ageing(state, k));
    }

    /// <inheritdoc/>
    public override void GuessPotentials(Span<double> state, double currentA)
    {
        TakeBranches(currentA);
        double negative = _negative.GuessOverPotentialV(Particles(state, 0), -currentA / _area, TemperatureK(state));
        double positive = _positive.GuessOverPotentialV(Particles(state, 1), currentA / _area, TemperatureK(state));
        for (int i = 0; i < _n; i++)
        {
            state[_potentials + 2 * i] = -negative;
            state[_potentials + 2 * i + 1] = i >= Mesh.FirstPositive ? positive - negative : 0;
        }

        state[_current] = currentA;
    }

    /// <inheritdoc/>
    protected override void EvaluateCell(double timeS, ReadOnlySpan<double> state, Span<double> derivatives)
    {
        double temperature = TemperatureK(state), current = state[_current], voltage = VoltageV(state);
        var electrolyte = state.Slice(_electrolyte, _n);
        for (int i = 0; i < _n; i++) (_electrolytePotential[i], _solid[i]) = (state[_potentials + 2 * i], state[_potentials + 2 * i + 1]);
        _evaluatedA = current;
        TakeBranches(current);
        for (int k = 0; k < _electrodes.Length; k++)
            React(_electrodes[k], Particles(state, k), electrolyte, temperature, Particles(derivatives, k), Ageing(state, k), Ageing(derivatives, k));

        _transport.Evaluate(electrolyte, _electrolytePotential, temperature);
        var electrolyteRate = derivatives.Slice(_electrolyte, _n);
        var balance = derivatives.Slice(_potentials, 2 * _n);
        _transport.Balance(electrolyteRate, balance);
        foreach (var electrode in _electrodes) ReactionBalance.Add(electrode, electrode.Reaction, _transport.SaltPerCharge, Mesh.WidthM, electrolyteRate, balance);
        _conduction.Balance(_solid, current / _area, balance);
        _load = Load.At(timeS, current, voltage);
        derivatives[_current] = _load.G;
    }

    /// <inheritdoc/>
    protected override void LineariseCell(ReadOnlySpan<double> state, Span<double> timeDerivative)
    {
        timeDerivative.Clear();
        if (IsAgeing) state.CopyTo(_there);
        timeDerivative[_current] = _load.GT;
        (_rowCurrent, _rowVoltage) = (_load.GI + _load.GV * _collectorOhm, _load.GV);
    }

    /// <inheritdoc/>
    protected override bool FactoriseCell(double shiftPerS)
    {
        for (int k = 0; k < _electrodes.Length; k++) _electrodes[k].Condense(shiftPerS, Ageing(_there.AsSpan(), k));
        _transport.Fill(_matrix, shiftPerS);
        foreach (var electrode in _electrodes) ReactionBalance.Fill(electrode, _transport.SaltPerCharge, Mesh.WidthM, _matrix);
        _conduction.Fill(_matrix);
        if (!_matrix.Factorise()) return false;
        if (_rowVoltage == 0) return true;
        Array.Clear(_currentColumn);
        _currentColumn[^1] = 1 / _area;
        _matrix.Solve(_currentColumn);
        return true;
    }

    /// <inheritdoc/>
    protected override double CellError(ReadOnlySpan<double> errorState)
    {
        double potential = 0, salt = 0;
        for (int i = 0; i < 2 * _n; i++) potential += errorState[_potentials + i] * errorState[_potentials + i];
        for (int i = 0; i < _n; i++) salt += errorState[_electrolyte + i] * errorState[_electrolyte + i];
        potential = Math.Sqrt(potential / (2 * _n));
        salt = 0.1 * Math.Sqrt(salt / _n) / Set.Electrolyte.ConcentrationMolPerM3;
        double worst = Math.Max(potential, salt);
        for (int k = 0; k < _electrodes.Length; k++)
        {
            worst = Math.Max(worst, _electrodes[k].SurfaceError(Particles(errorState, k)));
            if (_electrodes[k].Sides is { } sides) worst = Math.Max(worst, sides.Error(Ageing(errorState, k), Ageing(_there.AsSpan(), k)));
        }

        return worst;
    }

    /// <summary>Where materials have a potential of their own for lithium going in, the current says which holds.</summary>
    internal void TakeBranches(double currentA)
    {
        foreach (var electrode in _electrodes) electrode.TakeBranch((electrode.FirstCell == 0 ? 1 : -1) * currentA / _area);
    }

    void React(PorousElectrode electrode, ReadOnlySpan<double> particles, ReadOnlySpan<double> electrolyte, double temperatureK, Span<double> rate,
        ReadOnlySpan<double> ageing, Span<double> ageingRate)
    {
        int first = electrode.FirstCell, count = electrode.Cells;
        electrode.React(particles, electrolyte.Slice(first, count), _electrolytePotential.AsSpan(first, count), _solid.AsSpan(first, count), temperatureK,
            ageing);
        electrode.Age(particles, ageing, ageingRate);
        electrode.Particles.Rates(particles, electrode.MainReaction, temperatureK, rate);
    }

    /// <inheritdoc/>
    protected override void SolveCell(Span<double> residuals)
    {
        for (int i = 0; i < _n; i++)
        {
            _cells[3 * i] = residuals[_electrolyte + i];
            _cells[3 * i + 1] = residuals[_potentials + 2 * i];
            _cells[3 * i + 2] = residuals[_potentials + 2 * i + 1];
        }

        for (int k = 0; k < _electrodes.Length; k++) Fold(_electrodes[k], Particles(residuals, k), Ageing(residuals, k));
        double current = -residuals[_current] / _rowCurrent;
        if (_rowVoltage == 0) _cells[^1] += current / _area;
        _matrix.Solve(_cells);
        if (_rowVoltage != 0)
        {
            current = -(residuals[_current] + _rowVoltage * _cells[^1]) / (_rowCurrent + _rowVoltage * _currentColumn[^1]);
            Lanes.AddScaled(_cells, _currentColumn, current);
        }

        residuals[_current] = current;
        for (int i = 0; i < _n; i++)
        {
            residuals[_electrolyte + i] = _cells[3 * i];
            residuals[_potentials + 2 * i] = _cells[3 * i + 1];
            residuals[_potentials + 2 * i + 1] = _cells[3 * i + 2];
        }

        for (int k = 0; k < _electrodes.Length; k++) Unfold(_electrodes[k], Particles(residuals, k), Ageing(residuals, k));
    }

    void Fold(PorousElectrode electrode, ReadOnlySpan<double> particles, ReadOnlySpan<double> ageing)
    {
        electrode.Fold(particles, ageing);
        for (int i = 0; i < electrode.Cells; i++)
        {
            int cell = electrode.FirstCell + i;
            double source = electrode.SurfacePerM[i] * electrode.Constant[i];
            _cells[3 * cell] += _transport.SaltPerCharge[cell] * source;
            source *= Mesh.WidthM[cell];
            _cells[3 * cell + 1] += source;
            _cells[3 * cell + 2] -= source;
        }
    }

    void Unfold(PorousElectrode electrode, Span<double> particles, Span<double> ageing)
    {
        for (int i = 0; i < electrode.Cells; i++)
        {
            int at = TransportMatrix.Block * (electrode.FirstCell + i);
            electrode.Unfold(i, _cells[at], _cells[at + 2] - _cells[at + 1], ageing);
        }

        electrode.Particles.Expand(particles, electrode.MainChange);
    }

    /// <summary>The particles of an electrode in a state.</summary>
    internal Span<double> Particles(Span<double> state, int k) => state.Slice(_particlesAt[k], _electrodes[k].Particles.StateCount);

    ReadOnlySpan<double> Particles(ReadOnlySpan<double> state, int k) => state.Slice(_particlesAt[k], _electrodes[k].Particles.StateCount);

    Span<double> Ageing(Span<double> state, int k) => state.Slice(_ageingAt[k], _electrodes[k].Sides?.StateCount ?? 0);

    ReadOnlySpan<double> Ageing(ReadOnlySpan<double> state, int k) => state.Slice(_ageingAt[k], _electrodes[k].Sides?.StateCount ?? 0);

    /// <inheritdoc/>
    protected override double StoredW(double temperatureK)
    {
        // The peer's heat takes the means of reaction and entropic coefficient apart. A second material is held against the first one's mean.
        double storedW = 0;
        for (int k = 0; k < _stored.Length; k++)
            storedW += _stored[k].W(temperatureK, k < 2 ? double.NaN : EvenV(k), Options.LikePyBamm);
        return storedW + _evaluatedA * (_stored[1].MeanV - _stored[0].MeanV);
    }

    double EvenV(int k) => _stored[_electrodes[k].FirstCell == 0 ? 0 : 1].MeanV;

    /// <inheritdoc/>
    protected override void KeepHeatRow(ReadOnlySpan<double> state)
    {
        double temperatureK = TemperatureK(state);
        for (int k = 0; k < _stored.Length; k++) _stored[k].Keep(temperatureK, EvenV(k));
        (_voltageThere, _currentThere, _evenThereV) = (VoltageV(state), state[_current], _stored[1].MeanV - _stored[0].MeanV);
    }

    /// <inheritdoc/>
    protected override double HeatRowW(ReadOnlySpan<double> solutionState)
    {
        double heat = (_voltageThere - _evenThereV) * solutionState[_current] + _currentThere * VoltageV(solutionState);
        foreach (var stored in _stored) heat -= stored.Change();
        return heat;
    }
}
