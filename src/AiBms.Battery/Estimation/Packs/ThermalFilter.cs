using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Core, case, surroundings and true size of the heat of one cell from its case temperature: a linear Kalman filter, and its forecast.</summary>
/// <remarks>
/// State [core, case, surroundings, heat factor]. Core and case by the exact two-node solution of <see cref="CoreCaseParameters"/>;
/// surroundings and heat factor wander. What no probe tells, the temperature inside, follows from case and current.
/// Source of joint estimation with surroundings as a state: Lin, Perez, Siegel, Stefanopoulou, Li, Anderson, Ding, Castanier, IEEE Trans.
/// Control Systems Technology 21 (2013) 1745, doi 10.1109/TCST.2012.2217143.
/// </remarks>
public sealed class ThermalFilter
{
    const int Core = 0, Case = 1, Around = 2, Factor = 3, N = 4;
    const double LeastFactor = 0.3, MostFactor = 3;

    readonly ThermalFilterOptions _options;
    readonly CoreCaseStep _step, _ahead, _walk;
    readonly double[] _x = new double[N], _p = new double[N * N], _next = new double[N];

    /// <param name="parameters">Thermal numbers of the cell.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    public ThermalFilter(CoreCaseParameters parameters, ThermalFilterOptions? options = null)
    {
        _options = (options ?? new()).Validated();
        (_step, _ahead, _walk) = (new(parameters), new(parameters), new(parameters));
        Stop();
    }

    /// <summary>False until the first case temperature came.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Temperature inside, °C.</summary>
    public double CoreDegC => _x[Core];

    /// <summary>One standard deviation of <see cref="CoreDegC"/>, K.</summary>
    public double CoreDegCDeviation => Math.Sqrt(_p[Core * N + Core]);

    /// <summary>Temperature of the case, °C.</summary>
    public double CaseDegC => _x[Case];

    /// <summary>Temperature that the case gives its heat to, °C.</summary>
    public double SurroundingsDegC => _x[Around];

    /// <summary>One standard deviation of <see cref="SurroundingsDegC"/>, K.</summary>
    public double SurroundingsDegCDeviation => Math.Sqrt(_p[Around * N + Around]);

    /// <summary>True heat over the heat that was told.</summary>
    public double HeatFactor => _x[Factor];

    /// <summary>Forgets everything.</summary>
    public void Stop() => IsRunning = false;

    /// <summary>Keeps all that is known, or takes it back.</summary>
    internal void Keep(StateTape tape)
    {
        IsRunning = tape.Flag(IsRunning);
        tape.Values(_x);
        tape.Values(_p);
    }

    /// <summary>Starts from a case temperature, °C.</summary>
    public void Begin(double caseDegC)
    {
        Array.Clear(_p);
        (_x[Core], _x[Case], _x[Around], _x[Factor]) = (caseDegC, caseDegC, caseDegC, 1);
        double probe = Squared(_options.ProbeDeviationK), core = Squared(_options.StartCoreDeviationK);

        // A case that has been warming has a warmer core: both are off together.
        _p[Core * N + Core] = core + probe;
        (_p[Case * N + Case], _p[Core * N + Case], _p[Case * N + Core]) = (probe, probe, probe);
        _p[Around * N + Around] = Squared(_options.StartSurroundingsDeviationK);
        _p[Factor * N + Factor] = Squared(_options.HeatFractionDeviation);
        IsRunning = true;
    }

    /// <summary>Advances over a step of constant heat.</summary>
    /// <param name="heatW">Heat as the circuit says, W.</param>
    /// <param name="stepS">Step, s, ≥ 0.</param>
    public void Predict(double heatW, double stepS)
    {
        _step.Set(stepS);
        (double a, double b, double c, double d) = (_step.CoreOfCore, _step.CoreOfCase, _step.CoreOfSurroundings, _step.CoreOfHeat * heatW);
        (double e, double f, double g, double h) = (_step.CaseOfCore, _step.CaseOfCase, _step.CaseOfSurroundings, _step.CaseOfHeat * heatW);
        (_x[Core], _x[Case]) = (a * _x[Core] + b * _x[Case] + c * _x[Around] + d * _x[Factor], e * _x[Core] + f * _x[Case] + g * _x[Around] + h * _x[Factor]);

        // Surroundings and factor stay as they are: of F·P·Fᵀ only what core and case take part in is another.
        Span<double> core = stackalloc double[N], shell = stackalloc double[N];
        for (int j = 0; j < N; j++)
        {
            core[j] = a * _p[j] + b * _p[N + j] + c * _p[2 * N + j] + d * _p[3 * N + j];
            shell[j] = e * _p[j] + f * _p[N + j] + g * _p[2 * N + j] + h * _p[3 * N + j];
        }

        _p[0] = core[0] * a + core[1] * b + core[2] * c + core[3] * d;
        _p[1] = _p[4] = shell[0] * a + shell[1] * b + shell[2] * c + shell[3] * d;
        _p[5] = shell[0] * e + shell[1] * f + shell[2] * g + shell[3] * h;
        (_p[2], _p[3], _p[6], _p[7]) = (core[2], core[3], shell[2], shell[3]);
        (_p[8], _p[12], _p[9], _p[13]) = (core[2], core[3], shell[2], shell[3]);

        double hours = stepS / Units.SecondsPerHour;
        _p[0] += Squared(_options.TemperatureWalkDeviationK) * hours;
        _p[5] += Squared(_options.TemperatureWalkDeviationK) * hours;
        _p[10] += Squared(_options.SurroundingsWalkDeviationK) * hours;
        _p[15] += Squared(_options.HeatWalkFractionDeviation) * hours;
    }

