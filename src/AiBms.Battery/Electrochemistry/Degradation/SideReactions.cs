using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>Film growth, plating, cracks and loss of material at every place of one electrode, with the slopes an implicit step needs.</summary>
/// <remarks>
/// State: <see cref="AgeingState"/> place by place. The slow parts (crack length, active fraction) are explicit in the linearised step:
/// the solver's method keeps order two when its Jacobian leaves small couplings out. Lithium is exact: what a side reaction
/// takes from the current in a step is what its lithium grows by.
/// </remarks>
sealed class SideReactions
{
    const double Faraday = Constants.FaradayCPerMol, SecondsAnHour = 3600;

    /// <summary>How much more closely plated lithium is followed than the film.</summary>
    const double PlatedWeight = 100;

    readonly ElectrodeAgeing _ageing;
    readonly double _surfacePerM, _maximum, _activeFraction, _stressPa;
    readonly Parts[] _now, _kept;
    double _shift;

    public SideReactions(ElectrodeAgeing ageing, ElectrodeParameters electrode, int places)
    {
        (_ageing, Places) = (ageing, places);
        (_surfacePerM, _maximum, _activeFraction) = (electrode.SurfacePerM, electrode.MaximumConcentrationMolPerM3, electrode.ActiveFraction);
        if (ageing.Mechanics is { } m) _stressPa = m.PartialMolarVolumeM3PerMol * m.YoungPa / (3 * (1 - m.PoissonFraction)) * _maximum;
        (_now, _kept) = (new Parts[places], new Parts[places]);
        (ByPotential, ByConcentration) = (new double[places], new double[places]);
    }

    public int Places { get; }

    public int StateCount => AgeingState.Count * Places;

    /// <summary>Slopes of the side current with the step's own change of film and plated lithium folded in, by place.</summary>
    public double[] ByPotential { get; }

    /// <inheritdoc cref="ByPotential"/>
    public double[] ByConcentration { get; }

    /// <summary>A new cell.</summary>
    public void Fill(Span<double> state)
    {
        state.Clear();
        for (int i = 0; i < Places; i++)
        {
            var at = state.Slice(AgeingState.Count * i, AgeingState.Count);
            at[AgeingState.Film] = _ageing.Film?.InitialThicknessM ?? 0;
            at[AgeingState.CrackFilm] = _ageing.Mechanics?.FreshFilmM ?? 0;
            at[AgeingState.CrackLength] = _ageing.Mechanics?.CrackLengthM ?? 0;
            (at[AgeingState.Active], at[AgeingState.ActiveInUse]) = (1, 1);
        }
    }

    /// <summary>Resistance of the film at a place, Ω·m².</summary>
    public double FilmOhmM2(ReadOnlySpan<double> state, int place) => _ageing.Film is { } film ? film.ResistivityOhmM * At(state, place, AgeingState.Film) : 0;

    /// <summary>Side current density at a place, A/m² of particle, and its own slope in the potential; keeps the parts for the rates.</summary>
    public double CurrentAPerM2(ReadOnlySpan<double> state, int place, double potentialV, double saltMolPerM3, double temperatureK, out double byPotential)
    {
        ref var p = ref _now[place];
        p = default;
        double sum = byPotential = 0;
        if (_ageing.Film is { } film)
        {
            sum = p.Film = film.CurrentAPerM2(potentialV, At(state, place, AgeingState.Film), temperatureK, out p.FilmByPotential, out p.FilmByThickness);
            byPotential = p.FilmByPotential;
            if (_ageing.Mechanics is { Cracks: true } m)
            {
                p.CrackShare = 2 * At(state, place, AgeingState.CrackLength) * m.CrackWidthM * m.CracksPerM2;
                p.Crack = film.CurrentAPerM2(potentialV, At(state, place, AgeingState.CrackFilm), temperatureK, out p.CrackByPotential, out p.CrackByThickness);
                sum += p.CrackShare * p.Crack;
                byPotential += p.CrackShare * p.CrackByPotential;
            }
        }

        if (_ageing.Plating is not { } plating) return sum;
        double perVolt = Faraday / (Constants.GasJPerMolK * temperatureK), rate = Faraday * plating.RateMPerS;
        double down = rate * Math.Exp(-plating.TransferFraction * perVolt * potentialV), salt = Math.Max(saltMolPerM3, 0);
        p.Plating = -down * salt;
        p.PlatingByPotential = plating.TransferFraction * perVolt * down * salt;
        p.PlatingBySalt = -down;
        if (plating.Kind != PlatingKind.Irreversible)
        {
            double up = rate * Math.Exp((1 - plating.TransferFraction) * perVolt * potentialV), plated = At(state, place, AgeingState.Plated);
            p.Plating += up * plated;
            p.PlatingByPotential += (1 - plating.TransferFraction) * perVolt * up * plated;
            p.PlatingByPlated = up;
        }

        byPotential += p.PlatingByPotential;
        return sum + p.Plating;
    }

