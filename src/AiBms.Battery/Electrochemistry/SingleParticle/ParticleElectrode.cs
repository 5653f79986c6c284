using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>An electrode whose particles all behave like one: the reaction follows from the current, the overpotential from the reaction.</summary>
/// <remarks>η = (2RT/F)·asinh(j/2j₀), averaged over the electrode's salt concentrations in SPMe.</remarks>
sealed class ParticleElectrode
{
    /// <summary>Newton's method climbs a steep exponential by about 50 mV a round.</summary>
    const int MostRounds = 100;

    const double AgreementV = 1e-11;

    readonly ElectrodeParameters _parameters;
    readonly double _electrolyteAtRest, _referenceK;
    readonly double[] _surface = new double[1], _reaction = new double[1], _change = new double[1], _mean = new double[1];
    readonly double _newReactionPerA, _entering;
    readonly bool _hasEntropy;
    readonly double[] _keptBySalt;
    double _sideCurrent, _sideSlope, _dropPerM, _keptDropPerM, _film, _keptFilm, _keptBySurface, _byReaction, _response, _fold = 1, _shown = 1, _constantV;

    /// <param name="parameters">The electrode.</param>
    /// <param name="set">Its cell.</param>
    /// <param name="terms">Terms in the particle.</param>
    /// <param name="sign">+1 where a charging current is anodic (positive electrode), −1 in the negative one.</param>
    /// <param name="firstCell">First salt cell of this electrode.</param>
    /// <param name="cells">Salt cells of this electrode; 0 without an electrolyte.</param>
    /// <param name="ageing">What ages; null for nothing.</param>
    /// <param name="evenShells">Particles as even shells, for comparisons.</param>
    public ParticleElectrode(ElectrodeParameters parameters, ParameterSet set, int terms, int sign, int firstCell, int cells, ElectrodeAgeing? ageing, bool evenShells = false)
    {
        (_parameters, FirstCell, Cells) = (parameters, firstCell, cells);
        (_electrolyteAtRest, _referenceK) = (set.Electrolyte.ConcentrationMolPerM3, set.ReferenceTemperatureK);
        _hasEntropy = !(parameters.EntropicVPerK.IsConstant && parameters.EntropicVPerK.At(0.5, set.ReferenceTemperatureK) == 0);
        Sides = ageing is null ? null : new(ageing, parameters, 1);
        ReactionPerA = _newReactionPerA = sign / (set.ElectrodeAreaM2 * parameters.SurfacePerM * parameters.ThicknessM);
        _entering = parameters.SurfacePerM * parameters.ThicknessM;
        Sign = sign;
        Particles = ParticleFactory.Create(parameters, terms, 1, evenShells);
        (BySalt, _keptBySalt) = (new double[cells], new double[cells]);
    }

    public IParticleEnsemble Particles { get; }

    public int FirstCell { get; }

    public int Cells { get; }

    public int Sign { get; }

    /// <summary>Exponent of the salt concentration in the exchange current.</summary>
    public double SaltExponent => _parameters.ExchangeCurrent.ElectrolyteExponent;

    /// <summary>Side reactions; null where nothing ages.</summary>
    public SideReactions? Sides { get; }

    /// <summary>Drop in the film at the last evaluation, V.</summary>
    public double DropV { get; private set; }

    /// <summary>Change of the film's drop with its right-hand side at the last <see cref="Condense"/>, V.</summary>
    public double FilmChangeV { get; private set; }

    /// <summary>j for one ampere into the cell, 1/m².</summary>
    public double ReactionPerA { get; private set; }

    /// <summary>U + η, V, its open-circuit part and the entropic coefficient, V/K.</summary>
    public double PotentialV { get; private set; }

    /// <inheritdoc cref="PotentialV"/>
    public double OpenCircuitV { get; private set; }

    /// <inheritdoc cref="PotentialV"/>
    public double EntropicVPerK { get; private set; }

    /// <summary>Surface stoichiometry.</summary>
    public double SurfaceStoichiometry => _surface[0];

    /// <summary>Slopes of U + η: in the surface stoichiometry, in the current and in the salt of each cell; d(U − T·dU/dT)/dx.</summary>
    public double BySurface { get; private set; }

    /// <inheritdoc cref="BySurface"/>
    public double ByCurrent { get; private set; }

    /// <inheritdoc cref="BySurface"/>
    public double[] BySalt { get; }

    /// <inheritdoc cref="BySurface"/>
    public double StoredSlope { get; private set; }

    /// <summary>The surface's answer to the last right-hand side: without, then with the change of the current.</summary>
    public double SurfaceChange { get; private set; }

    /// <summary>Computes potential, slopes and rates; <paramref name="ageing"/> is empty where nothing ages.</summary>
    public void React(
        ReadOnlySpan<double> particle, ReadOnlySpan<double> salt, double currentA, double temperatureK, ReadOnlySpan<double> ageing, Span<double> rate,
        Span<double> ageingRate)
    {
        (_sideCurrent, _sideSlope) = (0, 0);
        Particles.Surface(particle, _surface);
        React(salt, currentA, temperatureK);
        if (Sides is not null) ReactBesides(particle, salt, currentA, temperatureK, ageing, ageingRate);
        Particles.Rates(particle, _reaction, temperatureK, rate);
    }

