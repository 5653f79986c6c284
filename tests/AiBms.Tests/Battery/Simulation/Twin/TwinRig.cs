using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Simulation.Twin;

/// <summary>Twins of the packs that ship, for tests of their laws.</summary>
static class TwinRig
{
    public const string Ev = "ev_96s2p_immersion", Module = "module_12s_coldplate", Store = "stationary_16s1p_lfp";

    /// <summary>Cells alike, perfect sensors, no ageing: what remains is the law.</summary>
    public static PackTwinOptions Plain(string pack) => TwinHome.Load(Repo.Root, pack) with
    {
        Spread = TwinSpread.None,
        Sensors = TwinSensorOptions.Perfect,
        Ageing = TwinAgeingOptions.None,
    };

    public static PackTwinOptions Real(string pack) => TwinHome.Load(Repo.Root, pack);

    public static PackTwin OnLine(PackTwinOptions options)
    {
        var twin = new PackTwin(options);
        twin.Connect();
        return twin;
    }

    public static TwinFault Fault(string text, PackTwinOptions options) => FaultText.Parse(text, options.Layout);

    /// <summary>On line, with the pump and chiller at a duty and balancing on the cells named.</summary>
    public static PackCommand Command(PackTwin twin, double pump = 0, double chiller = 0, double heater = 0, bool reversed = false, params ReadOnlySpan<int> bleed)
    {
        var command = new PackCommand(twin.Layout)
        {
            PlusClosed = true,
            MinusClosed = true,
            ChargeLimitA = 1e9,
            DischargeLimitA = 1e9,
            PumpDutyFraction = pump,
            ChillerFraction = chiller,
            HeaterFraction = heater,
            FlowReversed = reversed,
        };
        foreach (int g in bleed) command.Bleed[g] = true;
        return command;
    }
}
