using System.Globalization;
using AiBms.Agent.Chain;
using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Runaway;
using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Simulate;

/// <summary>What is kept of a simulation: readings row by row, the truth beside them, and sums over every step.</summary>
public sealed class PackSimulationRows
{
    static readonly PackSignal[] s_coolant =
        [PackSignal.CoolantInletDegC, PackSignal.CoolantOutletDegC, PackSignal.CoolantFlowLPerMin, PackSignal.CoolantLevelFraction, PackSignal.PumpDutyFraction];

    readonly PackTwin _twin;
    readonly PackChain _chain;
    readonly PackReading _reading;
    readonly double _ambientDegC;
    readonly List<double> _timeS = [], _currentA = [], _voltageV = [], _soc = [], _estimatedSoc = [], _chargeLimitA = [], _dischargeLimitA = [], _hottestDegC = [], _isOnLine = [];
    readonly List<double>[] _cellV, _probeDegC, _coolant;
    readonly List<double[]> _coreDegC = [];
    readonly double[] _chargeBoundS = new double[Enum.GetValues<LimitName>().Length], _dischargeBoundS = new double[Enum.GetValues<LimitName>().Length];
    SafeCommand _bound;
    double _shownSpreadK;
    readonly double[] _decidedS = new double[Enum.GetValues<ChargeReason>().Length];

