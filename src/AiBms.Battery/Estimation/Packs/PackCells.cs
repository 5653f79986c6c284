using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>State of charge of every cell: the full filter on the mean cell, small filters on the differences, the current's offset shared.</summary>
sealed class PackCells
{
    /// <summary>A voltage this far from what is expected does not take part in the mean, V.</summary>
    const double OutlierV = 0.15;

    /// <summary>Charge that may have flowed unseen in a gap, as the mean filter takes it, SOC.</summary>
    const double UnseenSoc = 0.25;

    /// <summary>After the search for the start the differences are looked at anew with this deviation, SOC.</summary>
    const double AfterSearchSoc = 0.02;

    readonly CellType _group;
    readonly OcvTable _ocv;
    readonly double _lowestV, _highestV, _bleedOhm;
    readonly double[] _residualV, _slopeV, _dropV, _trust, _soc, _ocvDifferenceV, _missingS;
    readonly bool[] _seen;
    bool _wasSearching = true, _first = true;
    double _meanV, _lastA;
    SocEstimate _estimate;

    public PackCells(PackLayout layout, CellType group, PackEstimatorOptions options)
    {
        _group = group;
        Mean = new(group, options.Mean);
        Differences = new(layout.SeriesCount, options.Differences);
        _ocv = new(TheveninModel.Of<double>(group));
        double[] ocv = group.Circuit!.OcvV;
        (_lowestV, _highestV) = (Math.Min(ocv[0], group.Ratings?.MinVoltageV ?? ocv[0]) - 1.5, Math.Max(ocv[^1], group.Ratings?.MaxVoltageV ?? ocv[^1]) + 0.6);
        _bleedOhm = layout.Balancing.ResistorOhm;
        int n = Differences.PaddedCount;
        (_residualV, _slopeV, _dropV, _trust) = (new double[n], new double[n], new double[n], new double[n]);
        (_soc, _ocvDifferenceV, TemperatureFactor) = (new double[n], new double[n], new double[n]);
        (_missingS, _seen) = (new double[layout.SeriesCount], new bool[layout.SeriesCount]);
        Array.Fill(TemperatureFactor, 1);
    }

    /// <summary>The filter on the mean cell.</summary>
    public EkfEstimator<double> Mean { get; }

    /// <summary>The filters on the differences.</summary>
    public DifferenceFilters Differences { get; }

    /// <summary>What each cell's own temperature does to its resistance, over that of the mean cell.</summary>
    public double[] TemperatureFactor { get; }

    /// <summary>Current that flowed during the last step, offset taken off, A.</summary>
    public double FlownA => Mean.FlownA;

    /// <summary>Starts anew.</summary>
    public void Start(SocStart start)
    {
        Mean.Start(start);
        for (int i = 0; i < Differences.PaddedCount; i++) Differences.Begin(i, 0);
        (_first, _wasSearching) = (true, true);
        Array.Clear(_seen);
        Array.Clear(_missingS);
    }

    /// <summary>Takes in a reading.</summary>
    /// <param name="reading">The pack.</param>
    /// <param name="currentA">The current that is believed, A; NaN where none is.</param>
    /// <param name="meanCaseDegC">Mean temperature of the cases, °C; NaN where unknown.</param>
    public void Update(PackReading reading, double currentA, double meanCaseDegC)
    {
        double meanV = MeanVoltage(reading, currentA);
        _estimate = Mean.Step(new(reading.TimeS, currentA, meanV, meanCaseDegC));
        double change = Mean.FlownA * Mean.StepS / (Units.SecondsPerHour * _group.CapacityAh);
        double dropV = Mean.Filter.DropV;
        Differences.Predict(change, Mean.StepS, dropV);
        MoveUnseen(reading);
        if (Mean.IsSearching != _wasSearching)
        {
            _wasSearching = Mean.IsSearching;
            for (int i = 0; i < Differences.Count; i++) Differences.Move(i, 0, AfterSearchSoc);
        }

        if (double.IsNaN(meanV)) return;
        Expect(reading, dropV);
        Differences.Correct(_residualV, _slopeV, _dropV, _trust);
        (_meanV, _lastA, _first) = (meanV, double.IsFinite(currentA) ? currentA : _lastA, false);
    }

