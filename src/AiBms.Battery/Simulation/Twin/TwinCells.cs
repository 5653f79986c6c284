using AiBms.Numerics;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Every physical cell of the pack, a number an array: number of group · cells in parallel + place in the group.</summary>
/// <remarks>
/// Over a step of constant current every RC pair has its exact solution, and OCV goes with its slope, so that a cell's voltage at the
/// step's end is v = E + R·i. What groups and strings do with it is linear algebra. Heat = v·i − dH/dt closes the energy balance.
/// </remarks>
sealed class TwinCells
{
    readonly CellCurves _curves;
    readonly CellResistances _resistances;
    readonly double _hysteresisRate, _efficiency;
    readonly TwinParticles? _particles;
    readonly double[] _keptPair, _gainPairOhm, _stepEfficiency;

    public TwinCells(PackTwinOptions options)
    {
        var circuit = CellDraw.Circuit(options.Cell, options.Mismatch);
        if (options.Physics is { } physics) circuit = physics.Curves(circuit);
        (_curves, _resistances) = (new(circuit), new(circuit));
        (_hysteresisRate, _efficiency) = (circuit.HysteresisRate, circuit.CoulombicEfficiency);
        Count = options.Layout.SeriesCount * options.Layout.ParallelCount;
        PairCount = _resistances.PairCount;
        (Soc, CapacityAh, NewCapacityAh, Hysteresis) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        (SeriesFactor, AgedFactor, HysteresisFactor, FilmFactor) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        (SineV, CosineV, SelfDischargeFactor, AgeingFactor) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        (PairV, PairFactor, TimeFactor) = (new double[Count * PairCount], new double[Count * PairCount], new double[Count * PairCount]);
        (_keptPair, _gainPairOhm, _stepEfficiency) = (new double[Count * PairCount], new double[Count * PairCount], new double[Count]);
        (EmfV, InnerOhm, CurrentA, HeatW) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        (SelfDischargeA, ThroughputAh, LossFraction, CalendarLossFraction) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        CellDraw.Fill(this, options);
        if (options.Physics is { } electrodes) _particles = new(electrodes, Count);
    }

    public int Count { get; }

    public int PairCount { get; }

    public double[] Soc { get; }

    public double[] CapacityAh { get; }

    public double[] NewCapacityAh { get; }

    public double[] Hysteresis { get; }

    public double[] SeriesFactor { get; }

    /// <summary>Factor on all resistances by ageing.</summary>
    public double[] AgedFactor { get; }

    public double[] HysteresisFactor { get; }

    public double[] FilmFactor { get; }

    public double[] SineV { get; }

    public double[] CosineV { get; }

    public double[] SelfDischargeFactor { get; }

    public double[] AgeingFactor { get; }

    public double[] PairV { get; }

    public double[] PairFactor { get; }

    public double[] TimeFactor { get; }

    /// <summary>Voltage at the end of the step without current, V.</summary>
    public double[] EmfV { get; }

    /// <summary>Rise of that voltage for each ampere, Ω.</summary>
    public double[] InnerOhm { get; }

    /// <summary>Current through the electrodes during the last step, A.</summary>
    public double[] CurrentA { get; }

    /// <summary>Mean heat during the last step, W.</summary>
    public double[] HeatW { get; }

    public double[] SelfDischargeA { get; }

    /// <summary>Charge moved since the last ageing, Ah.</summary>
    public double[] ThroughputAh { get; }

    public double[] LossFraction { get; }

    public double[] CalendarLossFraction { get; }

    /// <summary>Enthalpy of one cell, J.</summary>
    public double EnthalpyJ(int cell) => Units.SecondsPerHour * CapacityAh[cell] * _curves.EnthalpyV(Soc[cell], SineV[cell], CosineV[cell]);

    /// <summary>Open-circuit voltage without hysteresis, V.</summary>
    public double OcvV(int cell, double temperatureDegC)
    {
        var (ocvV, _, entropic, _) = _curves.At(Soc[cell], SineV[cell], CosineV[cell]);
        return ocvV + entropic * (temperatureDegC - 25);
    }

