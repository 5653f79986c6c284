using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Battery.Thermal.Fluids;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Pump, passages, tank, chiller and heater: how much flows, and what it costs.</summary>
/// <remarks>
/// The pump gives p₀·d² − k·Q² at duty d (affinity laws); at full duty, 20 °C and the layout's largest flow it is at half its shut-off
/// pressure, and pipes and chiller take what the passages leave, with the square of the flow. A blocked segment resists by the square of
/// what is left of it. The pump's electrical power goes with d³·(½ + ½·Q/(d·Q_max)), the shape of centrifugal pumps; all of it warms the fluid.
/// A radiator gives off its W/K times what the tank is above the surroundings, its fan taking the third power of the share. The chiller works between the fluid less 8 K and the surroundings plus 12 K at 0.4 of Carnot, and fades out from 10 to 2 °C of the fluid.
/// </remarks>
sealed class CoolantLoop
{
    const double DesignDegC = 20, LitresPerM3 = 1000, SecondsPerMinute = 60;

    readonly CoolingDesign _design;
    readonly CoolingGeometry _geometry;
    readonly DuctShape _shape;
    readonly double _maxFlowM3PerS, _shutOffPa, _squarePa;
    double _flowM3PerS;

    public CoolantLoop(CoolingDesign design, Fluid fluid, double startDegC)
    {
        (_design, _geometry, Fluid) = (design, design.Geometry!, fluid);
        _shape = design.Kind == CoolingKind.Immersion ? DuctShape.Gap : DuctShape.Tube;
        _maxFlowM3PerS = design.MaxFlowLPerMin / LitresPerM3 / SecondsPerMinute;
        _shutOffPa = 1000 * _geometry.ShutOffKPa;
        double passagesPa = PassagePa(_maxFlowM3PerS, fluid.At(DesignDegC), 1), outsidePa = _shutOffPa / 2 - passagesPa;
        if (!(outsidePa >= 0))
            throw new ArgumentException($"the pump's {_geometry.ShutOffKPa} kPa do not move {design.MaxFlowLPerMin} L/min of {fluid.Id}: the passages alone take {passagesPa / 1000:0.0} kPa.");
        _squarePa = (_shutOffPa / 2 + outsidePa) / (_maxFlowM3PerS * _maxFlowM3PerS);
        SegmentDegC = new double[design.Segments];
        FilmWPerM2K = new double[design.Segments];
        Array.Fill(SegmentDegC, startDegC);
        TankDegC = startDegC;
    }

    public Fluid Fluid { get; }

    public double[] SegmentDegC { get; }

    /// <summary>Heat transfer in each segment, W/(m²·K).</summary>
    public double[] FilmWPerM2K { get; }

    public double TankDegC { get; set; }

    public double LevelFraction { get; private set; } = 1;

    public bool IsReversed { get; private set; }

    public double FlowLPerMin => _flowM3PerS * LitresPerM3 * SecondsPerMinute;

    public double PressureKPa { get; private set; }

    public double DutyFraction { get; private set; }

    public double PumpW { get; private set; }

    /// <summary>Heat that chiller and radiator take, W.</summary>
    public double ChillerW { get; private set; }

    public double ChillerElectricalW { get; private set; }

    public double HeaterW { get; private set; }

    /// <summary>Heat that the flow carries for each kelvin, W/K.</summary>
    public double StreamWPerK { get; private set; }

    /// <summary>Heat capacity of what is in one segment, J/K.</summary>
    public double SegmentJPerK { get; private set; }

    /// <summary>Heat capacity of what is in tank and pipes, J/K.</summary>
    public double TankJPerK { get; private set; }

    /// <summary>Share of the cells' faces that the fluid still reaches, 0…1.</summary>
    public double WettedFraction => Math.Clamp((LevelFraction - 0.3) / 0.6, 0, 1);

