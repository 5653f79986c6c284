using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;

namespace AiBms.Tests.Battery.Simulation.Twin.Faults;

public class FaultTextTests
{
    static readonly PackLayout s_ev = TwinRig.Real(TwinRig.Ev).Layout;

    [Theory]
    [InlineData("pump-stop@600", "pump-stop", 0, 0.0, 600.0, double.PositiveInfinity)]
    [InlineData("pump-stop", "pump-stop", 0, 0.0, 0.0, double.PositiveInfinity)]
    [InlineData("internal-short:V17.2=5@600-1200", "internal-short", 33, 5.0, 600.0, 1200.0)]
    [InlineData("internal-short:V17@1", "internal-short", 32, 10.0, 1.0, double.PositiveInfinity)]
    [InlineData("blocked-segment:S16=0.5@60", "blocked-segment", 15, 0.5, 60.0, double.PositiveInfinity)]
    [InlineData("open-tap:V_96", "open-tap", 95, 0.3, 0.0, double.PositiveInfinity)]
    [InlineData("welded-contactor:minus@9", "welded-contactor", 1, 0.0, 9.0, double.PositiveInfinity)]
    [InlineData("sensor-stuck:M1-T2@300-900", "sensor-stuck", 1, 0.0, 300.0, 900.0)]
    [InlineData("sensor-offset:currenta=-1.5", "sensor-offset", (int)PackSignal.CurrentA, -1.5, 0.0, double.PositiveInfinity)]
    public void AFaultIsRead(string text, string name, int place, double size, double startS, double endS)
    {
        var fault = FaultText.Parse(text, s_ev);
        Assert.Equal((name, place, size, startS, endS), (fault.Kind.Name, fault.Place.Index, fault.Size, fault.StartS, fault.EndS));
    }

    [Theory]
    [InlineData("pump-stpo@600", "Did you mean pump-stop?")]
    [InlineData("pump-stop:V3", "takes no place")]
    [InlineData("pump-stop=3", "takes no size")]
    [InlineData("pump-stop@", "write the time as @600")]
    [InlineData("pump-stop@600-500", "write the time as @600")]
    [InlineData("internal-short", "V1 to V96")]
    [InlineData("internal-short:V97", "no place 'V97'")]
    [InlineData("internal-short:V9.3", ".1 to .2")]
    [InlineData("internal-short:V9=0", "from 0.001")]
    [InlineData("blocked-segment:S17", "S1 to S16")]
    [InlineData("welded-contactor:both", "plus, minus or precharge")]
    [InlineData("sensor-offset:V9", "needs a size")]
    [InlineData("sensor-stuck:4", "a probe (M1-T1")]
    public void AWrongFaultIsRefusedInOneSentence(string text, string says)
    {
        var refusal = Assert.Throws<FormatException>(() => FaultText.Parse(text, s_ev));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    /// <summary>A fault of what a pack does not have would change nothing: it is refused, not taken in silence.</summary>
    [Theory]
    [InlineData(TwinRig.Store, "pump-stop@600", "has no coolant")]
    [InlineData(TwinRig.Store, "chiller-loss", "has no chiller")]
    [InlineData(TwinRig.Store, "isolation-loss", "has no isolation monitor")]
    [InlineData(TwinRig.Store, "lost-parallel-cell:V3", "has no cells in parallel")]
    public void AFaultOfWhatIsNotThereIsRefused(string pack, string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => FaultText.Parse(text, TwinRig.Real(pack).Layout)).Message, StringComparison.Ordinal);
}