    internal PackSimulationRows(PackTwin twin, PackChain chain, double ambientDegC)
    {
        (_twin, _chain, _ambientDegC, _reading) = (twin, chain, ambientDegC, new(twin.Layout));
        _cellV = Lists(twin.Layout.SeriesCount);
        _probeDegC = Lists(twin.Layout.Probes.Count);
        _coolant = Lists(s_coolant.Length);

        static List<double>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<double>())];
    }

    /// <summary>Rows.</summary>
    public int Count => _timeS.Count;

    /// <summary>Time of each row, s.</summary>
    public IReadOnlyList<double> TimeS => _timeS;

    /// <summary>Measured current, A, positive while charging.</summary>
    public IReadOnlyList<double> CurrentA => _currentA;

    /// <summary>Largest charge current that the chain allowed, A.</summary>
    public IReadOnlyList<double> ChargeLimitA => _chargeLimitA;

    /// <summary>Largest discharge current that the chain allowed, A, as a magnitude.</summary>
    public IReadOnlyList<double> DischargeLimitA => _dischargeLimitA;

    /// <summary>True mean SOC, 0…1.</summary>
    public IReadOnlyList<double> Soc => _soc;

    /// <summary>The chain's mean SOC, 0…1; NaN while not known.</summary>
    public IReadOnlyList<double> EstimatedSoc => _estimatedSoc;

    /// <summary>True core temperature of the hottest cell of each group at each row, °C, [row][group].</summary>
    public IReadOnlyList<double[]> CoreDegC => _coreDegC;

    /// <summary>Fluid along the flow, busbars aside, when the cells differed most, °C; empty in air.</summary>
    public double[] SpreadFluidDegC { get; private set; } = [];

    /// <summary>Case of the first cell of each group at that time, °C.</summary>
    public double[] SpreadCaseDegC { get; private set; } = [];

    /// <summary>Core of the hottest cell of each group at that time, °C.</summary>
    public double[] SpreadCoreDegC { get; private set; } = [];

    /// <summary>That time, s.</summary>
    public double SpreadS { get; private set; }

    /// <summary>Core of the hottest cell of each group when the hottest of all was at its hottest, °C.</summary>
    public double[] HottestCoreDegC { get; private set; } = [];

    /// <summary>The highest core temperature, °C.</summary>
    public double PeakDegC { get; private set; } = double.NegativeInfinity;

    /// <summary>When, s.</summary>
    public double PeakS { get; private set; }

    /// <summary>Largest difference of core temperatures at one time, K.</summary>
    public double LargestSpreadK { get; private set; }

    /// <summary>Electrical energy of the pump, Wh.</summary>
    public double PumpEnergyWh { get; private set; }

    /// <summary>Electrical energy of the chiller, Wh.</summary>
    public double ChillerEnergyWh { get; private set; }

    /// <summary>From when on what binds the charge current now has bound it without a break, s.</summary>
    public double ChargeBoundSinceS { get; private set; }

    /// <summary>From when on what binds the discharge current now has bound it without a break, s.</summary>
    public double DischargeBoundSinceS { get; private set; }

    /// <summary>Time for which each named limit set what may be charged, s.</summary>
    public double ChargeBoundS(LimitName name) => _chargeBoundS[(int)name];

    /// <summary>Time for which each named limit set what may be discharged, s.</summary>
    public double DischargeBoundS(LimitName name) => _dischargeBoundS[(int)name];

    /// <summary>Time for which each reason set the current of a charge, s.</summary>
    public double DecidedS(ChargeReason reason) => _decidedS[(int)reason];

    /// <summary>The warning of a runaway as it was last, with every sign that was seen; not active where there was none.</summary>
    public RunawayWarning Runaway { get; private set; }

    internal void Sum(double stepS)
    {
        if (_chain.Safety.Runaway.Active) Runaway = _chain.Safety.Runaway with { Signs = _chain.Safety.Runaway.Signs | Runaway.Signs };
        var truth = _twin.Truth;
        PumpEnergyWh += truth.PumpW * stepS / 3600;
        ChillerEnergyWh += truth.ChillerElectricalW * stepS / 3600;
        var bound = _chain.Restricted;
        // Of the control's own wish the protection keeps no time.
        if (!IsSame(bound.ChargeBinding, _bound.ChargeBinding)) ChargeBoundSinceS = _chain.Reading.TimeS;
        if (!IsSame(bound.DischargeBinding, _bound.DischargeBinding)) DischargeBoundSinceS = _chain.Reading.TimeS;
        _bound = bound;
        _chargeBoundS[(int)bound.ChargeBinding.Name] += stepS;
        _dischargeBoundS[(int)bound.DischargeBinding.Name] += stepS;
        _decidedS[(int)_chain.Control.Charge.Reason] += stepS;
        double hottest = double.NegativeInfinity, coldest = double.PositiveInfinity;
        foreach (double degC in truth.CoreDegC) (hottest, coldest) = (Math.Max(hottest, degC), Math.Min(coldest, degC));
        LargestSpreadK = Math.Max(LargestSpreadK, hottest - coldest);
        if (SpreadCoreDegC.Length == 0 || hottest - coldest > _shownSpreadK + 0.01) KeepProfile(hottest - coldest);
        if (hottest <= PeakDegC + 0.01) return;
        (PeakDegC, PeakS) = (hottest, truth.TimeS);
        HottestCoreDegC = Cores();
    }

    static bool IsSame(in Binding one, in Binding other) => one.Name == other.Name && one.Fault == other.Fault;

    void KeepProfile(double spreadK)
    {
        var truth = _twin.Truth;
        int parallel = _twin.Layout.ParallelCount;
        (_shownSpreadK, SpreadS) = (spreadK, truth.TimeS);
        SpreadFluidDegC = [.. truth.FluidDegC];
        SpreadCaseDegC = [.. Enumerable.Range(0, _twin.Layout.SeriesCount).Select(g => truth.CaseDegC[g * parallel])];
        SpreadCoreDegC = Cores();
    }

    internal void Add()
    {
        _twin.TryRead(_reading);
        var truth = _twin.Truth;
        _timeS.Add(Math.Round(truth.TimeS, 6));
        _currentA.Add(_reading[PackSignal.CurrentA]);
        _voltageV.Add(_reading[PackSignal.PackVoltageV]);
        _soc.Add(truth.MeanSoc);
        _estimatedSoc.Add(_chain.State.MeanSoc.Soc);
        _chargeLimitA.Add(_chain.Restricted.ChargeLimitA);
        _dischargeLimitA.Add(_chain.Restricted.DischargeLimitA);
        _isOnLine.Add(truth.IsOnLine ? 1 : 0);
        var seenV = _chain.Control.SeenCellV;
        // A logger, too, takes down what a tap showed while it did not bleed.
        for (int g = 0; g < _cellV.Length; g++) _cellV[g].Add(_reading.BleedOn[g] && double.IsFinite(seenV[g]) ? seenV[g] : _reading.CellVoltageV[g]);
        for (int p = 0; p < _probeDegC.Length; p++) _probeDegC[p].Add(_reading.ProbeTemperatureDegC[p]);
        for (int c = 0; c < _coolant.Length; c++) _coolant[c].Add(_reading[s_coolant[c]]);
        double[] cores = Cores();
        _coreDegC.Add(cores);
        _hottestDegC.Add(cores.Max());
    }

    /// <summary>The readings as a recording that the door reads again: V_1 …, T_1 …, and what the chain allowed.</summary>
    public Recording ToRecording(string name)
    {
        List<ExtraColumn> extras =
        [
            .. _cellV.Select((values, k) => new ExtraColumn(Numbered("V_", k), "V", [.. values])), .. _probeDegC.Select((values, k) => new ExtraColumn(Numbered("T_", k), "degC", [.. values])),
            new("charge_limit_a", "A", [.. _chargeLimitA]), new("discharge_limit_a", "A", [.. _dischargeLimitA]), new("contactors_closed", "", [.. _isOnLine]),
            new("hottest_core_c", "degC", [.. _hottestDegC]), new("soc_estimate", "", [.. _estimatedSoc]),
        ];
        (string Name, string Unit)[] coolant = [("coolant_inlet_c", "degC"), ("coolant_outlet_c", "degC"), ("coolant_flow_l_min", "L/min"), ("coolant_level", ""), ("pump_duty", "")];
        for (int c = 0; c < coolant.Length; c++)
            if (_coolant[c].Exists(double.IsFinite)) extras.Add(new(coolant[c].Name, coolant[c].Unit, [.. _coolant[c]]));
        return new()
        {
            Name = name,
            TimeS = [.. _timeS],
            CurrentA = [.. _currentA],
            VoltageV = [.. _voltageV],
            TemperatureDegC = [.. Enumerable.Range(0, Count).Select(row => _probeDegC.Select(p => p[row]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())],
            AmbientDegC = [.. Enumerable.Repeat(_ambientDegC, Count)],
            ReferenceSoc = [.. _soc],
            Flags = new RowFlags[Count],
            Extras = extras,
        };

        static string Numbered(string prefix, int k) => prefix + (k + 1).ToString(CultureInfo.InvariantCulture);
    }

    double[] Cores()
    {
        var truth = _twin.Truth.CoreDegC;
        int parallel = _twin.Layout.ParallelCount;
        var cores = new double[_twin.Layout.SeriesCount];
        for (int g = 0; g < cores.Length; g++)
        {
            cores[g] = truth[g * parallel];
            for (int p = 1; p < parallel; p++) cores[g] = Math.Max(cores[g], truth[g * parallel + p]);
        }

        return cores;
    }
}
