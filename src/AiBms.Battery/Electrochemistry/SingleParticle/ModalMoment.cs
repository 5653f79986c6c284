namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>What a cell in modes has besides its modes at one moment.</summary>
struct ModalMoment
{
    /// <summary>Current, A, and terminal voltage, V.</summary>
    public double CurrentA, VoltageV;

    /// <summary>Temperature, K, and heat set free, W.</summary>
    public double TemperatureK, HeatW;

    /// <summary>Film on the negative particles, m, the lithium in it, mol/m³, and the current density of its growth, A/m².</summary>
    public double FilmM, FilmLithium, SideAPerM2;

    /// <summary>Charge, C, and energy, J, taken in.</summary>
    public double ChargeC, EnergyJ;
}