    /// <summary>Takes in a case temperature.</summary>
    /// <param name="caseDegC">Case, °C.</param>
    /// <param name="noiseDegCDeviation">Its standard deviation, K.</param>
    /// <returns>Measured minus expected over its deviation: a residual of size 1 where all is well.</returns>
    public double Correct(double caseDegC, double noiseDegCDeviation) => Take(Case, caseDegC, noiseDegCDeviation);

    /// <summary>Takes in a measured temperature of the surroundings, °C, as far as its standard deviation allows.</summary>
    public double CorrectSurroundings(double surroundingsDegC, double noiseDegCDeviation) => Take(Around, surroundingsDegC, noiseDegCDeviation);

    /// <summary>The surroundings have moved by so much, K, as something measured that does not stand where the case is.</summary>
    public void MoveSurroundings(double byK) => _x[Around] += byK;

    /// <summary>The surroundings are to go by so much, K, give or take a part of it.</summary>
    public void TurnSurroundings(double byK, double deviationFraction)
    {
        _x[Around] += byK;
        _p[Around * N + Around] += Squared(byK * deviationFraction);
    }

    /// <summary>Temperatures after a time of constant heat.</summary>
    /// <param name="heatW">Heat as the circuit says, W.</param>
    /// <param name="heatWDeviation">One standard deviation of it, W.</param>
    /// <param name="timeS">Time ahead, s.</param>
    /// <param name="aroundKPerS">How fast the surroundings rise, K/s.</param>
    public (double CoreDegC, double CaseDegC, double CoreDegCDeviation, double CaseDegCDeviation) Ahead(double heatW, double heatWDeviation, double timeS, double aroundKPerS = 0)
    {
        _ahead.Set(timeS);
        double heat = heatW * _x[Factor], around = _x[Around] + aroundKPerS * timeS * CoreCaseStep.PartOfRise(_ahead.CaseOfSurroundings);
        double core = _ahead.CoreOfCore * _x[Core] + _ahead.CoreOfCase * _x[Case] + _ahead.CoreOfSurroundings * around + _ahead.CoreOfHeat * heat;
        double shell = _ahead.CaseOfCore * _x[Core] + _ahead.CaseOfCase * _x[Case] + _ahead.CaseOfSurroundings * around + _ahead.CaseOfHeat * heat;
        double hours = timeS / Units.SecondsPerHour, wander = Squared(_options.TemperatureWalkDeviationK) * hours;
        double coreVariance = Variance([_ahead.CoreOfCore, _ahead.CoreOfCase, _ahead.CoreOfSurroundings, _ahead.CoreOfHeat * heatW]);
        double caseVariance = Variance([_ahead.CaseOfCore, _ahead.CaseOfCase, _ahead.CaseOfSurroundings, _ahead.CaseOfHeat * heatW]);
        coreVariance += wander + Squared(_ahead.CoreOfHeat * _x[Factor] * heatWDeviation) + Squared(_ahead.CoreOfSurroundings * _options.SurroundingsWalkDeviationK) * hours;
        caseVariance += wander + Squared(_ahead.CaseOfHeat * _x[Factor] * heatWDeviation) + Squared(_ahead.CaseOfSurroundings * _options.SurroundingsWalkDeviationK) * hours;
        return (core, shell, Math.Sqrt(coreVariance), Math.Sqrt(caseVariance));
    }

    /// <summary>One step of constant heat from given temperatures, °C, in the present surroundings or others.</summary>
    /// <param name="coreDegC">Core, °C.</param>
    /// <param name="caseDegC">Case, °C.</param>
    /// <param name="heatW">Heat as the circuit says, W.</param>
    /// <param name="stepS">Step, s.</param>
    /// <param name="aroundK">How much warmer than now the surroundings are then, K.</param>
    public (double CoreDegC, double CaseDegC) Follow(double coreDegC, double caseDegC, double heatW, double stepS, double aroundK = 0)
    {
        _walk.Set(stepS);
        double heat = heatW * _x[Factor], around = _x[Around] + aroundK;
        return (_walk.CoreOfCore * coreDegC + _walk.CoreOfCase * caseDegC + _walk.CoreOfSurroundings * around + _walk.CoreOfHeat * heat,
            _walk.CaseOfCore * coreDegC + _walk.CaseOfCase * caseDegC + _walk.CaseOfSurroundings * around + _walk.CaseOfHeat * heat);
    }

    double Variance(ReadOnlySpan<double> h)
    {
        double sum = 0;
        for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) sum += h[i] * _p[i * N + j] * h[j];
        return sum;
    }

    double Take(int row, double measured, double noise)
    {
        double residual = measured - _x[row], variance = _p[row * N + row] + noise * noise, seen = residual / Math.Sqrt(variance);

        // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
        variance = Math.Max(variance, residual * residual / 16);
        for (int i = 0; i < N; i++) _next[i] = _p[i * N + row];
        for (int i = 0; i < N; i++)
        {
            _x[i] += _next[i] / variance * residual;
            for (int j = 0; j < N; j++) _p[i * N + j] -= _next[i] * _next[j] / variance;
            _p[i * N + i] = Math.Max(_p[i * N + i], 1e-9);
        }

        _x[Factor] = Math.Clamp(_x[Factor], LeastFactor, MostFactor);
        return seen;
    }

    static double Squared(double value) => value * value;
}
