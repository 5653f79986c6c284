namespace AiBms.Tests.Safety;

/// <summary>A simulated cell that runs away after an internal short, seen by a probe some way off, by its tap, and by gas and pressure.</summary>
/// <remarks>
/// One lumped cell: C·dT/dt = short heat + reaction heat − loss. The reaction's rate is Arrhenius with numbers of the usual order for
/// decomposition of a charged NMC cell; they are not fitted to a measurement, so what is scored is the order of the signs, not the hours.
/// </remarks>
sealed class RunawayTrace(Random random)
{
    const double HeatCapacityJPerK = 900, LossWPerK = 0.8, ReactionJ = 250_000, RateHz = 6e12, ActivationK = 16_000;

    readonly double _shortOhm = Math.Pow(10, -2.3 + 0.8 * random.NextDouble()), _probeLagS = 5 + 40 * random.NextDouble(), _gasLagS = 2 + 8 * random.NextDouble();
    readonly double _innerOhm = 0.001 + 0.001 * random.NextDouble();
    double _gas, _unreacted = 1;

    public double CellDegC { get; private set; } = 30;

    public double ProbeDegC { get; private set; } = 30;

    public double Voltage { get; private set; } = 3.9;

    public double GasPpm => 2000 * _gas;

    public double PressureKPa => 101 + 15 * _gas;

    /// <summary>True from the vent on.</summary>
    public bool Vented { get; private set; }

    public void Step(double stepS, bool shorted)
    {
        double currentA = shorted ? 3.9 / (_shortOhm + _innerOhm) : 0;
        double shortW = currentA * currentA * (_shortOhm + _innerOhm) * Math.Min(1, _unreacted * 4);
        double rate = _unreacted * RateHz * Math.Exp(-ActivationK / (CellDegC + 273.15));
        rate = Math.Min(rate, 0.2);
        _unreacted = Math.Max(0, _unreacted - rate * stepS);
        CellDegC += stepS * (shortW + ReactionJ * rate - LossWPerK * (CellDegC - 30)) / HeatCapacityJPerK;
        ProbeDegC += (CellDegC - ProbeDegC) * 0.6 * stepS / (_probeLagS + stepS) - (ProbeDegC - 30) * 0.2 * stepS / (_probeLagS + stepS);
        Voltage = _unreacted < 0.7 ? 0 : 3.9 - currentA * _innerOhm;
        Vented |= CellDegC > 130;
        _gas += ((Vented ? 1 : 0) - _gas) * stepS / (_gasLagS + stepS);
    }
}
