namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>The particles of one electrode, one a cell of the mesh, seen from the reaction: j in, surface stoichiometry out.</summary>
/// <remarks>
/// A linearised implicit step A·u = b is condensed on the reaction: δx_surf = H + B·δj, so that Newton sees the electrode's cells alone.
/// j is the reaction current density in A/m², positive where lithium leaves the particle.
/// </remarks>
interface IParticleEnsemble
{
    /// <summary>Unknowns of all particles together.</summary>
    int StateCount { get; }

    /// <summary>B = ∂x_surf/∂j of the linearised step, by cell; set by <see cref="Factorise"/>.</summary>
    ReadOnlySpan<double> SurfaceGain { get; }

    /// <summary>Fills every particle evenly.</summary>
    void Fill(Span<double> state, double stoichiometry);

    /// <summary>Moves the mean stoichiometry of one cell's particle, its shape kept.</summary>
    void Shift(Span<double> state, int cell, double change);

    /// <summary>Surface stoichiometry by cell.</summary>
    void Surface(ReadOnlySpan<double> state, Span<double> surface);

    /// <summary>Stoichiometry by cell at a distance from the middle, as a fraction of the radius, 0…1.</summary>
    void At(ReadOnlySpan<double> state, double radiusFraction, Span<double> stoichiometry);

    /// <summary>Mean stoichiometry by cell.</summary>
    void Mean(ReadOnlySpan<double> state, Span<double> mean);

    /// <summary>Rates of all unknowns under the reaction.</summary>
    void Rates(ReadOnlySpan<double> state, ReadOnlySpan<double> reactionAPerM2, double temperatureK, Span<double> rate);

    /// <summary>Prepares A = shift·1 − J at the state and temperature of the last <see cref="Rates"/>.</summary>
    void Factorise(double shift);

    /// <summary>H: the surface's answer to a right-hand side without a change of the reaction.</summary>
    void Condense(ReadOnlySpan<double> b, Span<double> surface);

    /// <summary>Turns the right-hand side into the solution, now that δj is known.</summary>
    void Expand(Span<double> b, ReadOnlySpan<double> reactionChange);
}
