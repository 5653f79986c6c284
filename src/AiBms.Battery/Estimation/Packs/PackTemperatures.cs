using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Temperature of every cell: case from the probes, cells without one between their neighbours', core by its heat.</summary>
sealed class PackTemperatures
{
    const double ProbeDeviationK = 0.5, BetweenProbesDeviationK = 1.5;

    readonly PackLayout _layout;
    readonly double[] _caseDegC, _coreDegC, _deviationK, _resistanceSlope;
    readonly Circuit<double> _circuit;
    readonly double[] _warm, _cold;

    public PackTemperatures(PackLayout layout, CellType group)
    {
        _layout = layout;
        _circuit = TheveninModel.Of<double>(group);
        (_caseDegC, _coreDegC, _deviationK, _resistanceSlope) = (new double[layout.SeriesCount], new double[layout.SeriesCount], new double[layout.SeriesCount], new double[1]);
        (_warm, _cold) = (new double[1 + _circuit.PairCount], new double[1 + _circuit.PairCount]);
        Start();
    }

    public double MeanCaseDegC { get; private set; }

    public void Start()
    {
        Array.Fill(_caseDegC, double.NaN);
        Array.Fill(_coreDegC, double.NaN);
        MeanCaseDegC = double.NaN;
    }

    public void Update(PackReading reading, PackCells cells)
    {
        int before = -1;
        for (int k = 0; k < _layout.Probes.Count; k++)
        {
            if (reading.ProbeQualities[k] != SignalQuality.Good || _layout.Probes[k].Place == ProbePlace.Coolant) continue;
            int cell = _layout.Probes[k].Cell;
            _caseDegC[cell] = reading.ProbeTemperatureDegC[k];
            _deviationK[cell] = ProbeDeviationK;
            for (int i = before + 1; i < cell; i++)
            {
                double w = before < 0 ? 1 : (double)(i - before) / (cell - before);
                _caseDegC[i] = before < 0 ? _caseDegC[cell] : _caseDegC[before] + (_caseDegC[cell] - _caseDegC[before]) * w;
                _deviationK[i] = BetweenProbesDeviationK;
            }

            before = cell;
        }

        for (int i = before + 1; before >= 0 && i < _caseDegC.Length; i++) (_caseDegC[i], _deviationK[i]) = (_caseDegC[before], BetweenProbesDeviationK);
        if (before < 0 && double.IsNaN(MeanCaseDegC)) return;
        double sum = 0;
        foreach (double caseDegC in _caseDegC) sum += caseDegC;
        MeanCaseDegC = sum / _caseDegC.Length;
        double aboveCase = double.IsNaN(cells.Mean.CoreDegC) ? 0 : Math.Max(0, cells.Mean.CoreDegC - MeanCaseDegC);
        for (int i = 0; i < _coreDegC.Length; i++) _coreDegC[i] = _caseDegC[i] + aboveCase;
        Factors(cells);
    }

    /// <summary>Fills in temperatures and the hottest cell.</summary>
    public void Report(PackState state)
    {
        int hottest = 0;
        for (int i = 0; i < _coreDegC.Length; i++)
        {
            state.CaseDegC[i] = _caseDegC[i];
            state.CoreDegC[i] = _coreDegC[i];
            state.CoreDegCDeviation[i] = _deviationK[i];
            if (_coreDegC[i] > _coreDegC[hottest]) hottest = i;
        }

        state.HotSpot = double.IsNaN(_coreDegC[hottest]) ? TemperatureEstimate.Unknown : new(_coreDegC[hottest], _deviationK[hottest], hottest, SocValidity.Valid);
    }

    /// <summary>Resistance at a cell's own temperature over that at the mean temperature: a straight line through two points of the table.</summary>
    void Factors(PackCells cells)
    {
        const double AsideK = 3;
        double soc = Math.Clamp(cells.Mean.Filter.Soc, 0, 1), mean = MeanCaseDegC;
        _circuit.Resistances(soc, mean - AsideK, _cold);
        _circuit.Resistances(soc, mean + AsideK, _warm);
        double cold = 0, warm = 0;
        for (int k = 0; k < _cold.Length; k++) (cold, warm) = (cold + _cold[k], warm + _warm[k]);
        double perK = Math.Log(warm / cold) / (2 * AsideK);
        for (int i = 0; i < _caseDegC.Length; i++)
        {
            double x = perK * (_caseDegC[i] - mean);
            cells.TemperatureFactor[i] = Math.Clamp(1 + x + x * x / 2, 0.3, 3);
        }
    }
}