    /// <summary>Slope of the side current in the salt concentration at the last evaluation.</summary>
    public double BySalt(int place) => _now[place].PlatingBySalt;

    /// <summary>Rates of a place's unknowns; to be called after <see cref="CurrentAPerM2"/>.</summary>
    public void Rates(ReadOnlySpan<double> state, int place, double meanLessSurface, Span<double> rate)
    {
        ref var p = ref _now[place];
        var from = state.Slice(AgeingState.Count * place, AgeingState.Count);
        var to = rate.Slice(AgeingState.Count * place, AgeingState.Count);
        to.Clear();
        p.LithiumPerCharge = _surfacePerM * from[AgeingState.ActiveInUse] / Faraday;
        if (_ageing.Film is { } film)
        {
            p.Growth = film.GrowthM3PerC;
            to[AgeingState.Film] = -p.Growth * p.Film;
            to[AgeingState.FilmLithium] = -p.LithiumPerCharge * (p.Film + p.CrackShare * p.Crack);
        }

        if (_ageing.Mechanics is { } m)
        {
            double stress = Math.Max(0, _stressPa * meanLessSurface);
            if (m.LossPerS > 0 && stress > 0)
                to[AgeingState.Active] = -m.LossPerS / _activeFraction * (m.LossExponent == 2 ? Square(2.0 / 3 * stress / m.CriticalPa) : Math.Pow(2.0 / 3 * stress / m.CriticalPa, m.LossExponent));
            if (m.Cracks)
            {
                double length = from[AgeingState.CrackLength];
                if (stress > 0) to[AgeingState.CrackLength] = m.ParisRateM * Math.Pow(m.StressIntensityFactor * stress * Math.Sqrt(Math.PI * length), m.ParisExponent) / SecondsAnHour;
                p.Spreading = to[AgeingState.CrackLength] / length;
                // Fresh cracks thin the mean film in them.
                to[AgeingState.CrackFilm] = -p.Growth * p.Crack + p.Spreading * (m.FreshFilmM - from[AgeingState.CrackFilm]);
            }
        }

        if (_ageing.Plating is not { } plating) return;
        double arriving = -p.LithiumPerCharge * p.Plating;
        if (plating.Kind == PlatingKind.Irreversible)
        {
            to[AgeingState.Dead] = arriving;
            return;
        }

        p.Decay = plating.Kind == PlatingKind.Reversible ? 0
            : plating.DecayPerS * (_ageing.Film is { } over ? over.InitialThicknessM / from[AgeingState.Film] : 1);
        double dying = p.Decay * from[AgeingState.Plated];
        to[AgeingState.Plated] = arriving - dying;
        to[AgeingState.Dead] = dying;
    }

    /// <summary>Keeps the slopes of the last evaluation for the solves of a step and folds the step's own changes in.</summary>
    /// <param name="shift">1/(γh).</param>
    public void Factorise(double shift)
    {
        _shift = shift;
        for (int i = 0; i < Places; i++)
        {
            ref var p = ref _kept[i];
            p = _now[i];
            p.FilmPivot = 1 / (shift + p.Growth * p.FilmByThickness);
            p.CrackPivot = 1 / (shift + p.Growth * p.CrackByThickness + p.Spreading);
            p.PlatedPivot = 1 / (shift + p.LithiumPerCharge * p.PlatingByPlated + p.Decay);
            // Each slope shrinks by what film and plated lithium give way within the step.
            p.FilmByPotential *= 1 - p.FilmByThickness * p.FilmPivot * p.Growth;
            p.CrackByPotential *= 1 - p.CrackByThickness * p.CrackPivot * p.Growth;
            double yields = 1 - p.PlatingByPlated * p.PlatedPivot * p.LithiumPerCharge;
            p.PlatingByPotential *= yields;
            p.PlatingBySalt *= yields;
            ByPotential[i] = p.FilmByPotential + p.CrackShare * p.CrackByPotential + p.PlatingByPotential;
            ByConcentration[i] = p.PlatingBySalt;
        }
    }

    /// <summary>The part of the side current's change that a right-hand side brings without any change of potential or salt.</summary>
    public double Constant(ReadOnlySpan<double> b, int place)
    {
        ref var p = ref _kept[place];
        return p.FilmByThickness * p.FilmPivot * At(b, place, AgeingState.Film)
            + p.CrackShare * p.CrackByThickness * p.CrackPivot * At(b, place, AgeingState.CrackFilm)
            + p.PlatingByPlated * p.PlatedPivot * At(b, place, AgeingState.Plated);
    }

