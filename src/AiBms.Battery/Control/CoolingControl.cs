using AiBms.Battery.Packs;

namespace AiBms.Battery.Control;

/// <summary>Pump, chiller and heater: feed-forward from the heat that the cells give off, PID on what is left.</summary>
/// <remarks>
/// The flow that carries the heat away at the allowed rise of the coolant is known from Q = V̇·ρc·ΔT before any cell warms; the PID only
/// corrects. Chiller and heater never run together. Without cooling by a fluid nothing is commanded.
/// </remarks>
public sealed class CoolingControl
{
    readonly CoolingDesign _design;
    readonly CoolingOptions _options;
    /// <summary>A radiator is counted with what it gives off at this much above the surroundings, K; the PID does the rest.</summary>
    const double RadiatorK = 10;

    readonly Pid _pump, _chiller, _heater;
    bool _resting, _warming;
    double _colderK;

    /// <param name="layout">The pack.</param>
    /// <param name="options">Gains and coolant; null for the defaults.</param>
    public CoolingControl(PackLayout layout, CoolingOptions? options = null)
    {
        _design = layout.Cooling;
        _options = (options ?? new()).Validated();
        (_pump, _chiller, _heater) = (new(_options.Pump), new(_options.Chiller), new(_options.Heater));
    }

    /// <summary>Duty of the pump, 0…1.</summary>
    public double PumpDutyFraction { get; private set; }

    /// <summary>Share of the chiller, 0…1.</summary>
    public double ChillerFraction { get; private set; }

    /// <summary>Share of the heater, 0…1.</summary>
    public double HeaterFraction { get; private set; }

    /// <summary>Takes one step.</summary>
    public void Update(in CoolingInput input, CoolingSetpoints setpoints)
    {
        double most = _options.FractionPerS * input.StepS;
        Warm(input, setpoints, most);
        ChillerFraction = Toward(ChillerFraction, Chill(input, setpoints), most);
        double duty = Pump(input, setpoints);
        // On or off at once: a pump that creeps through its lowest duties looks like one that has failed.
        PumpDutyFraction = duty == 0 ? 0 : Toward(Math.Max(PumpDutyFraction, Math.Min(duty, _options.LeastDutyFraction)), duty, most);
    }

    double Pump(in CoolingInput input, CoolingSetpoints setpoints)
    {
        if (_design.MaxFlowLPerMin <= 0) return 0;
        // A pack that cannot be seen is cooled as well as it can be.
        if (!double.IsFinite(input.HottestDegC)) return 1;
        double flowLPerMin = 60 * Math.Max(0, input.HeatW) / (_options.FluidHeatJPerLK * setpoints.RiseK);
        double feedForward = Math.Min(1, flowLPerMin / _design.MaxFlowLPerMin);
        // Flow evens out what has become uneven, also in a pack that is cool enough.
        double error = input.HottestDegC - setpoints.HotTargetDegC, uneven = input.HottestDegC - input.ColdestDegC - setpoints.SpreadK;
        if (uneven > error) error = uneven;
        if (error < -_options.RestBelowK) _resting = true;
        else if (error > -0.5 * _options.RestBelowK) _resting = false;
        if (_resting && !_warming)
        {
            _pump.Reset();
            return 0;
        }

        // Heat that comes is worth carrying away only near the target; below it the cells' own mass takes it.
        double share = Math.Clamp(1 + error / _options.RestBelowK, 0, 1);
        double duty = _pump.Step(error, share * feedForward, 1, input.StepS);
        return Math.Max(duty, _options.LeastDutyFraction);
    }

    double Chill(in CoolingInput input, CoolingSetpoints setpoints)
    {
        double mostW = _design.MaxChillerW + RadiatorK * _design.RadiatorWPerK;
        bool isNeeded = mostW > 0 && !_warming && !_resting && input.HottestDegC > setpoints.HotTargetDegC - 0.5 * _options.RestBelowK;
        if (!isNeeded)
        {
            _chiller.Reset();
            _colderK = 0;
            return 0;
        }

        // What the coolant rises at full flow beyond the allowed is taken off its inlet; where the pump can do no more, the inlet does the rest.
        double riseK = _design.MaxFlowLPerMin > 0 ? 60 * input.HeatW / (_options.FluidHeatJPerLK * _design.MaxFlowLPerMin) : 0;
        double error = input.HottestDegC - setpoints.HotTargetDegC;
        if (PumpDutyFraction > 0.95 || error < 0) _colderK = Math.Clamp(_colderK + _options.InletPerS * error * input.StepS, 0, _options.MostColderK);
        double inletTargetDegC = setpoints.HotTargetDegC - setpoints.InletBelowK - Math.Max(0, riseK - setpoints.RiseK) - _colderK;
        double inletDegC = double.IsFinite(input.InletDegC) ? input.InletDegC : input.HottestDegC - setpoints.InletBelowK;
        double feedForward = Math.Clamp(input.HeatW / mostW, 0, setpoints.ChillerCeilingFraction);
        return _chiller.Step(inletDegC - inletTargetDegC, feedForward, setpoints.ChillerCeilingFraction, input.StepS);
    }

    void Warm(in CoolingInput input, CoolingSetpoints setpoints, double most)
    {
        double missingK = setpoints.ChargeFloorDegC - input.ColdestDegC;
        bool mayWarm = _design.MaxHeaterW > 0 && input.IsChargeWanted && input.HottestDegC < setpoints.HotTargetDegC - 2 * _options.RestBelowK;
        if (!mayWarm || !(missingK > -2)) _warming = false;
        else if (missingK > 0) _warming = true;
        if (!_warming) _heater.Reset();
        HeaterFraction = _warming && ChillerFraction == 0 ? Toward(HeaterFraction, _heater.Step(missingK, 0, 1, input.StepS), most) : 0;
    }

    static double Toward(double from, double to, double most) => from + Math.Clamp(to - from, -most, most);
}
