using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Numerics;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Reads the truth as a pack's sensors do: offset, gain, drift, noise, the nearest step; then what faults do to it.</summary>
/// <remarks>The noise does not depend on faults: the same seed with and without a fault differs by the fault alone.</remarks>
sealed class TwinSensors
{
    const double DayS = 86400, SoundIsolationOhm = 5e6, CleanGasPpm = 5, HousingKPa = 101.3, CoolantNoise = 0.2;

    readonly TwinSensorOptions _options;
    readonly PackLayout _layout;
    readonly TwinTruth _truth;
    readonly TwinEffects _effects;
    readonly SeededStream _noise;
    readonly int[] _tapCells;
    readonly double[] _cellOffsetV, _probeOffsetK;
    readonly double _rangeA, _gain, _redundantGain, _redundantOffsetA;
    double _offsetA, _readS;

    public TwinSensors(PackTwinOptions options, TwinTruth truth, TwinEffects effects)
    {
        (_options, _layout, _truth, _effects) = (options.Sensors, options.Layout, truth, effects);
        _tapCells = [.. _layout.TapCells];
        _noise = SeededStream.For((ulong)options.Seed, "sensors");
        var own = SeededStream.For((ulong)options.Seed, "offsets");
        _cellOffsetV = [.. Enumerable.Range(0, _layout.SeriesCount).Select(_ => _options.CellOffsetV * own.NextNormal())];
        _probeOffsetK = [.. Enumerable.Range(0, _layout.Probes.Count).Select(_ => _options.ProbeOffsetK * own.NextNormal())];
        _rangeA = _options.CurrentRangeA > 0 ? _options.CurrentRangeA : 1.25 * _layout.Contactors.BreakCurrentA;
        (_gain, _offsetA) = (1 + _options.CurrentGainFraction * own.NextNormal(), _rangeA * _options.CurrentOffsetFraction * own.NextNormal());
        (_redundantGain, _redundantOffsetA) = (1 + _options.CurrentGainFraction * own.NextNormal(), _rangeA * _options.CurrentOffsetFraction * own.NextNormal());
    }

    /// <summary>Fills in a reading.</summary>
    public void Read(PackReading reading, PackCommand command, in TwinLoad load)
    {
        double passedS = _truth.TimeS - _readS;
        _readS = reading.TimeS = _truth.TimeS;
        _offsetA += _rangeA * _options.CurrentDriftPerDayFraction * Math.Sqrt(passedS / DayS) * _noise.NextNormal();
        Cells(reading, command);
        Probes(reading);
        double currentStepA = _options.CurrentSteps > 0 ? 2 * _rangeA / _options.CurrentSteps : 0, currentNoiseA = _rangeA * _options.CurrentNoiseFraction, truthA = _truth.PackCurrentA;
        Signal(reading, PackSignal.CurrentA, Limited(Converted(truthA * _gain + _offsetA, currentNoiseA, currentStepA)));
        if (_layout.Sensors.RedundantCurrent)
            Signal(reading, PackSignal.RedundantCurrentA, Limited(Converted(truthA * _redundantGain + _redundantOffsetA, currentNoiseA, currentStepA)));
        double packNoiseV = _options.CellNoiseV * Math.Sqrt(_layout.SeriesCount), packStepV = _options.CellStepV * 16;
        Signal(reading, PackSignal.PackVoltageV, Converted(_truth.TerminalVoltageV, packNoiseV, packStepV));
        Signal(reading, PackSignal.LinkVoltageV, Converted(_truth.LinkVoltageV, packNoiseV, packStepV));
        Signal(reading, PackSignal.AmbientDegC, Degrees(_truth.AmbientDegC));
        Signal(reading, PackSignal.BalancingBoardDegC, Degrees(_truth.BoardDegC));
        if (_layout.Sensors.Isolation) Signal(reading, PackSignal.IsolationOhm, 1 / (1 / SoundIsolationOhm + 1 / _effects.IsolationOhm) * (1 + 0.01 * _noise.NextNormal()));
        if (_layout.Sensors.Gas) Signal(reading, PackSignal.GasPpm, CleanGasPpm + _noise.NextNormal());
        if (_layout.Sensors.HousingPressure) Signal(reading, PackSignal.HousingPressureKPa, HousingKPa + 0.1 * _noise.NextNormal());
        if (_layout.Sensors.Coolant && !double.IsNaN(_truth.FlowLPerMin)) Coolant(reading);

        (reading.PlusContact, reading.MinusContact, reading.PrechargeContact) = (Contact(_truth.IsPlusClosed), Contact(_truth.IsMinusClosed), Contact(_truth.IsPrechargeClosed));
        (reading.InterlockClosed, reading.CrashDetected, reading.ChargerConnected) = (_layout.Sensors.Interlock, load.Crashed, load.ChargerConnected);
    }