    void ReactBesides(
        ReadOnlySpan<double> particle, ReadOnlySpan<double> salt, double currentA, double temperatureK, ReadOnlySpan<double> ageing, Span<double> ageingRate)
    {
        // Side reactions take their share of the current; the potential answers. φ − P(j − s(φ)) rises steadily, and its root lies between the
        // potential without side reactions and the one that their first guess gives: Newton's method, kept inside that bracket.
        double saltMolPerM3 = Cells > 0 ? Mean(salt) : _electrolyteAtRest, potentialV = PotentialV, low = double.NaN, high = double.NaN;
        for (int round = 0; round < MostRounds; round++)
        {
            _sideCurrent = Sides!.CurrentAPerM2(ageing, 0, potentialV, saltMolPerM3, temperatureK, out _sideSlope);
            React(salt, currentA, temperatureK);
            double beyond = potentialV - PotentialV;
            if (round == 0) (low, high) = (Math.Min(potentialV, PotentialV), Math.Max(potentialV, PotentialV));
            if (!(Math.Abs(beyond) > AgreementV)) break;
            if (beyond > 0) high = potentialV;
            else low = potentialV;
            double next = potentialV - beyond / (1 + _byReaction * _sideSlope);
            potentialV = next > low && next < high ? next : 0.5 * (low + high);
        }

        Particles.Mean(particle, _mean);
        Sides!.Rates(ageing, 0, _mean[0] - _surface[0], ageingRate);
        _film = Sides.FilmOhmM2(ageing, 0);
        _dropPerM = ReactionPerA * currentA * Sides.FilmDropPerM;
        DropV = ReactionPerA * currentA * _film;
        PotentialV += DropV;
        ByCurrent += ReactionPerA * _film;
    }

    /// <summary>Temperature factor of the exchange current.</summary>
    public double ExchangeFactor(double temperatureK) => _parameters.ExchangeCurrent.Temperature.Factor(temperatureK);