    /// <summary>Works out <see cref="EmfV"/> and <see cref="InnerOhm"/> for a step.</summary>
    /// <param name="stepS">Step, s.</param>
    /// <param name="coreDegC">Core temperatures, °C.</param>
    /// <param name="changeA">How much more current than in the last step each cell is expected to get: where resistances depend on it.</param>
    public void Prepare(double stepS, ReadOnlySpan<double> coreDegC, double changeA)
    {
        for (int c = 0; c < Count && _particles is not null; c++)
        {
            double expectedA = CurrentA[c] + changeA, efficiency = _stepEfficiency[c] = expectedA > 0 ? _efficiency : 1;
            (EmfV[c], InnerOhm[c]) = _particles.Prepare(c, Soc[c], CapacityAh[c], efficiency, SeriesFactor[c] * AgedFactor[c], coreDegC[c], expectedA, stepS);
        }

        if (_particles is not null) return;
        int pairs = PairCount;
        Span<double> ohm = stackalloc double[1 + pairs], timeS = stackalloc double[pairs], kneeA = stackalloc double[pairs];
        for (int c = 0; c < Count; c++)
        {
            double expectedA = CurrentA[c] + changeA;
            var (ocvV, slopeV, entropic, hysteresisV) = _curves.At(Soc[c], SineV[c], CosineV[c]);
            _resistances.At(Soc[c], coreDegC[c], ohm, timeS, kneeA);
            double efficiency = _stepEfficiency[c] = expectedA > 0 ? _efficiency : 1;
            double emfV = ocvV + entropic * (coreDegC[c] - 25) + hysteresisV * HysteresisFactor[c] * Hysteresis[c];
            double innerOhm = ohm[0] * SeriesFactor[c] * AgedFactor[c] + slopeV * efficiency * stepS / (Units.SecondsPerHour * CapacityAh[c]);
            for (int j = 0; j < pairs; j++)
            {
                int place = c * pairs + j;
                double kept = _keptPair[place] = Math.Exp(-stepS / (timeS[j] * TimeFactor[place]));
                double pairOhm = ohm[1 + j] * PairFactor[place] * AgedFactor[c];
                if (kneeA[j] > 0) pairOhm *= Chord(expectedA / kneeA[j]);
                double gainOhm = _gainPairOhm[place] = pairOhm * (1 - kept);
                emfV += PairV[place] * kept;
                innerOhm += gainOhm;
            }

            (EmfV[c], InnerOhm[c]) = (emfV, innerOhm);
        }
    }

    /// <summary>Moves one cell on by the prepared step.</summary>
    /// <param name="cell">Which.</param>
    /// <param name="currentA">Current through its electrodes, A.</param>
    /// <param name="voltageV">Voltage between them at the step's end: E + R·i.</param>
    /// <param name="stepS">Step, s.</param>
    /// <returns>Change of its enthalpy, J.</returns>
    public double Move(int cell, double currentA, double voltageV, double stepS)
    {
        double beforeV = _curves.EnthalpyV(Soc[cell], SineV[cell], CosineV[cell]), capacityC = Units.SecondsPerHour * CapacityAh[cell];
        double change = (_stepEfficiency[cell] * currentA - SelfDischargeA[cell]) * stepS / capacityC;
        Soc[cell] += change;
        _particles?.Move(cell, currentA, CapacityAh[cell]);
        for (int j = 0, place = cell * PairCount; j < PairCount; j++, place++)
            PairV[place] = PairV[place] * _keptPair[place] + _gainPairOhm[place] * currentA;
        double branch = Math.Sign(currentA), keptBranch = Math.Exp(-_hysteresisRate * Math.Abs(change));
        Hysteresis[cell] = branch + (Hysteresis[cell] - branch) * keptBranch;

        double storedJ = capacityC * (_curves.EnthalpyV(Soc[cell], SineV[cell], CosineV[cell]) - beforeV);
        CurrentA[cell] = currentA;
        HeatW[cell] = voltageV * currentA - storedJ / stepS;
        ThroughputAh[cell] += Math.Abs(currentA) * stepS / Units.SecondsPerHour;
        return storedJ;
    }

    /// <summary>asinh(x)/x: what is left of a pair's resistance at x knee currents.</summary>
    static double Chord(double x) => Math.Abs(x) < 1e-3 ? 1 : ReproducibleMath.Asinh(x) / x;
}
