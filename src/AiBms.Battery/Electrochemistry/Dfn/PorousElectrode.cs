using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Battery.Electrochemistry.Transport;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>The reaction in one electrode: Butler–Volmer in every cell, with its slopes, over the particles.</summary>
/// <remarks>j = 2j₀·sinh(F(φₛ − φₑ − U)/(2RT)), A/m², positive where lithium leaves the particle. Arrays are by cell of this electrode.</remarks>
sealed class PorousElectrode
{
    /// <summary>Beyond this argument of sinh the current is far past any cell's, and exp must not overflow.</summary>
    const double LargestArgument = 60;

    const int MostRounds = 50;

    readonly ElectrodeParameters _parameters;
    readonly double _electrolyteAtRest, _referenceK;

    double _enteringFraction;

    readonly bool _isEntropic;

    readonly double[] _mean, _main, _total, _salt, _film, _filmSlope, _folded, _saltThere, _difference;

    public PorousElectrode(ElectrodeParameters parameters, IParticleEnsemble particles, ParameterSet set, int firstCell, int cells, ElectrodeAgeing? ageing)
    {
        Sides = ageing is null ? null : new(ageing, parameters, cells);
        (_parameters, Particles, FirstCell, Cells) = (parameters, particles, firstCell, cells);
        (_electrolyteAtRest, _referenceK) = (set.Electrolyte.ConcentrationMolPerM3, set.ReferenceTemperatureK);
        // What the reaction is computed from and gives is as long as whole machine vectors.
        int lanes = (cells + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        (Surface, Reaction, Potential, Entropic) = (new double[lanes], new double[lanes], new double[lanes], new double[lanes]);
        (PotentialSlope, ByPotential, ByConcentration, BySurface) = (new double[lanes], new double[lanes], new double[lanes], new double[lanes]);
        (_saltThere, _difference) = (new double[lanes], new double[lanes]);
        Array.Fill(Surface, 0.5);
        Array.Fill(_saltThere, 1);
        _isEntropic = !(parameters.EntropicVPerK is ConstantFunction && parameters.EntropicVPerK.At(0, set.ReferenceTemperatureK) == 0);
        (CondensedPotential, CondensedConcentration, CondensedSurface) = (new double[cells], new double[cells], new double[cells]);
        (SurfaceChange, ReactionChange) = (new double[cells], new double[cells]);
        (SurfacePerM, Constant) = (new double[cells], new double[cells]);
        Array.Fill(SurfacePerM, parameters.SurfacePerM);
        (MainReaction, MainChange) = Sides is null ? (Reaction, ReactionChange) : (new double[lanes], new double[cells]);
        (_mean, _main, _total, _salt) = (new double[cells], new double[cells], new double[cells], new double[cells]);
        (_film, _filmSlope, _folded) = (new double[cells], new double[cells], new double[cells]);
        EntropicSlope = new double[lanes];
    }

    public IParticleEnsemble Particles { get; }

    /// <summary>Whether the open-circuit potential depends on the temperature.</summary>
    public bool IsEntropic => _isEntropic;

    public int FirstCell { get; }

    public int Cells { get; }

    public ElectrodeParameters Parameters => _parameters;

    /// <summary>Side reactions; null where nothing ages.</summary>
    public SideReactions? Sides { get; }

    /// <summary>Particle surface per volume of electrode, 1/m, by cell: it shrinks with the active material.</summary>
    public double[] SurfacePerM { get; }

    /// <summary>The part of <see cref="Reaction"/> that goes into the particles; the rest are side reactions.</summary>
    public double[] MainReaction { get; }

    /// <summary>Surface stoichiometry, reaction A/m², open-circuit potential V and entropic coefficient V/K.</summary>
    public double[] Surface { get; }

    /// <inheritdoc cref="Surface"/>
    public double[] Reaction { get; }

    /// <inheritdoc cref="Surface"/>
    public double[] Potential { get; }

    /// <inheritdoc cref="Surface"/>
    public double[] Entropic { get; }

    /// <summary>d(dU/dT)/dx, V/K.</summary>
    public double[] EntropicSlope { get; }

    /// <summary>dU/dx, and ∂j by overpotential, electrolyte concentration and surface stoichiometry.</summary>
    public double[] PotentialSlope { get; }

    /// <inheritdoc cref="PotentialSlope"/>
    public double[] ByPotential { get; }

    /// <inheritdoc cref="PotentialSlope"/>
    public double[] ByConcentration { get; }

    /// <inheritdoc cref="PotentialSlope"/>
    public double[] BySurface { get; }

    /// <summary>The same slopes with the particles' answer of one implicit step folded in.</summary>
    public double[] CondensedPotential { get; }

    /// <inheritdoc cref="CondensedPotential"/>
    public double[] CondensedConcentration { get; }

    /// <inheritdoc cref="CondensedPotential"/>
    public double[] CondensedSurface { get; }

    /// <summary>The part of δj that a right-hand side brings without any change of potential or salt.</summary>
    public double[] Constant { get; }

    /// <summary>Work space of a solve: H, then δx; and δj.</summary>
    public double[] SurfaceChange { get; }

    /// <inheritdoc cref="SurfaceChange"/>
    public double[] ReactionChange { get; }

    /// <inheritdoc cref="SurfaceChange"/>
    public double[] MainChange { get; }

    /// <summary>Takes the branch of the open-circuit potential that goes with a current density into the material, A/m² of cell.</summary>
    public void TakeBranch(double enteringAPerM2) => _enteringFraction = _parameters.EnteringFraction(enteringAPerM2);

    /// <summary>Computes the reaction and its slopes from the state; <paramref name="ageing"/> is empty where nothing ages.</summary>
    public void React(
        ReadOnlySpan<double> particles, ReadOnlySpan<double> electrolyte, ReadOnlySpan<double> electrolytePotential,
        ReadOnlySpan<double> solidPotential, double temperatureK, ReadOnlySpan<double> ageing)
    {
        Particles.Surface(particles, Surface.AsSpan(0, Cells));
        ReactAtSurface(electrolyte, electrolytePotential, solidPotential, temperatureK, ageing);
    }

    /// <summary>The same where <see cref="Surface"/> is known.</summary>
    public void ReactAtSurface(
        ReadOnlySpan<double> electrolyte, ReadOnlySpan<double> electrolytePotential, ReadOnlySpan<double> solidPotential, double temperatureK, ReadOnlySpan<double> ageing)
    {
        ReadOnlySpan<double> x = Surface.AsSpan(0, Cells);
        _parameters.PotentialV(x, temperatureK, _enteringFraction, Potential, PotentialSlope);
        if (_isEntropic) AddEntropy(x, temperatureK);
        double f = Constants.FaradayCPerMol / (2 * Constants.GasJPerMolK * temperatureK), rate = 2 * _parameters.ExchangeCurrent.Temperature.Factor(temperatureK);
        if (Sides is null && _parameters.ExchangeCurrent.IsRoot)
        {
            electrolyte.CopyTo(_saltThere);
            for (int i = 0; i < Cells; i++) _difference[i] = solidPotential[i] - electrolytePotential[i];
            ReactAtOnce(f, rate * _parameters.ExchangeCurrent.ReferenceAPerM2);
            return;
        }

        for (int i = 0; i < Cells; i++)
        {
            double u = Potential[i], j0 = rate * _parameters.ExchangeCurrent.At(electrolyte[i] / _electrolyteAtRest, x[i], out double byStoichiometry);
            double z = Math.Clamp(f * (solidPotential[i] - electrolytePotential[i] - u), -LargestArgument, LargestArgument);
            // Past an empty or a full surface there is no physics: the step is refused and the run ends there.
            if (!(x[i] > 0 && x[i] < 1)) z = double.NaN;
            if (Sides is not null) z = BehindFilm(i, z, f, u, j0, electrolyte[i], temperatureK, ageing);
            double grown = Math.Exp(z), decayed = 1 / grown, j = 0.5 * j0 * (grown - decayed), g = 0.5 * j0 * (grown + decayed) * f;
            (MainReaction[i], ByPotential[i]) = (j, g);
            ByConcentration[i] = electrolyte[i] > 0 ? _parameters.ExchangeCurrent.ElectrolyteExponent * j / electrolyte[i] : 0;
            BySurface[i] = byStoichiometry * j - g * PotentialSlope[i];
            if (Sides is not null) Reaction[i] = j + _total[i];
        }
    }

    void AddEntropy(ReadOnlySpan<double> x, double temperatureK)
    {
        double offset = temperatureK - _referenceK;
        _parameters.EntropicVPerK.At(x, temperatureK, Entropic, EntropicSlope);
        for (int i = 0; i < Cells; i++)
        {
            Potential[i] += offset * Entropic[i];
            PotentialSlope[i] += offset * EntropicSlope[i];
        }
    }

    /// <summary>Reaction and slopes of all cells, a machine vector at a time, where the exponents of the exchange current are one half.</summary>
    void ReactAtOnce(double f, double scaleAPerM2)
    {
        ReadOnlySpan<Vector<double>> surface = Wide(Surface), salts = Wide(_saltThere), difference = Wide(_difference), potential = Wide(Potential), slope = Wide(PotentialSlope);
        Span<Vector<double>> reaction = Wide(Reaction), byPotential = Wide(ByPotential), byConcentration = Wide(ByConcentration), bySurface = Wide(BySurface);
        Vector<double> one = Vector<double>.One, zero = Vector<double>.Zero, half = new(0.5), least = new(ExchangeCurrent.Least), most = new(1 - ExchangeCurrent.Least);
        Vector<double> perVolt = new(f), perRest = new(1 / _electrolyteAtRest), scale = new(0.5 * scaleAPerM2), bound = new(LargestArgument);
        for (int i = 0; i < surface.Length; i++)
        {
            Vector<double> inside = surface[i], salt = salts[i];
            var isReal = Vector.GreaterThan(inside, zero) & Vector.LessThan(inside, one);
            var x = Vector.Min(Vector.Max(inside, least), most);
            var vacant = x * (one - x);
            var exchange = scale * Vector.SquareRoot(Vector.Max(salt * perRest, least) * vacant);
            var z = Vector.Min(Vector.Max(perVolt * (difference[i] - potential[i]), -bound), bound);
            var grown = Vector.Exp(z);
            var decayed = one / grown;
            // Past an empty or a full surface there is no physics: the step is refused and the run ends there.
            var j = Vector.ConditionalSelect(isReal, exchange * (grown - decayed), new Vector<double>(double.NaN));
            var g = exchange * (grown + decayed) * perVolt;
            (reaction[i], byPotential[i]) = (j, g);
            byConcentration[i] = Vector.ConditionalSelect(Vector.GreaterThan(salt, zero), half * j / salt, zero);
            bySurface[i] = (half - x) / vacant * j - g * slope[i];
        }
    }

    static Span<Vector<double>> Wide(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());

    /// <summary>Least of φₛ − φₑ without the film's drop over the electrode at the last evaluation, V.</summary>
    public double LeastPotentialV(ReadOnlySpan<double> solidPotential, ReadOnlySpan<double> electrolytePotential)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < Cells; i++)
        {
            double behind = solidPotential[FirstCell + i] - electrolytePotential[FirstCell + i] - (Sides is null ? 0 : _film[i] * Reaction[i]);
            least = Math.Min(least, behind);
        }

