using AiBms.Agent.Chain;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Thermal.Fluids;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Chain;

/// <summary>A shipped pack, simulated, in a closed loop with the whole chain.</summary>
sealed class LoopRig
{
    readonly int _sampleMs;

    public LoopRig(string packId, int seed, double startSoc = 0.6, double startDegC = 25, int sampleMs = 1000)
    {
        var layout = new PackCatalogue(Repo.At("packs")).Find(packId);
        var settings = ProtectionFile.Parse(File.ReadAllBytes(Repo.At($"packs/protection/{packId}.json")), packId) with { SampleMs = sampleMs };
        Settings = settings;
        _sampleMs = sampleMs;
        Loop = new(new()
        {
            Layout = layout,
            Cell = new CellCatalogue(Repo.At("cells")).Find(layout.Cell),
            Fluid = layout.Cooling.Fluid.Length > 0 ? new FluidCatalogue(Repo.At("fluids")).Find(layout.Cooling.Fluid) : null,
            Seed = seed,
            StartSoc = startSoc,
            StartDegC = startDegC,
            Mismatch = new(),
        }, settings.ToLimits(layout));
    }

    public TwinLoop Loop { get; }

    public PackChain Chain => Loop.Chain;

    public ProtectionSettings Settings { get; }

    public ChainRequest Request { get; set; } = new(true, new(true, 1, CoolingSetpoints.Of(CoolingMode.Balanced)));

    public bool IsClosed => Chain.Safety.State is ProtectionState.Closed or ProtectionState.Derated;

    /// <summary>Starts in steps of 50 ms; gives the seconds until closed.</summary>
    public double Start(double ambientDegC)
    {
        double startS = Loop.Twin.Truth.TimeS;
        while (!IsClosed && Loop.Twin.Truth.TimeS < startS + 20) Loop.Step(Request, TwinLoad.Rest(ambientDegC), 0.05);
        return Loop.Twin.Truth.TimeS - startS;
    }

    /// <summary>One step of the sample time.</summary>
    public void Step(in TwinLoad load) => Loop.Step(Request, load, 0.001 * _sampleMs);

    /// <summary>What the envelope allows, as a share of the table at the coldest probe.</summary>
    public double ChargeShare
    {
        get
        {
            double coldest = double.PositiveInfinity;
            for (int i = 0; i < Chain.Reading.ProbeTemperatureDegC.Length; i++)
                if (Chain.Reading.ProbeQualities[i] == SignalQuality.Good) coldest = Math.Min(coldest, Chain.Reading.ProbeTemperatureDegC[i]);
            return Chain.Safety.ChargeLimitA / Settings.ChargeTable.At((float)coldest);
        }
    }
}
