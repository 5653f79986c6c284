using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Control;

/// <summary>Charging, balancing and cooling of a pack: readings and estimates in, a command out. Allocates nothing a step.</summary>
/// <remarks>The command is a wish: the protection cuts it down afterwards, and alone decides about the contactors.</remarks>
public sealed class PackControl
{
    /// <summary>A tap that bleeds is not read; what it showed last stands for so long, s.</summary>
    const double HeldS = 10, LongestStepS = 60;

    readonly BalancingControl _balancing;
    readonly CoolingControl _cooling;
    readonly ChargeControl _charge;
    readonly Circuit<double> _circuit;
    readonly double[] _resistanceOhm, _heldV, _heldAtS;
    readonly bool _isReversible;
    double _lastS = double.NaN;

    /// <param name="layout">The pack.</param>
    /// <param name="group">A parallel group seen as one cell, as <see cref="GroupCell.Of"/> gives it; needs a circuit and ratings.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public PackControl(PackLayout layout, CellType group, PackControlOptions? options = null)
    {
        var ratings = group.Ratings ?? throw new ArgumentException($"Cell {group.Id} has no ratings: a charge needs its cut-off and its current.", nameof(group));
        options ??= new();
        _circuit = TheveninModel.Of<double>(group);
        _resistanceOhm = new double[1 + _circuit.PairCount];
        (_heldV, _heldAtS) = (new double[layout.SeriesCount], new double[layout.SeriesCount]);
        Array.Fill(_heldV, double.NaN);
        _isReversible = layout.Cooling.Reversible;
        _balancing = new(layout, options.Balancing);
        _cooling = new(layout, options.Cooling);
        _charge = new(group.CapacityAh, ratings.MaxChargeA, ratings.MaxVoltageV, options.Charge);
    }

    /// <summary>The charge current asked for in the last step, and why.</summary>
    public ChargeDecision Charge { get; private set; }

    /// <summary>What bound the announced charge limit in the last step.</summary>
    public ChargeReason ChargeLimitReason => _charge.LimitReason;

    /// <summary>True where the announced discharge limit is the estimated one, not the protection's.</summary>
    public bool IsDischargeByEstimate { get; private set; }

    /// <summary>Heat that the cells gave off in the last step as it was estimated, W.</summary>
    public double HeatW { get; private set; }

    /// <summary>Voltage of each cell as its tap showed it when it last did not bleed, V; NaN where that is longer ago than ten seconds.</summary>
    /// <remarks>A tap that bleeds reads less by what its current leaves on the wire (34 mV at 0.11 A and 0.3 Ω): it must not be shown as the lowest cell.</remarks>
    public ReadOnlySpan<double> SeenCellV => _heldV;

    /// <summary>Fills in a command.</summary>
    /// <param name="reading">What was measured.</param>
    /// <param name="state">What is estimated.</param>
    /// <param name="limits">What the protection allows.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="command">Filled, but for the contactors.</param>
    public void Update(PackReading reading, PackState state, in ControlLimits limits, in ControlRequest request, PackCommand command)
    {
        double stepS = reading.TimeS - _lastS;
        stepS = stepS is > 0 and < LongestStepS ? stepS : 0;
        _lastS = reading.TimeS;
        double currentA = reading.Quality(PackSignal.CurrentA) == SignalQuality.Good ? reading[PackSignal.CurrentA] : double.NaN;
        (double coldestDegC, double hottestDegC) = Temperatures(reading, state);
        (int worst, double worstV) = WorstCell(reading);
        double fullestSoc = FullestSoc(state), worstOhm = Resistance(state, worst, coldestDegC);

        Charge = _charge.Update(new(
            reading.TimeS, stepS, currentA, worstV, worst, worstOhm, coldestDegC, fullestSoc, limits.ChargeA, Known(state.Charge[2]), Known(state.Charge[1]),
            request.TargetSoc, request.IsChargeWanted, reading.ChargerConnected));
        (command.CurrentA, command.ChargeLimitA) = (Charge.CurrentA, _charge.LimitA);
        double powerA = Known(state.Discharge[1]);
        IsDischargeByEstimate = powerA < limits.DischargeA;
        command.DischargeLimitA = IsDischargeByEstimate ? powerA : limits.DischargeA;

        Balance(reading, state, stepS, command.Bleed);
        HeatW = double.IsNaN(currentA) ? 0 : currentA * currentA * worstOhm * reading.CellVoltageV.Length;
        double inletDegC = reading.Quality(PackSignal.CoolantInletDegC) == SignalQuality.Good ? reading[PackSignal.CoolantInletDegC] : double.NaN;
        _cooling.Update(new(hottestDegC, coldestDegC, inletDegC, HeatW, request.IsChargeWanted && reading.ChargerConnected, stepS), request.Cooling);
        command.FlowReversed = request.IsFlowReversed && _isReversible;
        (command.PumpDutyFraction, command.ChillerFraction, command.HeaterFraction) = (_cooling.PumpDutyFraction, _cooling.ChillerFraction, _cooling.HeaterFraction);
    }

