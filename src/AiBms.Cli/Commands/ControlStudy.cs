using System.Numerics.Tensors;
using AiBms.Agent.Chain;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Thermal.Fluids;

namespace AiBms.Cli.Commands;

/// <summary>Runs of the chain with a simulated pack that show what control does: a charge, a drive in the heat.</summary>
static class ControlStudy
{
    const double StepS = 1;

    /// <summary>A charge from nearly empty on.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="Minutes">Minutes from the charger's start, one for each step.</param>
    /// <param name="CurrentA">True current, A.</param>
    /// <param name="WorstV">True voltage of the highest cell, V.</param>
    /// <param name="HottestDegC">Hottest core, °C.</param>
    /// <param name="Reasons">What bound, each where it begins, with its minute.</param>
    /// <param name="To80Min">Minutes from a true mean SOC of 10 to 80 %; NaN where not reached.</param>
    /// <param name="EndSoc">True mean SOC at the end.</param>
    public sealed record Charge(
        string Name, double[] Minutes, double[] CurrentA, double[] WorstV, double[] HottestDegC, IReadOnlyList<(double Minute, ChargeReason Reason)> Reasons, double To80Min, double EndSoc);

    /// <summary>A drive in the heat.</summary>
    /// <param name="Mode">Cooling mode.</param>
    /// <param name="HottestDegC">Hottest core, °C.</param>
    /// <param name="SpreadK">Largest difference between cores, K.</param>
    /// <param name="PumpWh">Energy of the pump, Wh.</param>
    /// <param name="ChillerWh">Electrical energy of the chiller, Wh.</param>
    public sealed record Drive(CoolingMode Mode, double HottestDegC, double SpreadK, double PumpWh, double ChillerWh);

    /// <summary>Runs a charge until the control says that it is finished, at most <paramref name="hours"/>.</summary>
    public static Charge RunCharge(string name, string packId, double startDegC, ChargeOptions options, double hours, int seed)
    {
        var loop = Loop(packId, 0.08, startDegC, options, seed);
        var request = new ChainRequest(true, new(true, 1, CoolingSetpoints.Of(CoolingMode.Balanced)));
        for (int k = 0; k < 200; k++) loop.Step(request, TwinLoad.Rest(startDegC), 0.05);
        List<double> minutes = [], current = [], worst = [], hottest = [];
        List<(double, ChargeReason)> reasons = [];
        double from10 = double.NaN, to80 = double.NaN, startS = loop.Twin.Truth.TimeS;
        bool isOver = false;
        for (int k = 0; k < 3600 * hours / StepS && !isOver; k++)
        {
            loop.Step(request, TwinLoad.Charger(startDegC), StepS);
            var truth = loop.Twin.Truth;
            double minute = (truth.TimeS - startS) / 60;
            var reason = loop.Chain.Control.Charge.Reason;
            if (reasons.Count == 0 || reasons[^1].Item2 != reason) reasons.Add((minute, reason));
            if (double.IsNaN(from10) && truth.MeanSoc >= 0.1) from10 = minute;
            if (double.IsNaN(to80) && truth.MeanSoc >= 0.8) to80 = minute;
            minutes.Add(minute);
            current.Add(truth.PackCurrentA);
            worst.Add(TensorPrimitives.Max(truth.GroupVoltageV));
            hottest.Add(TensorPrimitives.Max(truth.CoreDegC));
            isOver = reason == ChargeReason.Finished;
        }

        return new(name, [.. minutes], [.. current], [.. worst], [.. hottest], reasons, to80 - from10, loop.Twin.Truth.MeanSoc);
    }

    /// <summary>Two hours of hard driving at 35 °C, the same for every mode.</summary>
    public static Drive RunDrive(string packId, CoolingMode mode, int seed)
    {
        const double AmbientDegC = 35;
        var loop = Loop(packId, 0.95, AmbientDegC - 5, new(), seed);
        var request = new ChainRequest(true, new(false, 1, CoolingSetpoints.Of(mode)));
        for (int k = 0; k < 200; k++) loop.Step(request, TwinLoad.Rest(AmbientDegC), 0.05);
        double hottest = 0, spread = 0, pumpJ = 0, chillerJ = 0;
        for (int k = 0; k < 7200; k++)
        {
            // Accelerate, cruise, brake: about 0.6C root mean square with nearly as much taken as charged.
            double currentA = (k % 60) switch { < 12 => -260, < 40 => -50, < 52 => 110, _ => 0 };
            loop.Step(request, TwinLoad.Current(currentA, AmbientDegC), StepS);
            var truth = loop.Twin.Truth;
            (hottest, spread) = (Math.Max(hottest, TensorPrimitives.Max(truth.CoreDegC)), Math.Max(spread, TensorPrimitives.Max(truth.CoreDegC) - TensorPrimitives.Min(truth.CoreDegC)));
            (pumpJ, chillerJ) = (pumpJ + truth.PumpW * StepS, chillerJ + truth.ChillerElectricalW * StepS);
        }

        return new(mode, hottest, spread, pumpJ / 3600, chillerJ / 3600);
    }

    static TwinLoop Loop(string packId, double startSoc, double startDegC, ChargeOptions charge, int seed)
    {
        var layout = Home.Pack(packId);
        string protection = Path.Combine(Home.Packs, "protection", packId + ".json");
        var settings = ProtectionFile.Parse(File.ReadAllBytes(protection), packId) with { SampleMs = (int)(1000 * StepS) };
        return new(
            new()
            {
                Layout = layout,
                Cell = new CellCatalogue(Home.Cells).Find(layout.Cell),
                Fluid = layout.Cooling.Fluid.Length > 0 ? new FluidCatalogue(Home.Fluids).Find(layout.Cooling.Fluid) : null,
                Seed = seed,
                StartSoc = startSoc,
                StartDegC = startDegC,
                Mismatch = new(),
            },
            settings.ToLimits(layout), new() { Control = new() { Charge = charge } });
    }
}
