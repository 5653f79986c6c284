using AiBms.Battery.Control;
using CsCheck;

namespace AiBms.Tests.Battery.Control;

public class ChargeControlTests
{
    [Fact]
    public void AChargeEndsFullWithTheWorstCellNeverAboveItsVoltage()
    {
        var cell = new ChargedCell { Soc = 0.2 };
        var reasons = cell.Run(new(60, 120, 4.2), forS: 6 * 3600);
        Assert.True(cell.HighestV <= 4.2, $"{cell.HighestV}");
        Assert.True(cell.Soc > 0.97, $"{cell.Soc}");
        Assert.Equal(ChargeReason.Finished, reasons[^1]);
        // Each reason in its turn, once: nothing goes back and forth.
        Assert.Equal([ChargeReason.Rising, ChargeReason.Stage, ChargeReason.Plating, ChargeReason.CellVoltage, ChargeReason.Finished], reasons);
    }

    [Fact]
    public void StagesAreFollowedInTheirOrder()
    {
        var cell = new ChargedCell { Soc = 0.1 };
        var control = new ChargeControl(60, 120, 4.2, new() { Stages = ChargeOptions.MultiStage, Plating = s_noPlating });
        cell.Run(control, 4 * 3600);
        Assert.Equal([120, 96, 66, 36], cell.Currents.Zip(cell.Currents.Skip(1)).Where(p => p.First.Reason == ChargeReason.Stage && Math.Abs(p.Second.CurrentA - p.First.CurrentA) < 0.001).Select(p => Math.Round(p.First.CurrentA, 1)).Distinct());
    }

    [Fact]
    public void TheTaperDoesNotSwing()
    {
        var cell = new ChargedCell { Soc = 0.85 };
        cell.Run(new(60, 120, 4.2, new() { Plating = s_noPlating }), 2 * 3600);
        double[] taper = [.. cell.Currents.Where(c => c.Reason == ChargeReason.CellVoltage).Select(c => c.CurrentA)];
        Assert.True(taper.Length > 300);
        // From its highest point on, where the rise at the beginning is over, it only falls.
        for (int k = Array.IndexOf(taper, taper.Max()) + 1; k < taper.Length; k++) Assert.True(taper[k] <= taper[k - 1] + 0.2, $"step {k}: {taper[k - 1]} to {taper[k]} A");
    }

    [Fact]
    public void AFullPackIsNotStartedAgainUntilItHasLostSomeCharge()
    {
        var control = new ChargeControl(60, 120, 4.2);
        var at = Input(0) with { FullestSoc = 1 };
        Assert.Equal(ChargeReason.Finished, control.Update(at).Reason);
        Assert.Equal(ChargeReason.Finished, control.Update(at with { TimeS = 1, FullestSoc = 0.975 }).Reason);
        Assert.NotEqual(ChargeReason.Finished, control.Update(at with { TimeS = 2, FullestSoc = 0.96 }).Reason);
    }

    [Fact]
    public void TheCurrentNeverExceedsAnyLimitAndIsNeverNegative() =>
        Gen.Select(s_number, s_number, s_number, s_number, s_number, s_number).Array[1, 60].Sample(steps =>
        {
            var control = new ChargeControl(60, 120, 4.2);
            double t = 0;
            foreach (var (current, voltage, cold, soc, envelope, power) in steps)
            {
                var decision = control.Update(new(t += 1, 1, current, voltage / 15, 3, 0.002, cold, soc / 100, envelope, power, power, 1, true, true));
                Assert.InRange(decision.CurrentA, 0, 120);
                Assert.True(!(decision.CurrentA > 0) || (decision.CurrentA <= envelope && !(decision.CurrentA > power)), $"{decision}");
                Assert.True(!(decision.CurrentA > 0) || double.IsFinite(voltage), "charges a cell that is not seen");
                Assert.InRange(control.LimitA, 0, Math.Max(0, double.IsNaN(envelope) ? 0 : envelope));
                Assert.True(!(cold <= -10) || decision.CurrentA == 0);
            }
        }, iter: 1000);

    [Fact]
    public void AShortRegenerationMayBeStrongerThanALongOneAndALongOneTiresTheCell()
    {
        var guard = new PlatingGuard(new(), 120);
        guard.Update(0, 10, 0.5, 1);
        double rested = guard.NowA, lasting = guard.LastingA;
        Assert.Equal(2, rested / lasting, 1e-12);
        for (int t = 0; t < 10; t++) guard.Update(rested, 10, 0.5, 1);
        Assert.Equal(lasting, guard.NowA, 1e-9);
        for (int t = 0; t < 30; t++) guard.Update(0, 10, 0.5, 1);
        Assert.Equal(1.5, guard.NowA / lasting, 1e-9);
    }

    [Fact]
    public void ColderAndFullerNeverMeansMore() => Gen.Select(Gen.Double[-20, 50], Gen.Double[0, 20], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((cold, warmer, soc, more) =>
    {
        var limits = new PlatingLimits();
        double At(double degC, double at)
        {
            var guard = new PlatingGuard(limits, 100);
            guard.Update(0, degC, at, 1);
            return guard.NowA;
        }

        Assert.True(At(cold, soc) <= At(cold + warmer, soc));
        Assert.True(At(cold, Math.Min(1, soc + more)) <= At(cold, soc));
    });

    [Fact]
    public void NoiseAtTheColdEdgeMovesTheCurrentNoMoreThanTheNoiseItself()
    {
        var control = new ChargeControl(60, 120, 4.2);
        double low = double.PositiveInfinity, high = 0;
        for (int t = 0; t < 5000; t++)
        {
            var decision = control.Update(Input(t) with { ColdestDegC = 5 + 0.3 * Math.Sin(2.1 * t), CurrentA = 20 });
            if (t < 200) continue;
            Assert.Equal(ChargeReason.Plating, decision.Reason);
            (low, high) = (Math.Min(low, decision.CurrentA), Math.Max(high, decision.CurrentA));
        }

        // The table there is 3.48 A/K: 0.6 K of noise is 2.1 A.
        Assert.True(high - low <= 2.1 && low > 20, $"{low} to {high}");
    }

    [Theory]
    [InlineData(0, 0, "at an unphysical stage")]
    [InlineData(0.5, 1, "that ends early")]
    public void StagesThatMakeNoSenseAreRefused(double upTo, double current, string why) =>
        Assert.True(Assert.Throws<ArgumentException>(() => new ChargeControl(60, 120, 4.2, new() { Stages = [new(upTo, current)] })).Message.Length > 0, why);

    [Fact]
    public void AStepAllocatesNothing()
    {
        var control = new ChargeControl(60, 120, 4.2, new() { Stages = ChargeOptions.MultiStage });
        control.Update(Input(0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 1; t < 100; t++) control.Update(Input(t));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static readonly PlatingLimits s_noPlating = new() { CurrentFraction = [1, 1, 1, 1, 1], SocFraction = [1, 1, 1, 1] };

    static readonly Gen<double> s_number = Gen.Frequency((8, Gen.Double[-30, 150]), (1, Gen.Const(double.NaN)), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(double.NegativeInfinity)));

    static ChargeInput Input(double timeS) => new(timeS, 1, 0, 3.7, 2, 0.002, 25, 0.5, 1000, 1000, 1000, 1, true, true);
}
