using AiBms.Learning.Boards.Packs;

namespace AiBms.Tests.Learning.Boards.Packs;

/// <summary>Conduction in shells against the exact solution of a cylinder that makes heat evenly.</summary>
public class RadialCellTests
{
    const double HeatW = 0.7, AirDegC = 20;

    static RadialCell Settled()
    {
        RadialCell cell = new(AirDegC);
        for (int k = 0; k < 8 * 3600; k++) cell.Step(HeatW, AirDegC, 1);
        return cell;
    }

    /// <summary>Settled, the axis is Q/(4π·k·L) above the can and the mean half of that (Carslaw and Jaeger, section 7.2).</summary>
    [Fact]
    public void SettledItIsTheParabola()
    {
        var cell = Settled();
        double axisK = HeatW / (4 * Math.PI * RadialCell.ConductivityWPerMK * RadialCell.LengthM);
        Assert.Equal(AirDegC + HeatW * RadialCell.CanToAirKPerW, cell.CanDegC, 1e-3);

        // Twenty shells stand at their middles: the innermost is 1/1600 of the parabola below the axis, the mean 1/800 off.
        Assert.Equal(axisK, cell.AxisDegC - cell.CanDegC, axisK / 500);
        Assert.Equal(axisK / 2, cell.MeanDegC - cell.CanDegC, axisK / 500);
    }

    /// <summary>Without a way out all heat stays: Q·t / (C_roll + C_can) warmer on the whole.</summary>
    [Fact]
    public void HeatIsKept()
    {
        RadialCell cell = new(AirDegC, filmFactor: 1e9);
        for (int k = 0; k < 600; k++) cell.Step(HeatW, AirDegC, 1);
        double heldJ = RadialCell.RollJPerK * (cell.MeanDegC - AirDegC) + RadialCell.CanJPerK * (cell.CanDegC - AirDegC);
        Assert.Equal(600 * HeatW, heldJ, 1e-6);
    }
}
