using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>Chooses how an electrode's particles are resolved.</summary>
static class ParticleFactory
{
    /// <summary>Decoupled modes where the diffusivity is constant, coupled polynomials where it varies.</summary>
    public static IParticleEnsemble Create(ElectrodeParameters electrode, int terms, int cells) =>
        electrode.DiffusivityM2PerS.IsConstant
            ? new ModalParticles(electrode, new SphereModes(terms), cells)
            : new PolynomialParticles(electrode, new SphereModes(terms), cells);
}
