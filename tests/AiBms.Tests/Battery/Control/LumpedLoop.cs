using AiBms.Battery.Control;
using AiBms.Battery.Packs;

namespace AiBms.Tests.Battery.Control;

/// <summary>A pack as one cell mass and one fluid mass: enough to show whether a control settles or swings.</summary>
sealed class LumpedLoop(PackLayout pack)
{
    const double CellJPerK = 96 * 2 * 880, FluidHeatJPerLK = 1600, ConductanceWPerK = 600, ToAmbientWPerK = 15;

    readonly CoolingControl _control = new(pack);
    public double CellDegC = 25, FluidDegC = 25, AmbientDegC = 25, EnergyJ;
    public bool IsChargeWanted, ChilledAndHeated;

    /// <summary>Runs; gives the lowest and highest cell temperature after the settling time, and how often it turned round by more than 0.1 K.</summary>
    public (double Low, double High, int Swings) Run(CoolingMode mode, double heatW, int forS, int settleS)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity, turn = double.NaN;
        int swings = 0, direction = 0;
        var setpoints = CoolingSetpoints.Of(mode);
        for (int t = 0; t < forS; t++)
        {
            double inletDegC = FluidDegC - _control.ChillerFraction * pack.Cooling.MaxChillerW / (FluidHeatJPerLK * pack.Cooling.MaxFlowLPerMin / 60 * Math.Max(0.1, _control.PumpDutyFraction));
            _control.Update(new(CellDegC, CellDegC, inletDegC, heatW, IsChargeWanted, 1), setpoints);
            double duty = _control.PumpDutyFraction, toFluidW = ConductanceWPerK * Math.Sqrt(duty) * (CellDegC - FluidDegC);
            double chilledW = duty > 0 ? _control.ChillerFraction * pack.Cooling.MaxChillerW : 0, heatedW = _control.HeaterFraction * pack.Cooling.MaxHeaterW;
            CellDegC += (heatW - toFluidW) / CellJPerK;
            FluidDegC += (toFluidW - chilledW + heatedW - ToAmbientWPerK * (FluidDegC - AmbientDegC)) / (FluidHeatJPerLK * pack.Cooling.FluidVolumeL);
            EnergyJ += pack.Cooling.MaxPumpW * duty * duty * duty + 0.4 * chilledW + heatedW;
            ChilledAndHeated |= chilledW > 0 && heatedW > 0;
            if (t < settleS) continue;
            (low, high) = (Math.Min(low, CellDegC), Math.Max(high, CellDegC));
            if (double.IsNaN(turn)) turn = CellDegC;
            if (Math.Abs(CellDegC - turn) <= 0.1) continue;
            int now = Math.Sign(CellDegC - turn);
            if (now == -direction) swings++;
            (direction, turn) = (now, CellDegC);
        }

        return (low, high, swings);
    }
}
