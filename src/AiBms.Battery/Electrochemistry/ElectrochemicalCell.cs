using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Transport;
using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry;

/// <summary>What SPM, SPMe and DFN share: a load, a terminal, and a lumped temperature that borders the isothermal system.</summary>
/// <remarks>
/// The temperature adds one row and one column to the Jacobian; the border is eliminated, so the isothermal solver stays as it is.
/// Heat: Q = I·V − Σ∫a·j·(U − T·dU/dT)dx, the electrical work that the electrodes do not store plus the entropic heat
/// (Bernardi, Pawlikowski and Newman, J. Electrochem. Soc. 132 (1985) 5, doi:10.1149/1.2113792). With a resistance between core and case the
/// heat is the core's, and the case, which only the core feels, is folded into its row (Forgez et al. 2010, doi:10.1016/j.jpowsour.2009.10.105).
/// </remarks>
public abstract class ElectrochemicalCell : IStiffSystem
{
    /// <summary>Linearisations that one column of ∂f/∂T serves: it changes slowly, and the method's order does not hang on it.</summary>
    const int MostColumnAge = 8;

    /// <summary>Changes of temperature, K, and of current, as a multiple of the capacity an hour, that ask for a new column.</summary>
    const double ColumnK = 1, ColumnRate = 0.3;

    /// <summary>Up to this tolerance the Jacobian has the temperature's column; beyond, steps are so short that what it does within one is left to the stages.</summary>
    const double FoldedTolerance = 1e-4;

    bool _folds;
    double[] _column = [], _border = [], _scratch = [];
    int _columnAge = MostColumnAge;
    double _columnK, _columnA;
    double _pivot, _slope, _shift, _voltageThere, _currentThere;
    readonly double _coreJPerK, _coreRate, _caseRate, _coolingRate;

    /// <summary>A model of a cell, with or without its temperature as a state.</summary>
    protected ElectrochemicalCell(ParameterSet set, bool lumpedThermal)
    {
        (Set, IsThermal, AmbientTemperatureK) = (set, lumpedThermal, set.AmbientTemperatureK);
        if (lumpedThermal && !(set.HeatCapacityJPerK > 0 && set.CoolingWPerK >= 0))
            throw new ArgumentException($"the parameter set '{set.Id}' has no thermal data: run it isothermally", nameof(set));
        HasCase = lumpedThermal && set.CoreToCaseKPerW > 0;
        if (HasCase && !(set.CaseHeatFraction is > 0 and < 1))
            throw new ArgumentException($"the case of '{set.Id}' must hold a share of the heat capacity between 0 and 1, not {set.CaseHeatFraction}", nameof(set));
        _coreJPerK = set.HeatCapacityJPerK * (HasCase ? 1 - set.CaseHeatFraction : 1);
        if (!HasCase) return;
        double caseJPerK = set.HeatCapacityJPerK * set.CaseHeatFraction;
        (_coreRate, _caseRate, _coolingRate) = (1 / (set.CoreToCaseKPerW * _coreJPerK), 1 / (set.CoreToCaseKPerW * caseJPerK), set.CoolingWPerK / caseJPerK);
    }

    /// <summary>The cell.</summary>
    public ParameterSet Set { get; }

    /// <summary>Whether the temperature is a state.</summary>
    public bool IsThermal { get; }

    /// <summary>Whether the case has a temperature of its own, which cools, and the cell's is that of its core.</summary>
    public bool HasCase { get; }

    /// <summary>Whether anything ages.</summary>
    public abstract bool IsAgeing { get; }

    /// <summary>What is asked of the cell.</summary>
    public ILoad Load
    {
        get;
        set => (field, _columnAge) = (value, MostColumnAge);
    } = new ConstantCurrent(0);

    /// <summary>Ambient temperature, K; the cell's own when isothermal.</summary>
    public double AmbientTemperatureK { get; set; }

    /// <summary>1e-3 stands for about 1 mV, 1e-3 of stoichiometry, 1 % of salt concentration and 0.1 K a step.</summary>
    public double Tolerance { get; set; } = 1e-4;

    /// <inheritdoc/>
    public abstract int Size { get; }

    /// <inheritdoc/>
    public abstract int DifferentialCount { get; }

