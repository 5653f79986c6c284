using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Battery.Electrochemistry.Transport;
using AiBms.Numerics;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>The particles and the salt of every cell of a pack: each cell's voltage at a step's end as v = E + R·i, like a circuit's.</summary>
/// <remarks>
/// Modes of the particles are exact over a step of constant current; the salt (SPMe) takes one implicit Euler step. Kinetics and open-circuit
/// potentials are linearised at the current that is expected, so that groups and strings stay linear algebra: a current that jumps unseen makes
/// an error of second order in one step, and none in charge or energy. A cell of another capacity is the set with another area.
/// </remarks>
sealed class TwinParticles
{
    const int Terms = 8, ElectrodeCells = 4, SeparatorCells = 2;

    const double LeastStoichiometry = 1e-4, LeastSaltMolPerM3 = 1;

    readonly ParameterSet _set;
    readonly ElectrodeBalance _balance;
    readonly Side _negative, _positive;
    readonly CellMesh? _mesh;
    readonly SaltDiffusion? _diffusion;
    readonly Tridiagonal? _matrix;
    readonly double[] _salt, _saltStart, _saltPerA, _saltSource;
    readonly int _n;
    readonly double _solidOhm, _saltWay;

    public TwinParticles(TwinPhysics physics, int count)
    {
        (_set, _balance) = (physics.Set, new(physics.Set));
        var modes = new SphereModes(Terms);
        (double negativeFull, double positiveFull) = _balance.Stoichiometries(1);
        (double negativeEmpty, double positiveEmpty) = _balance.Stoichiometries(0);
        _negative = new(_set.Negative, _set, modes, -1, count, negativeEmpty, negativeFull);
        _positive = new(_set.Positive, _set, modes, 1, count, positiveEmpty, positiveFull);
        _solidOhm = _set.ContactResistanceOhm;
        if (physics.Kind == ModelKind.Spme)
        {
            _mesh = new(_set, ElectrodeCells, SeparatorCells, ElectrodeCells);
            (_diffusion, _n) = (new(_set, _mesh), _mesh.Count);
            _matrix = new(_n);
            double area = _set.ElectrodeAreaM2;
            _solidOhm += (_set.Negative.ThicknessM / _set.Negative.ConductivitySPerM + _set.Positive.ThicknessM / _set.Positive.ConductivitySPerM) / (3 * area);
            _saltWay = (_set.Negative.ThicknessM / (3 * _set.Negative.TransportFraction) + _set.Separator.ThicknessM / _set.Separator.TransportFraction
                + _set.Positive.ThicknessM / (3 * _set.Positive.TransportFraction)) / area;
        }

        (_salt, _saltStart, _saltPerA, _saltSource) = (new double[_n * count], new double[_n * count], new double[_n * count], new double[_n]);
        Array.Fill(_salt, _set.Electrolyte.ConcentrationMolPerM3);
        for (int i = 0; i < _n; i++)
            _saltSource[i] = i < ElectrodeCells ? -1 / (_set.ElectrodeAreaM2 * _set.Negative.ThicknessM)
                : i >= _mesh!.FirstPositive ? 1 / (_set.ElectrodeAreaM2 * _set.Positive.ThicknessM) : 0;
    }

    /// <summary>E and R of a cell for a step.</summary>
    /// <param name="cell">Which.</param>
    /// <param name="soc">Its state of charge.</param>
    /// <param name="capacityAh">Its capacity, Ah.</param>
    /// <param name="efficiency">Share of the current that is stored.</param>
    /// <param name="resistanceFactor">On resistances and against exchange currents.</param>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    /// <param name="expectedA">Current that is expected, A.</param>
    /// <param name="stepS">Step, s.</param>
    public (double EmfV, double InnerOhm) Prepare(
        int cell, double soc, double capacityAh, double efficiency, double resistanceFactor, double temperatureDegC, double expectedA, double stepS)
    {
        double size = capacityAh / _balance.CapacityAh, currentA = expectedA / size, temperatureK = Units.ToKelvin(temperatureDegC);
        double perA = efficiency * stepS / (Units.SecondsPerHour * _balance.CapacityAh);
        double ohm = _solidOhm * resistanceFactor, saltV = 0, negativeRatio = 1, positiveRatio = 1;
        if (_diffusion is not null) saltV = Salt(cell, currentA, temperatureK, stepS, resistanceFactor, ref ohm, out negativeRatio, out positiveRatio);
        double positiveV = _positive.Prepare(cell, soc, perA, currentA, temperatureK, stepS, resistanceFactor, positiveRatio, ref ohm);
        double negativeV = _negative.Prepare(cell, soc, perA, currentA, temperatureK, stepS, resistanceFactor, negativeRatio, ref ohm);

        // positiveV, negativeV and saltV are without what stands in ohm times the current.
        return (positiveV - negativeV + saltV, ohm / size);
    }

    /// <summary>Moves a cell on by the prepared step.</summary>
    public void Move(int cell, double currentA, double capacityAh)
    {
        double own = currentA * _balance.CapacityAh / capacityAh;
        _negative.Move(cell, own);
        _positive.Move(cell, own);
        for (int i = cell * _n; i < (cell + 1) * _n; i++) _salt[i] = Math.Max(_saltStart[i] + _saltPerA[i] * own, LeastSaltMolPerM3);
    }

