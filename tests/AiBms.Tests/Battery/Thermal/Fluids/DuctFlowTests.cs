using AiBms.Battery.Thermal.Fluids;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Thermal.Fluids;

public class DuctFlowTests
{
    public static TheoryData<string> Fluids => [.. new FluidCatalogue(Repo.At("fluids")).Ids];

    /// <summary>Exact developed values for walls at one temperature: parallel plates 7.541, tube 3.66 (Shah and London 1978).</summary>
    [Theory]
    [InlineData(DuctShape.Gap, 7.541)]
    [InlineData(DuctShape.Tube, 3.66)]
    public void SlowFlowIsDeveloped(DuctShape shape, double nusselt) => Assert.Equal(nusselt, DuctFlow.Nusselt(shape, 1e-6, 5, 0.001), 1e-3);

    /// <summary>Entrance of a gap: Lévêque's limit, Nu = 1.841·(Re·Pr·d/l)^⅓ with the hydraulic diameter of two plates.</summary>
    [Fact]
    public void AShortGapFollowsLeveque() => Assert.Equal(1.841 * Math.Cbrt(2000 * 200 * 1.0), DuctFlow.Nusselt(DuctShape.Gap, 2000, 200, 1), 0.1);

    /// <summary>Poiseuille: 96/Re and 64/Re; Konakov at 10⁵ is 0.0180 as in Moody's chart for smooth walls.</summary>
    [Fact]
    public void FrictionIsPoiseuillesAndMoodys()
    {
        Assert.Equal(0.96, DuctFlow.Friction(DuctShape.Gap, 100), 1e-12);
        Assert.Equal(0.64, DuctFlow.Friction(DuctShape.Tube, 100), 1e-12);
        Assert.Equal(0.0180, DuctFlow.Friction(DuctShape.Tube, 1e5), 3e-4);
    }

    /// <summary>Gnielinski at Re 10⁴ and Pr 5 in a long tube: 73, within 10 % of Dittus and Boelter's 0.023·Re^0.8·Pr^0.4.</summary>
    [Fact]
    public void TurbulentTubesAgreeWithDittusAndBoelter() =>
        Assert.Equal(1, DuctFlow.Nusselt(DuctShape.Tube, 1e4, 5, 1e-9) / (0.023 * Math.Pow(1e4, 0.8) * Math.Pow(5, 0.4)), 0.1);

    [Theory]
    [InlineData(DuctShape.Gap)]
    [InlineData(DuctShape.Tube)]
    public void RegimesJoin(DuctShape shape)
    {
        foreach (double at in (double[])[DuctFlow.LaminarReynolds, DuctFlow.TurbulentReynolds])
        {
            Assert.Equal(DuctFlow.Nusselt(shape, at * (1 - 1e-9), 10, 0.01), DuctFlow.Nusselt(shape, at * (1 + 1e-9), 10, 0.01), 1e-4);
            Assert.Equal(DuctFlow.Friction(shape, at * (1 - 1e-9)), DuctFlow.Friction(shape, at * (1 + 1e-9)), 1e-8);
        }
    }

    /// <summary>A warm plate 0.2 m high, 20 K over the air: about 4 W/(m²·K) by convection, 5.5 by radiation.</summary>
    [Fact]
    public void StillAirIsAboutTen()
    {
        var air = new FluidCatalogue(Repo.At("fluids")).Find("air");
        Assert.InRange(StillAir.FilmWPerM2K(air.At(35), 45, 25, 0.2), 8.5, 11);
        Assert.True(StillAir.FilmWPerM2K(air.At(35), 45, 25, 0.2) > StillAir.FilmWPerM2K(air.At(30), 35, 25, 0.2));
    }

    /// <summary>Water's and oil's order: liquids thin out when warm, and air thickens.</summary>
    [Theory]
    [MemberData(nameof(Fluids))]
    public void AFluidIsPlausible(string id)
    {
        var fluid = new FluidCatalogue(Repo.At("fluids")).Find(id);
        var (cold, warm) = (fluid.At(0), fluid.At(40));
        bool isGas = cold.DensityKgPerM3 < 10;
        Assert.Equal(isGas, warm.ViscosityM2PerS > cold.ViscosityM2PerS);
        Assert.True(warm.DensityKgPerM3 < cold.DensityKgPerM3);
        Assert.InRange(cold.Prandtl, isGas ? 0.69 : 5, isGas ? 0.75 : 2000);
        // Ideal gas at 101 325 Pa.
        if (isGas) Assert.Equal(101_325 / (287.05 * 273.15), cold.DensityKgPerM3, 1e-3 * cold.DensityKgPerM3);
    }

    [Theory]
    [InlineData("\"air\"", "\"wind\"", "file and id must agree")]
    [InlineData("literature", "hearsay", "checked must be one of")]
    [InlineData("-40, -20", "-41, -20", "even steps")]
    [InlineData("1.514, 1.395", "1.395", "one positive number a temperature")]
    [InlineData("\"name\"", "\"nam\"", "is not a fluid file")]
    public void AWrongFileIsRefusedInOneSentence(string sound, string wrong, string says)
    {
        string text = Repo.Read("fluids/air.json").Replace(sound, wrong, StringComparison.Ordinal);
        var refusal = Assert.Throws<FormatException>(() => FluidCatalogue.Parse(System.Text.Encoding.UTF8.GetBytes(text), "air.json"));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => new FluidCatalogue(Repo.At("fluids")).Find("lava"));
    }
}
