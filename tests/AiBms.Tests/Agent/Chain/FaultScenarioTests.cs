using AiBms.Agent.Chain;
using AiBms.Agent.Protection;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Numerics;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Chain;

/// <summary>Faults over time in the three packs: what is found, of which cell, how soon, and that no other cell is accused.</summary>
public class FaultScenarioTests
{
    const string Ev = "ev_96s2p_immersion", Plate = "module_12s_coldplate", Lfp = "stationary_16s1p_lfp";
    const int BeginsS = 1200;

    /// <summary>A drive, the fault after twenty minutes; times have half as much again as was measured.</summary>
    [Theory]
    [InlineData(Plate, "sensor-offset:V5=0.1", FindingKind.CellSensor, 4, 60)]
    [InlineData(Plate, "sensor-offset:V5=-0.1", FindingKind.CellSensor, 4, 180)]
    [InlineData(Ev, "sensor-offset:V33=0.1", FindingKind.CellSensor, 32, 60)]
    [InlineData(Lfp, "sensor-offset:V5=0.1", FindingKind.CellSensor, 4, 60)]
    [InlineData(Plate, "internal-short:V5=0.1", FindingKind.InternalLeak, 4, 100)]
    [InlineData(Ev, "internal-short:V33.1=0.1", FindingKind.InternalLeak, 32, 150)]
    [InlineData(Plate, "internal-short:V5=1", FindingKind.InternalLeak, 4, 370)]
    [InlineData(Ev, "internal-short:V33.1=1", FindingKind.InternalLeak, 32, 550)]
    [InlineData(Lfp, "internal-short:V5=0.1", FindingKind.InternalLeak, 4, 2760)]
    [InlineData(Plate, "sensor-stuck:V5", FindingKind.CellSensor, 4, 180)]
    [InlineData(Plate, "contact-resistance:V5=0.002", FindingKind.ContactResistance, 4, 250)]
    [InlineData(Ev, "contact-resistance:V33.1=0.002", FindingKind.ContactResistance, 32, 270)]
    [InlineData(Lfp, "contact-resistance:V5=0.001", FindingKind.ContactResistance, 4, 250)]
    [InlineData(Ev, "lost-parallel-cell:V33.1", FindingKind.LostParallelCell, 32, 720)]
    public void AFaultWhileDrivingIsNamedAndNoOtherCellIs(string pack, string fault, FindingKind kind, int cell, int withinS)
    {
        var loop = Loop(pack, 0.9, $"{fault}@{BeginsS}");
        var drive = new DrivePower(new(), SeededStream.For(1, "drive"));
        double share = Share(pack), foundS = double.PositiveInfinity;
        for (int k = 0; k < BeginsS + withinS; k++)
        {
            loop.Step(Asks(false), TwinLoad.Power(share * drive.NextW(), 25), k < 5 ? 0.1 : 1);
            foreach (var finding in loop.Chain.State.Findings.Items)
            {
                Assert.Equal((kind, cell), (finding.Kind, finding.Cell));
                foundS = Math.Min(foundS, loop.Twin.Truth.TimeS);
            }

            // The place of the fault may be unclear for a while; the others never are.
            for (int i = 0; i < loop.Twin.Layout.SeriesCount; i++)
                if (i != cell) Assert.Equal(LowCellKind.None, loop.Chain.State.Imbalance.LowCells[i]);
        }

        Assert.InRange(foundS, BeginsS, BeginsS + withinS);
    }

    /// <summary>A cell that has become weaker loses no charge by itself: its resistance, which grew with it, tells it from a short.</summary>
    [Fact]
    public void AWeakCellIsNoShort()
    {
        var loop = Loop(Plate, 0.9, $"weak-cell:V5=0.8@{BeginsS}");
        var drive = new DrivePower(new(), SeededStream.For(1, "drive"));
        for (int k = 0; k < 2 * BeginsS; k++)
        {
            loop.Step(Asks(false), TwinLoad.Power(Share(Plate) * drive.NextW(), 25), k < 5 ? 0.1 : 1);
            Assert.False(loop.Chain.State.Findings.Has(FindingKind.InternalLeak));
        }

        Assert.True(loop.Chain.State.Findings.Has(FindingKind.ContactResistance, 4));
    }

    /// <summary>
    /// A tap that shows 0.1 V too much ends a charge early by what it shows, as the protection judges what is measured; but the state of every
    /// cell stays right, no other is bled for it, and a tap that shows too little does not hold the others back.
    /// </summary>
    [Theory]
    [InlineData(0.1, 0.88)]
    [InlineData(-0.1, 0.97)]
    public void AWrongTapTeachesNothing(double offsetV, double leastSoc)
    {
        var loop = Loop(Plate, 0.7, FormattableString.Invariant($"sensor-offset:V5={offsetV}@600"));
        for (int k = 0; k < 5000 && loop.Chain.Control.Charge.Reason != ChargeReason.Finished; k++)
        {
            double currentA = k < 900 ? -20 - 20 * Math.Sin(0.1 * k) : 0;
            loop.Step(Asks(k >= 900), k < 900 ? TwinLoad.Current(currentA, 25) : TwinLoad.Charger(25), k < 5 ? 0.1 : 1);
            for (int i = 0; k > 600 && i < 12; i++) Assert.Equal(loop.Twin.Truth.CellSoc[i], loop.Chain.State.CellSoc[i], 0.02);
        }

        Assert.Equal(ChargeReason.Finished, loop.Chain.Control.Charge.Reason);
        Assert.InRange(loop.Twin.Truth.MeanSoc, leastSoc, 1);
        Assert.True(loop.Chain.State.Findings.Has(FindingKind.CellSensor, 4));
        Assert.Equal(1, loop.Chain.State.Findings.Count);
    }