    void Cells(PackReading reading, PackCommand command)
    {
        var truthV = _truth.GroupVoltageV;
        for (int tap = 0; tap < _layout.SeriesCount; tap++)
        {
            int g = _tapCells[tap];
            double share = _effects.TapFraction[g], voltageV = truthV[g];
            // A tap between two cells that hangs free shares out their sum as leakage wills.
            if (!double.IsNaN(share) && g + 1 < truthV.Length) voltageV = share * (truthV[g] + truthV[g + 1]);
            else if (g > 0 && !double.IsNaN(_effects.TapFraction[g - 1])) voltageV = (1 - _effects.TapFraction[g - 1]) * (truthV[g - 1] + truthV[g]);
            bool isBleeding = reading.BleedOn[g] = command.Bleed[g];
            if (isBleeding && !_effects.IsBleedOpen[g]) voltageV -= truthV[g] / _layout.Balancing.ResistorOhm * _options.TapOhm;
            double readV = Converted(voltageV + _cellOffsetV[g] + _effects.Cells.Offset[g], _options.CellNoiseV, _options.CellStepV);
            (reading.CellVoltageV[g], reading.CellQualities[g]) = Faulty(readV, reading.CellVoltageV[g], _effects.Cells, g, isBleeding ? SignalQuality.Bleeding : SignalQuality.Good);
        }
    }

    void Probes(PackReading reading)
    {
        int parallel = _layout.ParallelCount;
        for (int n = 0; n < _layout.Probes.Count; n++)
        {
            var probe = _layout.Probes[n];
            double truthDegC = probe.Place switch
            {
                ProbePlace.Case => _truth.CaseDegC[probe.Cell * parallel],
                ProbePlace.Busbar => _truth.BusbarDegC[probe.Cell],
                _ => _truth.SegmentOfDegC(probe.Cell),
            };
            double readDegC = Converted(truthDegC + _probeOffsetK[n] + _effects.Probes.Offset[n], _options.ProbeNoiseK, _options.ProbeStepK);
            (reading.ProbeTemperatureDegC[n], reading.ProbeQualities[n]) = Faulty(readDegC, reading.ProbeTemperatureDegC[n], _effects.Probes, n, SignalQuality.Good);
        }
    }

    void Coolant(PackReading reading)
    {
        Signal(reading, PackSignal.CoolantInletDegC, Degrees(_truth.TankDegC));
        Signal(reading, PackSignal.CoolantOutletDegC, Degrees(_truth.OutletDegC));
        double noise = _options.ProbeNoiseK > 0 ? CoolantNoise : 0;
        Signal(reading, PackSignal.CoolantFlowLPerMin, Math.Max(0, _truth.FlowLPerMin + 0.1 * noise * _noise.NextNormal()));
        Signal(reading, PackSignal.CoolantLevelFraction, Math.Clamp(_truth.LevelFraction + 0.01 * noise * _noise.NextNormal(), 0, 1));
        Signal(reading, PackSignal.CoolantPressureKPa, _truth.PumpPressureKPa + noise * _noise.NextNormal());
        Signal(reading, PackSignal.PumpDutyFraction, _truth.PumpDutyFraction);
    }

    double Degrees(double truthDegC) => Converted(truthDegC, _options.ProbeNoiseK, _options.ProbeStepK);

    double Converted(double value, double noise, double step)
    {
        double noisy = value + noise * _noise.NextNormal();
        return step > 0 ? Math.Round(noisy / step) * step : noisy;
    }

    double Limited(double currentA) => Math.Clamp(currentA, -_rangeA, _rangeA);

    void Signal(PackReading reading, PackSignal signal, double value)
    {
        int n = (int)signal;
        (double read, var quality) = Faulty(value + _effects.Signals.Offset[n], reading[signal], _effects.Signals, n, SignalQuality.Good);
        reading[signal] = read;
        reading.Mark(signal, quality);
    }

    (double Value, SignalQuality Quality) Faulty(double value, double last, SensorEffects effects, int n, SignalQuality sound)
    {
        bool isDropped = _options.DropoutFraction > 0 && _noise.NextFraction() < _options.DropoutFraction;
        if (effects.IsMissing[n] || isDropped || !double.IsFinite(value)) return (double.NaN, SignalQuality.Missing);
        return effects.IsStuck[n] && double.IsFinite(last) ? (last, sound) : (value, sound);
    }

    ContactState Contact(bool isClosed) => !_layout.Contactors.HasAuxiliaryContacts ? ContactState.Unknown : isClosed ? ContactState.Closed : ContactState.Open;
}