    void Balance(PackReading reading, PackState state, double stepS, Span<bool> bleed)
    {
        if (state.Imbalance.Validity is SocValidity.Unknown or SocValidity.Converging) bleed.Clear();
        else _balancing.Update(reading, state.Imbalance.BleedAh, state.Imbalance.BleedAhDeviation, state.CapacityAh, stepS, bleed);
    }

    static double Known(in PowerLimit limit) => limit.Validity == SocValidity.Unknown ? double.NaN : limit.CurrentA;

    static double FullestSoc(PackState state)
    {
        double fullest = double.NaN;
        foreach (double soc in state.CellSoc)
            if (double.IsFinite(soc) && !(soc <= fullest)) fullest = soc;
        return fullest;
    }

    (int Cell, double VoltageV) WorstCell(PackReading reading)
    {
        (int worst, double worstV) = (-1, double.NaN);
        for (int i = 0; i < _heldV.Length; i++)
        {
            bool isSeen = reading.CellQualities[i] == SignalQuality.Good && !reading.BleedOn[i];
            if (isSeen) (_heldV[i], _heldAtS[i]) = (reading.CellVoltageV[i], reading.TimeS);
            else if (!(reading.TimeS - _heldAtS[i] < HeldS)) _heldV[i] = double.NaN;
            if (double.IsFinite(_heldV[i]) && !(_heldV[i] <= worstV)) (worst, worstV) = (i, _heldV[i]);
        }

        return (worst, worstV);
    }

    static (double ColdestDegC, double HottestDegC) Temperatures(PackReading reading, PackState state)
    {
        double coldest = double.NaN, hottest = double.NaN;
        for (int i = 0; i < reading.ProbeTemperatureDegC.Length; i++)
            if (reading.ProbeQualities[i] == SignalQuality.Good) Widen(reading.ProbeTemperatureDegC[i], ref coldest, ref hottest);
        foreach (double degC in state.CoreDegC) Widen(degC, ref coldest, ref hottest);
        return (coldest, hottest);
    }

    static void Widen(double value, ref double low, ref double high)
    {
        if (!double.IsFinite(value)) return;
        if (!(value >= low)) low = value;
        if (!(value <= high)) high = value;
    }

    double Resistance(PackState state, int cell, double temperatureDegC)
    {
        double soc = cell >= 0 && double.IsFinite(state.CellSoc[cell]) ? state.CellSoc[cell] : 0.5;
        double ratio = cell >= 0 && state.ResistanceRatio[cell] > 0 ? state.ResistanceRatio[cell] : 1;
        _circuit.Resistances(soc, double.IsFinite(temperatureDegC) ? temperatureDegC : 25, _resistanceOhm);
        double sumOhm = 0;
        foreach (double ohm in _resistanceOhm) sumOhm += ohm;
        return ratio * sumOhm;
    }
}