    /// <summary>How many algebraic unknowns, from the first, are potentials.</summary>
    public abstract int PotentialCount { get; }

    /// <summary>Index of the current in the state.</summary>
    public abstract int CurrentIndex { get; }

    /// <summary>Index of the potential from which the terminal voltage follows.</summary>
    public abstract int CollectorIndex { get; }

    /// <summary>Index of the charge taken in, C.</summary>
    public int ChargeIndex => DifferentialCount - 2;

    /// <summary>Index of the energy taken in at the terminals, J.</summary>
    public int EnergyIndex => DifferentialCount - 1;

    /// <summary>Index of the temperature, K, where it is a state.</summary>
    public int TemperatureIndex => DifferentialCount - 3;

    /// <summary>Index of the case's temperature, K, where it is a state.</summary>
    public int CaseIndex => DifferentialCount - 4;

    /// <summary>Differential unknowns that this class adds behind the model's own: temperatures where asked for, charge, energy.</summary>
    protected int SharedCount => HasCase ? 4 : IsThermal ? 3 : 2;

    /// <summary>Terminal voltage, V, from the potential at <see cref="CollectorIndex"/> and the current.</summary>
    public abstract double VoltageV(double collectorPotentialV, double currentA);

    /// <summary>Terminal voltage of a state, V.</summary>
    public double VoltageV(ReadOnlySpan<double> state) => VoltageV(state[CollectorIndex], state[CurrentIndex]);

    /// <summary>Cell temperature of a state, K.</summary>
    public double TemperatureK(ReadOnlySpan<double> state) => IsThermal ? state[TemperatureIndex] : AmbientTemperatureK;

    /// <summary>Temperature of the case, K; the cell's own where it has none.</summary>
    public double CaseTemperatureK(ReadOnlySpan<double> state) => HasCase ? state[CaseIndex] : TemperatureK(state);

    /// <summary>Mean stoichiometries of both electrodes.</summary>
    public abstract (double Negative, double Positive) MeanStoichiometry(ReadOnlySpan<double> state);

    /// <summary>Mean stoichiometries of both electrodes at a distance from the particles' middle, as a fraction of their radius, 0…1.</summary>
    public abstract (double Negative, double Positive) StoichiometryAt(ReadOnlySpan<double> state, double radiusFraction);

    /// <summary>Mean surface stoichiometries of both electrodes at the last evaluation.</summary>
    public abstract (double NegativeStoichiometry, double PositiveStoichiometry) Surface { get; }

    /// <summary>Salt concentrations of a state through the cell, mol/m³; empty without an electrolyte.</summary>
    public abstract ReadOnlySpan<double> ElectrolyteMolPerM3(ReadOnlySpan<double> state);

    /// <summary>The finite volumes through the cell; null without an electrolyte.</summary>
    public abstract CellMesh? Mesh { get; }

    /// <summary>Least of φₛ − φₑ − j·R_film over the negative electrode at the last evaluation, V against lithium: metal can plate below 0.</summary>
    public abstract double PlatingMarginV { get; }

    /// <summary>What the voltage is lost to at the last evaluation, which must have been of this state.</summary>
    public abstract OverpotentialSplit Overpotentials(ReadOnlySpan<double> state);

