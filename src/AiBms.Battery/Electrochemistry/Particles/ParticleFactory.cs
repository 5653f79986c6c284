using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>Chooses how an electrode's particles are resolved.</summary>
static class ParticleFactory
{
    /// <summary>Decoupled modes where the diffusivity is constant, coupled polynomials where it varies; on request even shells.</summary>
    public static IParticleEnsemble Create(ElectrodeParameters electrode, int terms, int cells, bool evenShells = false) =>
        electrode.DiffusivityM2PerS.IsConstant
            ? new ModalParticles(electrode, evenShells ? SphereModes.Shells(terms) : new SphereModes(terms), cells)
            : evenShells ? throw new ArgumentException("even shells need a solid diffusivity that does not vary with lithium content", nameof(evenShells))
            : new PolynomialParticles(electrode, new SphereModes(terms), cells);
}