    double Salt(int cell, double currentA, double temperatureK, double stepS, double resistanceFactor, ref double ohm, out double negativeRatio, out double positiveRatio)
    {
        Span<double> salt = _salt.AsSpan(cell * _n, _n), start = _saltStart.AsSpan(cell * _n, _n), perA = _saltPerA.AsSpan(cell * _n, _n);
        _diffusion!.Evaluate(salt, temperatureK);
        _diffusion.Balance(start);
        _diffusion.Fill(_matrix!, 1 / stepS);
        _matrix!.Factorise();
        _matrix.Solve(start);
        for (int i = 0; i < _n; i++)
        {
            start[i] += salt[i];
            perA[i] = _diffusion.SaltPerCharge[i] * _saltSource[i];
        }

        _matrix.Solve(perA);
        var electrolyte = _set.Electrolyte;
        double rest = electrolyte.ConcentrationMolPerM3;
        double chi = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol * (1 - electrolyte.TransferenceFraction.At(rest, temperatureK)) * electrolyte.ThermodynamicFactor.At(rest, temperatureK);
        double voltageV = 0, slopeOhm = 0, negative = 0, positive = 0;
        for (int i = 0; i < ElectrodeCells; i++)
        {
            int j = _mesh!.FirstPositive + i;
            double minus = Math.Max(start[i] + perA[i] * currentA, LeastSaltMolPerM3), plus = Math.Max(start[j] + perA[j] * currentA, LeastSaltMolPerM3);
            voltageV += chi / ElectrodeCells * Math.Log(plus / minus);
            slopeOhm += chi / ElectrodeCells * (perA[j] / plus - perA[i] / minus);
            (negative, positive) = (negative + minus, positive + plus);
        }

        (negativeRatio, positiveRatio) = (negative / (ElectrodeCells * rest), positive / (ElectrodeCells * rest));
        ohm += slopeOhm + resistanceFactor * _saltWay / electrolyte.ConductivitySPerM.At(rest, temperatureK);
        return voltageV - slopeOhm * currentA;
    }

    /// <summary>One electrode of all cells.</summary>
    sealed class Side(ElectrodeParameters electrode, ParameterSet set, SphereModes modes, int sign, int count, double empty, double full)
    {
        readonly int _modes = modes.Count - 1;
        readonly double[] _state = new double[(modes.Count - 1) * count], _kept = new double[(modes.Count - 1) * count], _gain = new double[(modes.Count - 1) * count];
        readonly double _reactionPerA = sign / (set.ElectrodeAreaM2 * electrode.SurfacePerM * electrode.ThicknessM);

        /// <summary>Potential at the step's end less its slope times the current; the slope goes to the cell's resistance.</summary>
        public double Prepare(int cell, double soc, double socPerA, double currentA, double temperatureK, double stepS, double resistanceFactor, double saltRatio, ref double ohm)
        {
            double rate = electrode.DiffusivityM2PerS.At(0.5, temperatureK) / (electrode.ParticleRadiusM * electrode.ParticleRadiusM);
            double flux = -3 * _reactionPerA / (Constants.FaradayCPerMol * electrode.ParticleRadiusM * electrode.MaximumConcentrationMolPerM3);
            double surface = empty + soc * (full - empty), perA = socPerA * (full - empty);
            for (int k = 0, place = cell * _modes; k < _modes; k++, place++)
            {
                double lambda = rate * modes.Eigenvalues[k + 1], value = modes.SurfaceValues[k + 1];
                double kept = _kept[place] = Math.Exp(-lambda * stepS), gain = _gain[place] = flux * value * (1 - kept) / lambda;
                surface += value * kept * _state[place];
                perA += value * gain;
            }

            double x = Math.Clamp(surface + perA * currentA, LeastStoichiometry, 1 - LeastStoichiometry), warmer = temperatureK - set.ReferenceTemperatureK;
            double potentialV = electrode.OpenCircuitPotentialV.At(x, temperatureK, out double slope) + warmer * electrode.EntropicVPerK.At(x, temperatureK, out double entropicSlope);
            double exchange = 2 * electrode.ExchangeCurrent.At(saltRatio, x, out double exchangeSlope) * electrode.ExchangeCurrent.Temperature.Factor(temperatureK) / resistanceFactor;
            double thermalV = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol, reaction = _reactionPerA * currentA, root = Math.Sqrt(reaction * reaction + exchange * exchange);
            potentialV += thermalV * ReproducibleMath.Asinh(reaction / exchange);
            double bySurface = slope + warmer * entropicSlope - thermalV * reaction / root * exchangeSlope, byCurrent = bySurface * perA + thermalV * _reactionPerA / root;
            ohm += sign * byCurrent;
            return potentialV - byCurrent * currentA;
        }

        public void Move(int cell, double currentA)
        {
            for (int place = cell * _modes; place < (cell + 1) * _modes; place++) _state[place] = _state[place] * _kept[place] + _gain[place] * currentA;
        }
    }
}
