using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>Chooses how an electrode's particles are resolved.</summary>
static class ParticleFactory
{
    /// <summary>Decoupled modes where the diffusivity is constant.</summary>
    public static IParticleEnsemble Create(ElectrodeParameters electrode, int terms, int cells) =>
        new ModalParticles(electrode, new SphereModes(terms), cells);
}
