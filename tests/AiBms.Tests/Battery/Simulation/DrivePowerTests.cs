using AiBms.Battery.Simulation;

namespace AiBms.Tests.Battery.Simulation;

public class DrivePowerTests
{
    [Fact]
    public void WithoutLossesADriveThatEndsAtRestCostsNothing()
    {
        // P·1 s = m·(v₁² − v₀²)/2 exactly, so the sum over a drive telescopes to the kinetic energy at its end.
        var vehicle = new VehicleOptions { DragAreaM2 = 0, RollingRatio = 0, DriveEfficiency = 1, RegenerationFraction = 1, AccessoryPowerW = 0 };
        var drive = new DrivePower(vehicle, new(4));
        double energyJ = 0, throughputJ = 0;
        for (int s = 0; s < 5000 || drive.SpeedMPerS > 0; s++)
        {
            double powerW = drive.NextW();
            (energyJ, throughputJ) = (energyJ + powerW, throughputJ + Math.Abs(powerW));
        }

        Assert.True(throughputJ > 1e7);
        Assert.Equal(0, energyJ, 1e-9 * throughputJ);
    }

    [Fact]
    public void StandingCostsOnlyTheAccessories()
    {
        var drive = new DrivePower(new() { AccessoryPowerW = 321 }, new(4));
        Assert.Equal(-321, drive.NextW());
        Assert.Equal(0, drive.SpeedMPerS);
    }

    [Fact]
    public void SpeedsAreThoseOfACar()
    {
        var drive = new DrivePower(new(), new(9));
        double highest = 0, before = 0, distance = 0;
        for (int s = 0; s < 36_000; s++)
        {
            drive.NextW();
            Assert.InRange(drive.SpeedMPerS - before, -2.5, 2.5);
            (before, highest, distance) = (drive.SpeedMPerS, Math.Max(highest, drive.SpeedMPerS), distance + drive.SpeedMPerS);
        }

        Assert.InRange(highest, 25, 33 * 1.1);
        Assert.InRange(distance / 36_000, 5, 25);
    }

    [Fact]
    public void LossesOnlyTakeEnergy()
    {
        double energyJ(VehicleOptions vehicle)
        {
            var drive = new DrivePower(vehicle, new(4));
            return Enumerable.Range(0, 7200).Sum(_ => drive.NextW());
        }

        double best = energyJ(new());
        Assert.True(best < 0);
        Assert.True(energyJ(new() { DriveEfficiency = 0.7 }) < best);
        Assert.True(energyJ(new() { RegenerationFraction = 0 }) < best);
        Assert.True(energyJ(new() { DragAreaM2 = 1 }) < best);
    }
}