    /// <summary>Fills in what is known of the cells.</summary>
    public void Report(PackState state)
    {
        double meanVariance = _estimate.SocDeviation * _estimate.SocDeviation, excess = 1 + Mean.ResistanceExcessFraction;
        double excessDeviation = Mean.Filter.ResistanceExcessFractionDeviation;
        state.MeanSoc = new(_estimate.Soc, _estimate.SocDeviation, _estimate.Validity);
        state.CurrentOffsetA = _estimate.CurrentOffsetA;
        for (int i = 0; i < Differences.Count; i++)
        {
            bool isKnown = _seen[i] && _estimate.Validity != SocValidity.Unknown;
            double own = Differences.SocDeviation(i), ratio = 1 + Differences.Resistance(i);
            state.CellSoc[i] = isKnown ? Math.Clamp(Mean.Filter.Soc + Differences.Soc(i), 0, 1) : double.NaN;
            state.CellSocDeviation[i] = isKnown ? Math.Sqrt(meanVariance + own * own) : double.NaN;
            state.CellValidity[i] = !isKnown ? SocValidity.Unknown : _missingS[i] > 0 ? SocValidity.SensorSuspect : _estimate.Validity;
            state.ResistanceRatio[i] = excess * ratio;
            state.ResistanceRatioDeviation[i] = Math.Sqrt(Squared(excess * Differences.ResistanceDeviation(i)) + Squared(ratio * excessDeviation));
        }
    }

    /// <summary>Voltage of the mean cell: what was measured less what the known differences make of it; NaN where no cell was measured.</summary>
    double MeanVoltage(PackReading reading, double currentA)
    {
        double jumpV = double.IsFinite(currentA) && !_first ? Mean.Filter.SeriesResistanceOhm * (currentA - _lastA) : 0;
        double dropV = Mean.Filter.DropV + jumpV, reachV = OutlierV + Math.Abs(jumpV);
        double near = 0, nearSum = 0, all = 0, allSum = 0;
        for (int i = 0; i < Differences.Count; i++)
        {
            double v = reading.CellVoltageV[i];
            bool isGood = reading.CellQualities[i] == SignalQuality.Good && !reading.BleedOn[i] && v > _lowestV && v < _highestV;
            _trust[i] = isGood ? 1 : 0;
            if (!isGood) continue;
            double asMean = v - _ocvDifferenceV[i] - dropV * (TemperatureFactor[i] * (1 + Differences.Resistance(i)) - 1) - Differences.ErrorV(i);
            all++;
            allSum += asMean;
            if (!_first && Math.Abs(asMean - _meanV - jumpV) > reachV) continue;
            near++;
            nearSum += asMean;
        }

        // Where most cells are far off it was the expectation that was wrong.
        return near > all / 2 ? nearSum / near : all > 0 ? allSum / all : double.NaN;
    }

    void MoveUnseen(PackReading reading)
    {
        double stepS = Mean.StepS;
        bool isGap = stepS > 0 && Mean.IsGap;
        for (int i = 0; i < Differences.Count; i++)
        {
            bool isBleeding = reading.BleedOn[i];
            if (isBleeding && !isGap && _seen[i]) Differences.Move(i, -_meanV / _bleedOhm * stepS / (Units.SecondsPerHour * _group.CapacityAh), 0);
            if (isGap) Differences.Move(i, 0, UnseenSoc * Differences.InverseCapacityDeviation(i));
            if (_trust[i] > 0) (_seen[i], _missingS[i]) = (true, 0);
            else if (!isBleeding && reading.CellQualities[i] != SignalQuality.Bleeding) _missingS[i] += Math.Max(stepS, 1e-3);
        }
    }

    void Expect(PackReading reading, double dropV)
    {
        Differences.CopySoc(_soc);
        double soc = Mean.Filter.Soc, meanOcvV = _ocv.Read(soc).OcvV, sum = 0, count = 0;
        for (int i = 0; i < Differences.Count; i++)
        {
            (double ocvV, double slopeV) = _ocv.Read(soc + _soc[i]);
            _ocvDifferenceV[i] = ocvV - meanOcvV;
            _slopeV[i] = slopeV;
            _dropV[i] = dropV * TemperatureFactor[i];
            if (_trust[i] == 0)
            {
                _residualV[i] = 0;
                continue;
            }

            _residualV[i] = reading.CellVoltageV[i] - _ocvDifferenceV[i] - (_dropV[i] * (1 + Differences.Resistance(i)) - dropV) - Differences.ErrorV(i);
            sum += _residualV[i];
            count++;
        }

        // Differences only: what all cells share is the mean filter's to explain.
        double mean = sum / Math.Max(1, count);
        for (int i = 0; i < Differences.Count; i++) if (_trust[i] > 0) _residualV[i] -= mean;
    }

    static double Squared(double value) => value * value;
}