        return least;
    }

    /// <summary>Mean of φₛ − φₑ − U without the film's drop over the electrode at the last evaluation, V.</summary>
    public double MeanOverpotentialV(ReadOnlySpan<double> solidPotential, ReadOnlySpan<double> electrolytePotential)
    {
        double sum = 0;
        for (int i = 0; i < Cells; i++)
            sum += solidPotential[FirstCell + i] - electrolytePotential[FirstCell + i] - Potential[i] - (Sides is null ? 0 : _film[i] * Reaction[i]);
        return sum / Cells;
    }

    /// <summary>Rates of the ageing unknowns after <see cref="React"/>.</summary>
    public void Age(ReadOnlySpan<double> particles, ReadOnlySpan<double> ageing, Span<double> rate)
    {
        if (Sides is null) return;
        Particles.Mean(particles, _mean);
        for (int i = 0; i < Cells; i++) Sides.Rates(ageing, i, _mean[i] - Surface[i], rate);
    }

    /// <summary>Overpotential, as the argument of sinh, behind the drop that all reactions together have in the film.</summary>
    /// <remarks>
    /// K(z) = z + f·R·(j₀·sinh z + side(z)) − z₀ = 0 rises steadily and is bent away from zero, so that Newton's method from beyond the root
    /// does not overshoot.
    /// </remarks>
    double BehindFilm(int i, double bare, double f, double u, double j0, double salt, double temperatureK, ReadOnlySpan<double> ageing)
    {
        double resistance = Sides!.FilmOhmM2(ageing, i), drop = f * resistance, z = bare;
        if (Math.Abs(z) > 2 && drop > 0) z = Math.CopySign(Math.Min(Math.Abs(z), Math.Asinh(Math.Abs(bare) / (drop * j0))), bare);
        for (int round = 0; round < MostRounds; round++)
        {
            _total[i] = Sides.CurrentAPerM2(ageing, i, u + z / f, salt, temperatureK, out double bySide);
            if (drop == 0) return z;
            double grown = Math.Exp(z), decayed = 1 / grown;
            double change = (z + drop * (0.5 * j0 * (grown - decayed) + _total[i]) - bare) / (1 + drop * (0.5 * j0 * (grown + decayed) + bySide / f));
            z -= change;
            if (!(Math.Abs(change) > 1e-12)) break;
        }

        return z;
    }

    /// <summary>φₛ − φₑ, V, if the reaction were even over the electrode and carried this current into the electrolyte, A/m² of cell.</summary>
    public double GuessOverPotentialV(ReadOnlySpan<double> particles, double currentAPerM2, double temperatureK)
    {
        Particles.Surface(particles, Surface.AsSpan(0, Cells));
        double x = Surface.Take(Cells).Average(), reaction = currentAPerM2 / (_parameters.SurfacePerM * _parameters.ThicknessM);
        double j0 = _parameters.ExchangeCurrent.At(1, x, out _) * _parameters.ExchangeCurrent.Temperature.Factor(temperatureK);
        double thermal = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol;
        double u = _parameters.PotentialV(x, temperatureK, _enteringFraction, out _) + (temperatureK - _referenceK) * _parameters.EntropicVPerK.At(x, temperatureK);
        return u + thermal * Math.Asinh(reaction / (2 * j0));
    }

    /// <summary>Takes the aged active material and pores into use; the salt in a pore that narrows stays in it.</summary>
    public void Renew(Span<double> ageing, ReadOnlySpan<double> mean, CellMesh mesh, Span<double> salt)
    {
        if (Sides is null) return;
        for (int i = 0; i < Cells; i++)
        {
            Sides.Renew(ageing, i, mean[i]);
            SurfacePerM[i] = _parameters.SurfacePerM * SideReactions.Active(ageing, i);
            salt[FirstCell + i] *= mesh.Narrow(FirstCell + i, Sides.Fill(ageing, i));
        }
    }

    /// <summary>What has become of the electrode.</summary>
    public ElectrodeHealth Health(ReadOnlySpan<double> ageing, CellMesh mesh, double areaM2)
    {
        if (Sides is null) return ElectrodeHealth.New;
        Span<double> volume = stackalloc double[Cells];
        for (int i = 0; i < Cells; i++) volume[i] = areaM2 * mesh.WidthM[FirstCell + i];
        return Sides.Health(ageing, volume);
    }

    /// <summary>Folds the particles' and the side reactions' answer into the slopes, for a step with this shift.</summary>
    /// <remarks>
    /// With v = φₛ − φₑ − R·j at the reaction: δj = T·δv + C·δc + const, δv = D·(δ(φₛ − φₑ) − R·C·δc − …), D = 1/(1 + R·T + ρ·j·∂L/∂v).
    /// </remarks>
    public void Condense(double shift, ReadOnlySpan<double> ageing)
    {
        Particles.Factorise(shift);
        Sides?.Factorise(shift);
        var gain = Particles.SurfaceGain;
        for (int i = 0; i < Cells; i++)
        {
            double fold = 1 / (1 - BySurface[i] * gain[i]);
            CondensedPotential[i] = ByPotential[i] * fold;
            CondensedConcentration[i] = ByConcentration[i] * fold;
            CondensedSurface[i] = BySurface[i] * fold;
            if (Sides is null) continue;
            (_main[i], _salt[i]) = (CondensedPotential[i], CondensedConcentration[i]);
            double all = _main[i] + Sides.ByPotential[i], bySalt = _salt[i] + Sides.ByConcentration[i], resistance = Sides.FilmOhmM2(ageing, i);
            (_film[i], _filmSlope[i]) = (resistance, Sides.FilmDropPerM * Reaction[i]);
            _folded[i] = 1 / (1 + resistance * all + _filmSlope[i] * Sides.FilmByPotential(i));
            CondensedPotential[i] = all * _folded[i];
            CondensedConcentration[i] = bySalt * (1 - resistance * CondensedPotential[i]);
        }
    }

    /// <summary>Takes the right-hand sides of particles and ageing: <see cref="SurfaceChange"/> and <see cref="Constant"/>.</summary>
    public void Fold(ReadOnlySpan<double> particles, ReadOnlySpan<double> ageing)
    {
        Particles.Condense(particles, SurfaceChange);
        for (int i = 0; i < Cells; i++)
        {
            double main = CondensedSurface[i] * SurfaceChange[i];
            Constant[i] = main;
            if (Sides is null) continue;
            double all = main + Sides.Constant(ageing, i);
            Constant[i] = all - CondensedPotential[i] * (_film[i] * all + _filmSlope[i] * Sides.FilmChangeM(ageing, i));
        }
    }

    /// <summary>Finishes a cell: the changes of its reactions and of its ageing unknowns, those of salt and potential known.</summary>
    public void Unfold(int i, double saltChange, double potentialChangeV, Span<double> ageing)
    {
        if (Sides is null) ReactionChange[i] = CondensedConcentration[i] * saltChange + CondensedPotential[i] * potentialChangeV + Constant[i];
        else
        {
            double main = CondensedSurface[i] * SurfaceChange[i], all = main + Sides.Constant(ageing, i);
            double bySalt = _salt[i] + Sides.ByConcentration[i];
            double behind = _folded[i] * (potentialChangeV - _film[i] * (bySalt * saltChange + all) - _filmSlope[i] * Sides.FilmChangeM(ageing, i));
            MainChange[i] = main + _main[i] * behind + _salt[i] * saltChange;
            ReactionChange[i] = MainChange[i] + Sides.Expand(ageing, i, behind, saltChange);
        }

        SurfaceChange[i] += Particles.SurfaceGain[i] * MainChange[i];
    }

    /// <summary>Error of the surface stoichiometries, root mean square.</summary>
    public double SurfaceError(ReadOnlySpan<double> error)
    {
        Span<double> surface = stackalloc double[Cells];
        Particles.Surface(error, surface);
        double sum = 0;
        foreach (double value in surface) sum += value * value;
        return Math.Sqrt(sum / Cells);
    }

    /// <summary>Mean of values by cell over the active material.</summary>
    public double Mean(ReadOnlySpan<double> values, CellMesh mesh)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < Cells; i++)
        {
            double weight = SurfacePerM[i] * mesh.WidthM[FirstCell + i];
            sum += values[i] * weight;
            weights += weight;
        }

        return sum / weights;
    }
}