    /// <summary>Resistivity of the film, Ω·m; 0 without one.</summary>
    public double FilmDropPerM => _ageing.Film?.ResistivityOhmM ?? 0;

    /// <summary>Change of the film that a right-hand side brings without a change of potential, m.</summary>
    public double FilmChangeM(ReadOnlySpan<double> b, int place) => _kept[place].FilmPivot * At(b, place, AgeingState.Film);

    /// <summary>Change of the film with the potential within the step, m/V.</summary>
    public double FilmByPotential(int place) => -_kept[place].Growth * _kept[place].FilmByPotential / _shift;

    /// <summary>Turns the right-hand side of a place into its solution, the changes of potential and salt known.</summary>
    /// <returns>Change of the side current, A/m².</returns>
    public double Expand(Span<double> b, int place, double potentialChangeV, double saltChange)
    {
        ref var p = ref _kept[place];
        var at = b.Slice(AgeingState.Count * place, AgeingState.Count);
        double film = p.FilmByPotential * potentialChangeV + p.FilmByThickness * p.FilmPivot * at[AgeingState.Film];
        double crack = p.CrackByPotential * potentialChangeV + p.CrackByThickness * p.CrackPivot * at[AgeingState.CrackFilm];
        double plating = p.PlatingByPotential * potentialChangeV + p.PlatingBySalt * saltChange + p.PlatingByPlated * p.PlatedPivot * at[AgeingState.Plated];
        double each = 1 / _shift, sides = film + p.CrackShare * crack;
        at[AgeingState.Film] = each * (at[AgeingState.Film] - p.Growth * film);
        at[AgeingState.CrackFilm] = (at[AgeingState.CrackFilm] - p.Growth * crack) / (_shift + p.Spreading);
        at[AgeingState.FilmLithium] = each * (at[AgeingState.FilmLithium] - p.LithiumPerCharge * sides);
        for (int k = AgeingState.CrackLength; k <= AgeingState.Active; k++) at[k] *= each;
        if (_ageing.Plating is { Kind: PlatingKind.Irreversible }) at[AgeingState.Dead] = each * (at[AgeingState.Dead] - p.LithiumPerCharge * plating);
        else
        {
            at[AgeingState.Plated] = (at[AgeingState.Plated] - p.LithiumPerCharge * plating) / (_shift + p.Decay);
            at[AgeingState.Dead] = each * (at[AgeingState.Dead] + p.Decay * at[AgeingState.Plated]);
        }

        at[AgeingState.LostLithium..].Clear();
        return sides + plating;
    }

    /// <summary>Weighted error of the ageing unknowns, as a fraction.</summary>
    public double Error(ReadOnlySpan<double> error, ReadOnlySpan<double> state)
    {
        double worst = 0;
        for (int i = 0; i < Places; i++)
        {
            if (_ageing.Film is not null)
            {
                double thickness = At(state, i, AgeingState.Film);
                worst = Math.Max(worst, Math.Max(Math.Abs(At(error, i, AgeingState.Film)), Math.Abs(At(error, i, AgeingState.CrackFilm))) / thickness);
            }

            // Per cent of the film, and as many ten-thousandths of the lithium a full electrode holds: metal that is not there must not be stripped.
            worst = Math.Max(worst, PlatedWeight * Math.Abs(At(error, i, AgeingState.Plated)) / (_activeFraction * _maximum));
            worst = Math.Max(worst, Math.Abs(At(error, i, AgeingState.Active)));
        }

        return 0.1 * worst;
    }

    /// <summary>Active material may be lost by this share before it is taken out of use: 0.001 mV or so.</summary>
    const double LeastWear = 2e-6;

    /// <summary>Whether anywhere more has been lost than may wait.</summary>
    public bool IsWorn(ReadOnlySpan<double> state)
    {
        if (_ageing.Mechanics is not { LossPerS: > 0 }) return false;
        for (int i = 0; i < Places; i++)
            if (At(state, i, AgeingState.ActiveInUse) - At(state, i, AgeingState.Active) > LeastWear) return true;
        return false;
    }

    /// <summary>Takes the active material that is left into use at a place: what was lost keeps its lithium.</summary>
    public void Renew(Span<double> state, int place, double meanStoichiometry)
    {
        var at = state.Slice(AgeingState.Count * place, AgeingState.Count);
        at[AgeingState.LostLithium] += (at[AgeingState.ActiveInUse] - at[AgeingState.Active]) * _activeFraction * _maximum * meanStoichiometry;
        at[AgeingState.ActiveInUse] = at[AgeingState.Active];
    }