    /// <summary>U + η, V, behind the film at a surface stoichiometry and reaction; NaN past an empty or full surface.</summary>
    /// <param name="x">Surface stoichiometry.</param>
    /// <param name="reactionAPerM2">j, A/m².</param>
    /// <param name="temperatureK">Temperature, K.</param>
    /// <param name="exchangeFactor">Of <see cref="ExchangeFactor"/>.</param>
    /// <param name="saltFactor">(c₀/c)^α at the electrode's nodes, a whole number of machine vectors; empty where the salt is even.</param>
    /// <param name="weights">Weight of each node in the mean.</param>
    /// <param name="storedV">U − T·dU/dT.</param>
    /// <param name="bySurface">Slope in x, η's own left out where it is small.</param>
    /// <param name="byReaction">Slope in j.</param>
    public double ClosedFormV(
        double x, double reactionAPerM2, double temperatureK, double exchangeFactor, ReadOnlySpan<double> saltFactor, ReadOnlySpan<double> weights,
        out double storedV, out double bySurface, out double byReaction)
    {
        (storedV, byReaction) = (double.NaN, double.NaN);
        bySurface = double.NaN;
        if (!(x > 0 && x < 1)) return double.NaN;
        double u = storedV = _parameters.PotentialV(x, temperatureK, _parameters.EnteringFraction(-_entering * reactionAPerM2), out bySurface);
        if (_hasEntropy)
        {
            double entropic = _parameters.EntropicVPerK.At(x, temperatureK, out _);
            u += (temperatureK - _referenceK) * entropic;
            storedV = u - temperatureK * entropic;
        }

        double exchange = 1 / (2 * exchangeFactor * _parameters.ExchangeCurrent.At(1, x, out double logarithmicSlope));
        double z = reactionAPerM2 * exchange, size = Math.Abs(z), thermalV = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol;
        // asinh by its logarithm: the last digits that this loses near 0 are far below a nanovolt.
        double asinh, slope;
        if (saltFactor.IsEmpty)
        {
            double root = Math.Sqrt(size * size + 1);
            (asinh, slope) = (Math.Log(size + root), 1 / root);
        }
        else
        {
            ReadOnlySpan<Vector<double>> factors = MemoryMarshal.Cast<double, Vector<double>>(saltFactor), shares = MemoryMarshal.Cast<double, Vector<double>>(weights);
            Vector<double> sum = Vector<double>.Zero, slopes = sum, wide = new(size);
            for (int i = 0; i < factors.Length; i++)
            {
                Vector<double> here = wide * factors[i], root = Vector.SquareRoot(here * here + Vector<double>.One);
                sum += shares[i] * Vector.Log(here + root);
                slopes += shares[i] * factors[i] / root;
            }

            (asinh, slope) = (Vector.Sum(sum), Vector.Sum(slopes));
        }

        byReaction = thermalV * slope * exchange;
        bySurface -= byReaction * reactionAPerM2 * logarithmicSlope;
        return u + thermalV * Math.CopySign(asinh, z);
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    void React(ReadOnlySpan<double> salt, double currentA, double temperatureK)
    {
        double x = _surface[0], offset = temperatureK - _referenceK, j = _reaction[0] = ReactionPerA * currentA - _sideCurrent;
        double entropic = EntropicVPerK = _parameters.EntropicVPerK.At(x, temperatureK, out double entropicSlope);
        double u = OpenCircuitV = _parameters.PotentialV(x, temperatureK, _parameters.EnteringFraction(-_entering * j), out double slope) + offset * entropic;
        slope += offset * entropicSlope;
        StoredSlope = slope - temperatureK * entropicSlope;
        double thermal = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol, rateFactor = _parameters.ExchangeCurrent.Temperature.Factor(temperatureK);
        double overpotential = 0, byReaction = 0, byExchange = 0, byStoichiometry = 0;
        int cells = Math.Max(1, Cells);
        for (int i = 0; i < cells; i++)
        {
            double c = Cells > 0 ? salt[i] : _electrolyteAtRest;
            double j0 = 2 * rateFactor * _parameters.ExchangeCurrent.At(c / _electrolyteAtRest, x, out byStoichiometry);
            double root = thermal / (cells * Math.Sqrt(j * j + j0 * j0));
            overpotential += thermal / cells * Math.Asinh(j / j0);
            byReaction += root;
            byExchange -= j * root;
            if (Cells > 0) BySalt[i] = c > 0 ? -j * root * _parameters.ExchangeCurrent.ElectrolyteExponent / c : 0;
        }

        // Past an empty or a full surface there is no physics: the step is refused and the run ends there.
        PotentialV = x > 0 && x < 1 ? u + overpotential : double.NaN;
        (_byReaction, ByCurrent) = (byReaction, byReaction * ReactionPerA);
        BySurface = slope + byExchange * byStoichiometry;
    }

    /// <summary>Prepares a step: what its solves need stays as it is here while the stages move on.</summary>
    /// <remarks>
    /// With φ = U + η behind the film and the side current s: δφ = B·δx + C·(ρ·δI − δs) + salt, δx = H + G·(ρ·δI − δs), δs = S·δφ + K, so that
    /// δφ = D·(B·H − R·K + R·ρ·δI + salt) with R = B·G + C and D = 1/(1 + R·S).
    /// </remarks>
    public void Factorise(double shift)
    {
        Particles.Factorise(shift);
        (_keptDropPerM, _keptFilm, _keptBySurface) = (_dropPerM, _film, BySurface);
        _response = BySurface * Particles.SurfaceGain[0] + _byReaction;
        if (Sides is null) return;
        Sides.Factorise(shift);
        _fold = 1 / (1 + _response * Sides.ByPotential[0]);
        _shown = 1 + _keptDropPerM * Sides.FilmByPotential(0);
        BySalt.CopyTo(_keptBySalt, 0);
    }

    /// <summary>Share of a change of potential that the side reactions leave and the growing film shows, and with it the change per ampere, Ω.</summary>
    public double FoldFraction => _shown * _fold;

    /// <inheritdoc cref="FoldFraction"/>
    public double FoldedOhm => (FoldFraction * _response + _keptFilm) * ReactionPerA;

    /// <summary>The answer to a right-hand side, the current and the salt unchanged, V.</summary>
    public double Condense(ReadOnlySpan<double> particle, ReadOnlySpan<double> ageing)
    {
        Particles.Condense(particle, _change);
        SurfaceChange = _change[0];
        if (Sides is null) return _keptBySurface * SurfaceChange;
        FilmChangeV = _keptDropPerM * Sides.FilmChangeM(ageing, 0);
        _constantV = _fold * (_keptBySurface * SurfaceChange - _response * Sides.Constant(ageing, 0));
        return _shown * _constantV;
    }

    /// <summary>Finishes the solution with the changes of the current, A, and of the salt.</summary>
    public void Expand(Span<double> particle, double currentChangeA, ReadOnlySpan<double> saltChange, Span<double> ageing)
    {
        _change[0] = ReactionPerA * currentChangeA;
        if (Sides is not null)
        {
            double potentialChangeV = _constantV + _fold * _response * ReactionPerA * currentChangeA;
            for (int i = 0; i < _keptBySalt.Length; i++) potentialChangeV += _fold * _keptBySalt[i] * saltChange[i];
            _change[0] -= Sides.Expand(ageing, 0, potentialChangeV, 0);
        }

        SurfaceChange += Particles.SurfaceGain[0] * _change[0];
        Particles.Expand(particle, _change);
    }

    /// <summary>Takes the aged active material into use.</summary>
    public void Renew(ReadOnlySpan<double> particle, Span<double> ageing)
    {
        if (Sides is null) return;
        Particles.Mean(particle, _mean);
        Sides.Renew(ageing, 0, _mean[0]);
        ReactionPerA = _newReactionPerA / SideReactions.Active(ageing, 0);
    }

    /// <summary>Error of the surface stoichiometry.</summary>
    public double SurfaceError(ReadOnlySpan<double> particle)
    {
        Particles.Surface(particle, _change);
        return Math.Abs(_change[0]);
    }
}
