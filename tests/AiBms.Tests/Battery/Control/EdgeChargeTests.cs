using AiBms.Battery.Control;

namespace AiBms.Tests.Battery.Control;

/// <summary>The float form of the charge control decides what the one in double decides.</summary>
public class EdgeChargeTests
{
    /// <summary>Random walks of everything it looks at, for hours: the same reasons but at ties, the same currents to what float resolves.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void CurrentsAndReasonsAgree(int seed)
    {
        Random random = new(seed);
        ChargeControl full = new(60, 120, 4.2);
        EdgeCharge edge = new(EdgeChargeRules.Of(60, 120, 4.2));
        double voltageV = 3.7, coldestDegC = 15, soc = 0.5, powerA = 100, currentA = 0;
        int otherReasons = 0;
        for (int k = 0; k < 20_000; k++)
        {
            voltageV = Math.Clamp(voltageV + 0.004 * (random.NextDouble() - 0.498), 3.3, 4.25);
            coldestDegC = Math.Clamp(coldestDegC + random.NextDouble() - 0.5, -15, 45);
            soc = Math.Clamp(soc + 0.002 * (random.NextDouble() - 0.497), 0, 1);
            powerA = Math.Clamp(powerA + 4 * (random.NextDouble() - 0.5), 0, 150);
            double maybe(double value) => random.Next(200) == 0 ? double.NaN : (float)value;
            bool isRequested = k % 5000 < 4700, isConnected = random.Next(300) != 0;
            double flows = maybe(currentA), worst = maybe(voltageV), cold = maybe(coldestDegC), full1 = maybe(soc), power = maybe(powerA), pulse = maybe(1.3 * powerA);
            var expected = full.Update(new(k, 1, flows, worst, 3, (float)0.002, cold, full1, 110, power, pulse, 0.95, isRequested, isConnected));
            var found = edge.Update(new(1, (float)flows, (float)worst, 3, 0.002f, (float)cold, (float)full1, 110, (float)power, (float)pulse, 0.95f, isRequested, isConnected));
            Assert.Equal(expected.CurrentA, found.CurrentA, 0.02);
            Assert.Equal(full.LimitA, found.LimitA, 0.02);
            if (expected.Reason != found.Reason) otherReasons++;
            currentA = expected.CurrentA;
        }

        Assert.InRange(otherReasons, 0, 20);
    }
}