    /// <summary>Sets flow, heat transfer and powers for a step from the command and the temperatures at its start.</summary>
    public void Set(PackCommand command, TwinEffects effects, double ambientDegC, double stepS)
    {
        LevelFraction = Math.Clamp(LevelFraction - effects.LeakLPerMin / SecondsPerMinute * stepS / _design.FluidVolumeL, 0, effects.LevelCeilingFraction);
        IsReversed = _design.Reversible && command.FlowReversed;
        DutyFraction = effects.IsPumpStopped ? 0 : Math.Clamp(command.PumpDutyFraction, 0, 1);

        double meanDegC = Mean(SegmentDegC);
        var state = Fluid.At(meanDegC);
        _flowM3PerS = Flow(state, effects);
        double volumeM3 = _design.FluidVolumeL / LitresPerM3 * Math.Max(LevelFraction, 0.02), heatPerM3K = state.DensityKgPerM3 * state.HeatCapacityJPerKgK;
        SegmentJPerK = heatPerM3K * volumeM3 * _geometry.InsideFraction / SegmentDegC.Length;
        TankJPerK = heatPerM3K * volumeM3 * (1 - _geometry.InsideFraction);
        StreamWPerK = heatPerM3K * _flowM3PerS;
        for (int k = 0; k < SegmentDegC.Length; k++)
        {
            var local = Fluid.At(SegmentDegC[k]);
            double speedMPerS = _flowM3PerS / _geometry.FlowAreaM2;
            double nusselt = DuctFlow.Nusselt(
                _shape, speedMPerS * _geometry.HydraulicDiameterM / local.ViscosityM2PerS, local.Prandtl, _geometry.HydraulicDiameterM / _geometry.HeatedLengthM);
            // What is blocked is washed by nothing.
            FilmWPerM2K[k] = nusselt * local.ConductivityWPerMK / _geometry.HydraulicDiameterM * effects.OpenFraction[k];
        }

        double relative = Math.Min(1, _flowM3PerS / _maxFlowM3PerS);
        PumpW = DutyFraction > 0 ? _design.MaxPumpW * DutyFraction * DutyFraction * (DutyFraction + relative) / 2 : 0;
        HeaterW = Math.Clamp(command.HeaterFraction, 0, 1) * _design.MaxHeaterW;
        double hotShare = 1 - 0.01 * Math.Max(0, ambientDegC - 35);
        ChillerW = Math.Clamp(command.ChillerFraction, 0, 1) * _design.MaxChillerW * effects.ChillerFactor * Math.Clamp(hotShare, 0, 1) * Math.Clamp((TankDegC - 2) / 8, 0, 1);
        double coldK = Units.ToKelvin(TankDegC - 8), liftK = Math.Max(1, ambientDegC + 12 - (TankDegC - 8));
        ChillerElectricalW = ChillerW / Math.Clamp(0.4 * coldK / liftK, 1, 8);
        Radiate(Math.Clamp(command.ChillerFraction, 0, 1), effects.ChillerFactor, ambientDegC, stepS);
    }

    /// <summary>Never below the surroundings: over a long step by backward Euler on the tank.</summary>
    void Radiate(double share, double works, double ambientDegC, double stepS)
    {
        double wPerK = share * works * _design.RadiatorWPerK;
        if (wPerK == 0) return;
        ChillerW += wPerK / (1 + wPerK * stepS / TankJPerK) * Math.Max(0, TankDegC - ambientDegC);
        ChillerElectricalW += works * _design.RadiatorFanW * share * share * share;
    }

    /// <summary>Where pump and circuit agree, m³/s, by bisection: the pressure left over falls with the flow.</summary>
    double Flow(FluidState state, TwinEffects effects)
    {
        // Air is drawn in as the level falls from a half to a fifth.
        double headPa = _shutOffPa * DutyFraction * DutyFraction * Math.Clamp((LevelFraction - 0.2) / 0.3, 0, 1);
        PressureKPa = 0;
        if (headPa <= 0) return 0;
        double narrowing = 0;
        foreach (double open in effects.OpenFraction) narrowing += 1 / Math.Max(open * open, 1e-4);
        narrowing /= effects.OpenFraction.Length;
        double low = 0, high = 2 * _maxFlowM3PerS;
        for (int round = 0; round < 45; round++)
        {
            double middle = (low + high) / 2;
            if (headPa - _squarePa * middle * middle - PassagePa(middle, state, narrowing) > 0) low = middle;
            else high = middle;
        }

        PressureKPa = (headPa - _shutOffPa / 2 * low * low / (_maxFlowM3PerS * _maxFlowM3PerS)) / 1000;
        return low;
    }

    double PassagePa(double flowM3PerS, FluidState state, double narrowing)
    {
        double speedMPerS = flowM3PerS / _geometry.FlowAreaM2, reynolds = speedMPerS * _geometry.HydraulicDiameterM / state.ViscosityM2PerS;
        return narrowing * DuctFlow.Friction(_shape, reynolds) * _geometry.LengthM / _geometry.HydraulicDiameterM * state.DensityKgPerM3 * speedMPerS * speedMPerS / 2;
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }
}