    /// <summary>The pack has only rested, a charge begins, and with it a tap shows too little: the cell's resistance was not known yet, and what it adds is no short.</summary>
    [Theory]
    [InlineData(1), InlineData(6)]
    public void ATapThatIsOffAsAChargeBeginsIsNoShort(int seed)
    {
        const int restS = 600;
        var loop = Loop(Plate, 0.6, $"sensor-offset:V5=-0.1@{restS}", seed: seed);
        for (int k = 0; k < restS + 1200; k++)
        {
            loop.Step(Asks(k >= restS), k < restS ? TwinLoad.Rest(25) : TwinLoad.Charger(25), k < 5 ? 0.1 : 1);
            Assert.False(loop.Chain.State.Findings.Has(FindingKind.InternalLeak));
        }

        Assert.True(loop.Chain.State.Findings.Has(FindingKind.CellSensor, 4));
    }

    /// <summary>A chiller that is lost in heat while the pack is charged is found, and one that runs is not.</summary>
    [Theory]
    [InlineData(Ev, 1050)]
    [InlineData(Plate, 600)]
    public void AChillerThatCoolsNothingIsFound(string pack, int withinS)
    {
        const int lostS = 600;
        foreach (string fault in (string[])[$"chiller-loss@{lostS}", ""])
        {
            var loop = Loop(pack, 0.2, fault, 40);
            double foundS = double.PositiveInfinity;
            for (int k = 0; k < lostS + withinS; k++)
            {
                loop.Step(Asks(true), TwinLoad.Charger(40), k < 5 ? 0.1 : 1);
                if (loop.Chain.State.Findings.Has(FindingKind.ChillerLoss)) foundS = Math.Min(foundS, loop.Twin.Truth.TimeS);
            }

            if (fault.Length > 0) Assert.InRange(foundS, lostS, lostS + withinS);
            else Assert.Equal(double.PositiveInfinity, foundS);
        }
    }

    /// <summary>At a current that never changes a tap cannot be told from a joint: it is held all the same, and called a tap where no joint can do it.</summary>
    [Theory]
    [InlineData(0.2, 60)]
    [InlineData(-0.2, 360)]
    public void AWrongTapIsHeldAtAConstantCurrent(double offsetV, int withinS)
    {
        var loop = Loop(Plate, 0.8, FormattableString.Invariant($"sensor-offset:V3={offsetV}@600"));
        double foundS = double.PositiveInfinity;
        for (int k = 0; k < 600 + withinS; k++)
        {
            loop.Step(Asks(false), TwinLoad.Current(-30, 25), k < 5 ? 0.1 : 1);
            if (loop.Chain.State.Findings.Has(FindingKind.CellSensor, 2)) foundS = Math.Min(foundS, loop.Twin.Truth.TimeS);
        }

        Assert.InRange(foundS, 600, 600 + withinS);
        Assert.Equal(loop.Twin.Truth.CellSoc[2], loop.Chain.State.CellSoc[2], 0.02);
    }

    static TwinLoop Loop(string pack, double startSoc, string fault, double ambientDegC = 25, int seed = 1)
    {
        var twin = TwinHome.Load(Repo.Root, pack);
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Repo.At($"packs/protection/{pack}.json")), pack).ToLimits(twin.Layout);
        twin = twin with { Seed = seed, StartSoc = startSoc, StartDegC = ambientDegC, Faults = fault.Length == 0 ? [] : [FaultText.Parse(fault, twin.Layout)] };
        return new(twin, limits, new() { Estimation = new() { Power = new() { EveryS = 1e12 }, Energy = new() { EveryS = 1e12 } } });
    }

    static ChainRequest Asks(bool charges) => new(true, new(charges, 1, CoolingSetpoints.Of(CoolingMode.Balanced)));

    /// <summary>The pack's energy over that of the car whose drive it is.</summary>
    static double Share(string pack)
    {
        var twin = TwinHome.Load(Repo.Root, pack);
        (var layout, var cell) = (twin.Layout, twin.Cell);
        return layout.SeriesCount * layout.ParallelCount * cell.CapacityAh * (cell.Ratings!.MinVoltageV + cell.Ratings.MaxVoltageV) / 2 / new VehicleOptions().BatteryEnergyWh;
    }
}
