using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>An electrode whose particles all behave like one: the reaction follows from the current, the overpotential from the reaction.</summary>
/// <remarks>η = (2RT/F)·asinh(j/2j₀), averaged over the electrode's salt concentrations in SPMe.</remarks>
sealed class ParticleElectrode
{
    readonly ElectrodeParameters _parameters;
    readonly double _electrolyteAtRest, _referenceK;
    readonly double[] _surface = new double[1], _reaction = new double[1], _change = new double[1];
    double _filmChange;

    /// <param name="parameters">The electrode.</param>
    /// <param name="set">Its cell.</param>
    /// <param name="terms">Terms in the particle.</param>
    /// <param name="sign">+1 where a charging current is anodic (positive electrode), −1 in the negative one.</param>
    /// <param name="firstCell">First salt cell of this electrode.</param>
    /// <param name="cells">Salt cells of this electrode; 0 without an electrolyte.</param>
    public ParticleElectrode(ElectrodeParameters parameters, ParameterSet set, int terms, int sign, int firstCell, int cells)
    {
        (_parameters, FirstCell, Cells) = (parameters, firstCell, cells);
        (_electrolyteAtRest, _referenceK) = (set.Electrolyte.ConcentrationMolPerM3, set.ReferenceTemperatureK);
        ReactionPerA = sign / (set.ElectrodeAreaM2 * parameters.SurfacePerM * parameters.ThicknessM);
        Sign = sign;
        Particles = ParticleFactory.Create(parameters, terms, 1);
        BySalt = new double[cells];
    }

    public IParticleEnsemble Particles { get; }

    public int FirstCell { get; }

    public int Cells { get; }

    public int Sign { get; }

    /// <summary>j for one ampere into the cell, 1/m².</summary>
    public double ReactionPerA { get; }

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

    /// <summary>Current density of the film's reaction, A/m², and its slope in the thickness, A/m³.</summary>
    public double FilmCurrentAPerM2 { get; private set; }

    /// <inheritdoc cref="FilmCurrentAPerM2"/>
    public double FilmSlopeAPerM3 { get; private set; }

    /// <summary>Computes potential, slopes and the particle's rates under a film of this thickness.</summary>
    public void React(
        ReadOnlySpan<double> particle, ReadOnlySpan<double> salt, double currentA, double temperatureK, IFilmGrowth? film, double thicknessM, Span<double> rate)
    {
        // The film takes its share of the current; so small a one that three rounds leave nothing.
        FilmCurrentAPerM2 = 0;
        React(particle, salt, currentA, temperatureK, rate);
        if (film is null) return;
        for (int round = 0; round < 3; round++)
        {
            FilmCurrentAPerM2 = film.CurrentAPerM2(PotentialV, thicknessM, temperatureK);
            React(particle, salt, currentA, temperatureK, rate);
        }

        FilmSlopeAPerM3 = (film.CurrentAPerM2(PotentialV, thicknessM * (1 + 1e-6), temperatureK) - film.CurrentAPerM2(PotentialV, thicknessM, temperatureK))
            / (1e-6 * thicknessM);
        PotentialV += ReactionPerA * currentA * thicknessM * film.ResistivityOhmM;
        ByCurrent += ReactionPerA * thicknessM * film.ResistivityOhmM;
    }

    void React(ReadOnlySpan<double> particle, ReadOnlySpan<double> salt, double currentA, double temperatureK, Span<double> rate)
    {
        Particles.Surface(particle, _surface);
        double x = _surface[0], offset = temperatureK - _referenceK, j = _reaction[0] = ReactionPerA * currentA - FilmCurrentAPerM2;
        double entropic = EntropicVPerK = _parameters.EntropicVPerK.At(x, temperatureK, out double entropicSlope);
        double u = OpenCircuitV = _parameters.OpenCircuitPotentialV.At(x, temperatureK, out double slope) + offset * entropic;
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
        ByCurrent = byReaction * ReactionPerA;
        BySurface = slope + byExchange * byStoichiometry;
        Particles.Rates(particle, _reaction, temperatureK, rate);
    }

    /// <summary>The surface's answer H to a right-hand side, the current unchanged.</summary>
    public void Condense(ReadOnlySpan<double> particle)
    {
        Particles.Condense(particle, _change);
        SurfaceChange = _change[0];
    }

    /// <summary>Adds a change of the film's reaction, A/m², that the solution brings with it; to be followed by <see cref="Expand"/>.</summary>
    public void AddFilm(double changeAPerM2)
    {
        _filmChange = changeAPerM2;
        SurfaceChange -= Particles.SurfaceGain[0] * changeAPerM2;
    }

    /// <summary>Finishes the solution with the change of the current, A.</summary>
    public void Expand(Span<double> particle, double currentChangeA)
    {
        _change[0] = ReactionPerA * currentChangeA - _filmChange;
        SurfaceChange += SurfaceGainPerA * currentChangeA;
        Particles.Expand(particle, _change);
    }

    /// <summary>Change of the surface per ampere in the linearised step.</summary>
    public double SurfaceGainPerA => Particles.SurfaceGain[0] * ReactionPerA;

    /// <summary>Error of the surface stoichiometry.</summary>
    public double SurfaceError(ReadOnlySpan<double> particle)
    {
        Particles.Surface(particle, _change);
        return Math.Abs(_change[0]);
    }
}
