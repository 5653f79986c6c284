using System.Numerics;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>One electrode over a step in which the reaction in each cell runs straight in time, so that its particles have a closed form.</summary>
/// <remarks>a(τ) = a₀e^{−λτ} + g·(j₀·p + (j₁ − j₀)/τ·q) with p and q of <see cref="ModalDecay"/>: the surface at the end is h + b·j₁.</remarks>
sealed class CourseElectrode
{
    readonly ModalParticles _particles;
    readonly ModalDecay _decay;
    readonly double[] _rates, _weights, _byFirst, _byLast, _ones, _fixed, _fold;
    double _ratePerS = double.NaN, _tau = double.NaN, _firstGain;

    public CourseElectrode(PorousElectrode electrode)
    {
        (Electrode, _particles) = (electrode, (ModalParticles)electrode.Particles);
        int terms = _particles.Modes.Count, lanes = (terms + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        (_rates, _decay) = (new double[lanes], new(lanes));
        (_weights, _byFirst, _byLast, _ones) = (new double[terms], new double[terms], new double[terms], new double[terms]);
        Array.Fill(_ones, 1);
        (_fixed, _fold) = (new double[electrode.Cells], new double[electrode.Cells]);
        (First, Last, ByCurrent) = (new double[electrode.Cells], new double[electrode.Cells], new double[electrode.Cells]);
    }

    public PorousElectrode Electrode { get; }

    /// <summary>Reaction at the beginning and at the end of the step, A/m², by cell.</summary>
    public double[] First { get; }

    /// <inheritdoc cref="First"/>
    public double[] Last { get; }

    /// <summary>Change of the reaction with the cell's current, 1/m², by cell, at the end of the last step.</summary>
    public double[] ByCurrent { get; }

    /// <summary>∂x at the surface at the end by the reaction there, m²/A.</summary>
    public double Gain { get; private set; }

    /// <summary>Prepares a step from particles at its beginning.</summary>
    public void Prepare(ReadOnlySpan<double> particles, double tau, double temperatureK)
    {
        double ratePerS = _particles.RatePerS(temperatureK);
        if (tau != _tau || ratePerS != _ratePerS) Weigh(tau, ratePerS);
        Lanes.WeightedRows(_fixed, particles, _weights);
        Lanes.AddScaled(_fixed, First, _firstGain);
    }

    /// <summary>Computes the reaction from the surface that goes with <see cref="Last"/>.</summary>
    public void React(ReadOnlySpan<double> salt, ReadOnlySpan<double> electrolytePotential, ReadOnlySpan<double> solidPotential, double temperatureK)
    {
        int first = Electrode.FirstCell, count = Electrode.Cells;
        for (int i = 0; i < count; i++) Electrode.Surface[i] = _fixed[i] + Gain * Last[i];
        Electrode.ReactAtSurface(salt.Slice(first, count), electrolytePotential.Slice(first, count), solidPotential.Slice(first, count), temperatureK, []);
    }

    /// <summary>Folds the particles' answer into the slopes of the reaction.</summary>
    public void Condense()
    {
        for (int i = 0; i < _fold.Length; i++)
        {
            double fold = _fold[i] = 1 / (1 - Electrode.BySurface[i] * Gain);
            Electrode.CondensedPotential[i] = Electrode.ByPotential[i] * fold;
            Electrode.CondensedConcentration[i] = Electrode.ByConcentration[i] * fold;
        }
    }

    /// <summary>The change of the reaction that closes the gap between <see cref="Last"/> and what the kinetics say, salt and potentials unchanged.</summary>
    public double ClosingAPerM2(int cell) => _fold[cell] * (Electrode.Reaction[cell] - Last[cell]);

    /// <summary>Change of the reaction with those of salt and overpotential.</summary>
    public double Answer(int cell, double saltChange, double potentialChangeV) =>
        Electrode.CondensedConcentration[cell] * saltChange + Electrode.CondensedPotential[cell] * potentialChangeV;

    /// <summary>Error of the surface, in stoichiometry or volts whichever is more, where the reaction bends away from a straight course by what is given, A/m², root mean square.</summary>
    public double Error(double bendAPerM2)
    {
        double steepest = 1;
        for (int i = 0; i < _fold.Length; i++) steepest = Math.Max(steepest, Math.Abs(Electrode.PotentialSlope[i]));
        return Math.Abs(Gain + _firstGain) * steepest * bendAPerM2;
    }

    /// <summary>Writes the particles at the end of the step.</summary>
    public void Write(ReadOnlySpan<double> begin, Span<double> end)
    {
        Lanes.CombineRows(end, begin, _decay.Remains.AsSpan(0, _weights.Length), First, _byFirst);
        Lanes.CombineRows(end, end, _ones, Last, _byLast);
    }

    void Weigh(double tau, double ratePerS)
    {
        if (ratePerS != _ratePerS)
        {
            for (int k = 0; k < _weights.Length; k++) _rates[k] = ratePerS * _particles.Modes.Eigenvalues[k];
            _decay.Forget();
        }

        (_tau, _ratePerS, Gain, _firstGain) = (tau, ratePerS, 0, 0);
        _decay.Prepare(tau, _rates);
        for (int k = 0; k < _weights.Length; k++)
        {
            double surface = _particles.Modes.SurfaceValues[k], inflow = _particles.Inflow[k];
            _weights[k] = surface * _decay.Remains[k];
            _byLast[k] = inflow * _decay.Twice[k] / tau;
            _byFirst[k] = inflow * _decay.Once[k] - _byLast[k];
            Gain += surface * _byLast[k];
            _firstGain += surface * _byFirst[k];
        }
    }
}