    /// <summary>Fills a state of a new cell at rest at ambient temperature, its potentials in equilibrium.</summary>
    public void Rest(Span<double> state, double negativeStoichiometry, double positiveStoichiometry)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, Size);
        _columnAge = MostColumnAge;
        MakeNew(state);
        Refill(state, negativeStoichiometry, positiveStoichiometry);
    }

    /// <summary>Puts a state to rest at these stoichiometries and at ambient temperature, as aged as it is.</summary>
    public abstract void Refill(Span<double> state, double negativeStoichiometry, double positiveStoichiometry);

    /// <summary>Takes active material and pores into use as the state's ageing has left them; the runner does so at the start of each step.</summary>
    public virtual void Renew(Span<double> state)
    {
    }

    /// <summary>Whether so much active material has gone since the last <see cref="Renew"/> that it should be repeated within a step.</summary>
    public virtual bool IsWorn(ReadOnlySpan<double> state) => false;

    /// <summary>Carries the slow part of a cycle's change over a number of like cycles: films, cracks, dead lithium and material, but not what settles within a cycle.</summary>
    /// <remarks>The lithium that films and dead metal gain is taken from the particles, so that none is made or lost.</remarks>
    /// <param name="state">The state to carry on.</param>
    /// <param name="changeState">Change of the state over one cycle.</param>
    /// <param name="cycleFactor">How many cycles; may be a fraction.</param>
    public virtual void Extrapolate(Span<double> state, ReadOnlySpan<double> changeState, double cycleFactor)
    {
    }

    /// <summary>How negative and positive electrode have aged.</summary>
    public virtual (ElectrodeHealth Negative, ElectrodeHealth Positive) Health(ReadOnlySpan<double> state) => (ElectrodeHealth.New, ElectrodeHealth.New);

    /// <summary>The parameter set with the active material and the lithium that a state has left.</summary>
    public ParameterSet AgedSet(ReadOnlySpan<double> state)
    {
        (double negative, double positive) = MeanStoichiometry(state);
        (var healthNegative, var healthPositive) = Health(state);
        return Set with
        {
            Negative = Set.Negative with { ActiveFraction = Set.Negative.ActiveFraction * healthNegative.ActiveFraction, InitialStoichiometry = negative },
            Positive = Set.Positive with { ActiveFraction = Set.Positive.ActiveFraction * healthPositive.ActiveFraction, InitialStoichiometry = positive },
        };
    }

    /// <summary>Potentials near those that go with a current, A: a start for Newton's method.</summary>
    public abstract void GuessPotentials(Span<double> state, double currentA);

    /// <summary>Heat set free at the last evaluation, W.</summary>
    public double HeatW(double currentA, double voltageV, double temperatureK) => currentA * voltageV - StoredW(temperatureK);

    /// <inheritdoc/>
    public void Evaluate(double timeS, ReadOnlySpan<double> state, Span<double> derivatives)
    {
        EvaluateCell(timeS, state, derivatives);
        double currentA = state[CurrentIndex], voltageV = VoltageV(state);
        derivatives[ChargeIndex] = currentA;
        derivatives[EnergyIndex] = currentA * voltageV;
        if (!IsThermal) return;
        double temperatureK = state[TemperatureIndex], heatW = HeatW(currentA, voltageV, temperatureK);
        if (!HasCase)
        {
            derivatives[TemperatureIndex] = (heatW - Set.CoolingWPerK * (temperatureK - AmbientTemperatureK)) / _coreJPerK;
            return;
        }

        double caseK = state[CaseIndex];
        derivatives[TemperatureIndex] = heatW / _coreJPerK - _coreRate * (temperatureK - caseK);
        derivatives[CaseIndex] = _caseRate * (temperatureK - caseK) - _coolingRate * (caseK - AmbientTemperatureK);
    }

    /// <inheritdoc/>
    public void Linearise(double timeS, ReadOnlySpan<double> state, Span<double> timeDerivative)
    {
        LineariseCell(state, timeDerivative);
        (_voltageThere, _currentThere) = (VoltageV(state), state[CurrentIndex]);
        if (!IsThermal) return;
        if (_column.Length == 0) (_column, _border, _scratch) = (new double[Size], new double[Size], new double[Size]);

        KeepHeatRow(state);
        _folds = Tolerance <= FoldedTolerance;
        if (!_folds)
        {
            _slope = -(HasCase ? _coreRate : Set.CoolingWPerK / _coreJPerK);
            return;
        }

        if (++_columnAge < MostColumnAge && Math.Abs(state[TemperatureIndex] - _columnK) < ColumnK
            && Math.Abs(_currentThere - _columnA) < ColumnRate * Set.CapacityAh) return;
        (_columnAge, _columnK, _columnA) = (0, state[TemperatureIndex], _currentThere);

        // ∂f/∂T by a one-sided difference: it is smooth, and only one column. The last evaluation is left at the state itself.
        const double step = 1e-3;
        state.CopyTo(_border);
        _border[TemperatureIndex] += step;
        Evaluate(timeS, _border, _column);
        Evaluate(timeS, state, _scratch);
        for (int i = 0; i < Size; i++) _column[i] = (_column[i] - _scratch[i]) / step;
        _slope = _column[TemperatureIndex];
        _column[TemperatureIndex] = 0;
        (_column[ChargeIndex], _column[EnergyIndex]) = (0, 0);
        if (HasCase) _column[CaseIndex] = 0;
    }

    /// <inheritdoc/>
    public bool Factorise(double shiftPerS)
    {
        if (!FactoriseCell(shiftPerS)) return false;
        _shift = shiftPerS;
        if (!IsThermal) return true;
        double heatSlopeW = 0;
        if (_folds)
        {
            _column.CopyTo(_border, 0);
            SolveCell(_border);
            heatSlopeW = HeatRowW(_border);
        }

        _pivot = 1 / (shiftPerS - _slope - heatSlopeW / _coreJPerK - (HasCase ? _coreRate * _caseRate / CaseShift : 0));
        return double.IsFinite(_pivot);
    }

    /// <inheritdoc/>
    public void Solve(Span<double> residuals)
    {
        double charge = residuals[ChargeIndex], energy = residuals[EnergyIndex];
        SolveCell(residuals);
        if (IsThermal)
        {
            double caseChange = HasCase ? residuals[CaseIndex] / CaseShift : 0;
            double change = (residuals[TemperatureIndex] + HeatRowW(residuals) / _coreJPerK + _coreRate * caseChange) * _pivot;
            if (_folds) Lanes.AddScaled(residuals, _border, change);
            residuals[TemperatureIndex] = change;
            if (HasCase) residuals[CaseIndex] = caseChange + change * _caseRate / CaseShift;
        }

        // Charge and energy only listen.
        double current = residuals[CurrentIndex];
        residuals[ChargeIndex] = (charge + current) / _shift;
        residuals[EnergyIndex] = (energy + _voltageThere * current + _currentThere * VoltageV(residuals)) / _shift;
    }

    /// <inheritdoc/>
    public double ErrorNorm(ReadOnlySpan<double> errorState, ReadOnlySpan<double> state)
    {
        double heat = IsThermal ? Math.Abs(errorState[TemperatureIndex]) / 100 : 0;
        if (HasCase) heat = Math.Max(heat, Math.Abs(errorState[CaseIndex]) / 100);
        return Math.Max(heat, CellError(errorState)) / Tolerance;
    }

    double CaseShift => _shift + _caseRate + _coolingRate;

    /// <summary>Puts charge, energy and temperatures of a state to those of a cell at rest at ambient temperature.</summary>
    protected void RestShared(Span<double> state)
    {
        state[(DifferentialCount - SharedCount)..DifferentialCount].Clear();
        if (IsThermal) state[TemperatureIndex] = AmbientTemperatureK;
        if (HasCase) state[CaseIndex] = AmbientTemperatureK;
    }

    /// <summary>Makes the ageing unknowns of a state those of a new cell.</summary>
    protected virtual void MakeNew(Span<double> state)
    {
    }

    /// <summary>All of f but the temperature's rate.</summary>
    protected abstract void EvaluateCell(double timeS, ReadOnlySpan<double> state, Span<double> derivatives);

    /// <summary>Takes the isothermal J at the last evaluation.</summary>
    protected abstract void LineariseCell(ReadOnlySpan<double> state, Span<double> timeDerivative);

    /// <summary>Factorises the isothermal A.</summary>
    protected abstract bool FactoriseCell(double shiftPerS);

    /// <summary>Solves the isothermal A, leaving the temperature's entry alone.</summary>
    protected abstract void SolveCell(Span<double> residuals);

    /// <summary>Power that the electrodes store at the last evaluation, W.</summary>
    protected abstract double StoredW(double temperatureK);

    /// <summary>Keeps the slopes of the heat at the point of linearisation.</summary>
    protected abstract void KeepHeatRow(ReadOnlySpan<double> state);

    /// <summary>Change of heat, W, with the solution that the last solve left behind.</summary>
    protected abstract double HeatRowW(ReadOnlySpan<double> solutionState);

    /// <summary>Weighted error of the isothermal unknowns, in volts or fractions.</summary>
    protected abstract double CellError(ReadOnlySpan<double> errorState);
}