    /// <summary>Carries the slow unknowns over a number of cycles; plated lithium settles within a cycle and stays, and the pores in use are left to their renewal, which keeps the salt.</summary>
    public void Extrapolate(Span<double> state, ReadOnlySpan<double> change, double cycles, IParticleEnsemble particles, Span<double> particleState)
    {
        Span<double> mean = stackalloc double[Places];
        particles.Mean(particleState, mean);
        for (int i = 0; i < Places; i++)
        {
            var at = state.Slice(AgeingState.Count * i, AgeingState.Count);
            var by = change.Slice(AgeingState.Count * i, AgeingState.Count);
            double held = mean[i] * at[AgeingState.ActiveInUse], full = _activeFraction * _maximum;
            // Material that is lost but still in use stands for less than a cycle: it must not be multiplied.
            double lost = by[AgeingState.LostLithium] + (by[AgeingState.ActiveInUse] - by[AgeingState.Active]) * full * mean[i];
            foreach (int k in (ReadOnlySpan<int>)[AgeingState.Film, AgeingState.CrackFilm, AgeingState.CrackLength, AgeingState.Active, AgeingState.Dead, AgeingState.FilmLithium])
                at[k] += cycles * by[k];
            at[AgeingState.ActiveInUse] += cycles * by[AgeingState.Active];
            at[AgeingState.LostLithium] += cycles * lost;
            double taken = cycles * (by[AgeingState.FilmLithium] + by[AgeingState.Dead] + lost);
            particles.Shift(particleState, i, (held - taken / full) / at[AgeingState.ActiveInUse] - mean[i]);
        }
    }

    /// <summary>Active material in use at a place, 1 when new.</summary>
    public static double Active(ReadOnlySpan<double> state, int place) => At(state, place, AgeingState.ActiveInUse);

    /// <summary>Takes the share of the electrode's volume that films and metal fill at a place into use.</summary>
    /// <returns>That share before and now.</returns>
    public (double Before, double Now) Fill(Span<double> state, int place)
    {
        ref double inUse = ref state[AgeingState.Count * place + AgeingState.FilledInUse];
        double before = inUse;
        inUse = FilledFraction(state, place);
        return (before, inUse);
    }

    double FilledFraction(ReadOnlySpan<double> state, int place)
    {
        if (!_ageing.FillsPores) return 0;
        var at = state.Slice(AgeingState.Count * place, AgeingState.Count);
        double solid = (_ageing.Plating?.MolarVolumeM3PerMol ?? 0) * (at[AgeingState.Plated] + at[AgeingState.Dead]);
        if (_ageing.Film is not { } film) return solid;
        double thickness = at[AgeingState.Film] - film.InitialThicknessM;
        if (_ageing.Mechanics is { Cracks: true } m) thickness += 2 * at[AgeingState.CrackLength] * m.CrackWidthM * m.CracksPerM2 * at[AgeingState.CrackFilm];
        return solid + _surfacePerM * at[AgeingState.ActiveInUse] * thickness;
    }

    /// <summary>Means and sums over the electrode.</summary>
    /// <param name="state">The ageing unknowns.</param>
    /// <param name="volumeM3">Volume of electrode at each place, m³.</param>
    public ElectrodeHealth Health(ReadOnlySpan<double> state, ReadOnlySpan<double> volumeM3)
    {
        double volume = 0, active = 0, thickness = 0, film = 0, plated = 0, dead = 0, lost = 0;
        for (int i = 0; i < Places; i++)
        {
            var at = state.Slice(AgeingState.Count * i, AgeingState.Count);
            double v = volumeM3[i], ampereHours = v * Faraday / SecondsAnHour;
            volume += v;
            active += v * at[AgeingState.Active];
            thickness += v * at[AgeingState.Film];
            film += ampereHours * at[AgeingState.FilmLithium];
            plated += ampereHours * at[AgeingState.Plated];
            dead += ampereHours * at[AgeingState.Dead];
            lost += ampereHours * (at[AgeingState.LostLithium]);
        }

        return new(active / volume, thickness / volume, film, plated, dead, lost);
    }

    static double At(ReadOnlySpan<double> state, int place, int part) => state[AgeingState.Count * place + part];

    static double Square(double x) => x * x;

    /// <summary>Currents of one place, A/m², with their slopes and the pivots of a step.</summary>
    struct Parts
    {
        public double Film, FilmByPotential, FilmByThickness, FilmPivot, Growth;
        public double Crack, CrackByPotential, CrackByThickness, CrackPivot, CrackShare, Spreading;
        public double Plating, PlatingByPotential, PlatingBySalt, PlatingByPlated, PlatedPivot, LithiumPerCharge, Decay;
    }
}
