using System.Text.Json;
using System.Text.RegularExpressions;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Tests.Battery.Electrochemistry;

public class BpxReaderTests
{
    const string Text = """
        {
          "Header": { "BPX": 0.1, "Title": "A cell that does not exist", "Description": "made for a test" },
          "Parameterisation": {
            "Cell": { "Reference temperature [K]": 298.15, "Lower voltage cut-off [V]": 2.5, "Upper voltage cut-off [V]": 4.2,
              "Nominal cell capacity [A.h]": 5, "Electrode area [m2]": 0.05, "Number of electrode pairs connected in parallel to make a cell": 2,
              "Density [kg.m-3]": 2000, "Specific heat capacity [J.K-1.kg-1]": 1000, "Volume [m3]": 2e-5 },
            "Electrolyte": { "Initial concentration [mol.m-3]": 1000, "Cation transference number": 0.25,
              "Conductivity [S.m-1]": "0.13 * (x / 1000) ** 3 - 2.5 * (x / 1000) ** 1.5 + 3.3 * (x / 1000)",
              "Diffusivity [m2.s-1]": 3e-10, "Diffusivity activation energy [J.mol-1]": 17000 },
            "Negative electrode": { "Particle radius [m]": 6e-6, "Thickness [m]": 8e-5, "Diffusivity [m2.s-1]": 3e-14, "OCP [V]": "0.1 + 0.5 * exp(-10 * x)",
              "Conductivity [S.m-1]": 100, "Surface area per unit volume [m-1]": 350000, "Porosity": 0.3, "Transport efficiency": 0.16,
              "Reaction rate constant [mol.m-2.s-1]": 6e-6, "Minimum stoichiometry": 0.01, "Maximum stoichiometry": 0.9, "Maximum concentration [mol.m-3]": 30000 },
            "Positive electrode": { "Particle radius [m]": 5e-6, "Thickness [m]": 7e-5, "Diffusivity [m2.s-1]": 4e-15, "OCP [V]": { "x": [0.2, 0.5, 0.9], "y": [4.4, 4.0, 2.6] },
              "Conductivity [S.m-1]": 1, "Surface area per unit volume [m-1]": 380000, "Porosity": 0.3, "Transport efficiency": 0.2,
              "Reaction rate constant [mol.m-2.s-1]": 2e-5, "Minimum stoichiometry": 0.27, "Maximum stoichiometry": 0.9, "Maximum concentration [mol.m-3]": 50000 },
            "Separator": { "Thickness [m]": 2e-5, "Porosity": 0.5, "Transport efficiency": 0.35 }
          }
        }
        """;

    [Fact]
    public void TheStandardsWordsBecomeOurNumbers()
    {
        var set = Read(Text);
        Assert.Equal(0.1, set.ElectrodeAreaM2, 1e-15);
        Assert.Equal(350000, set.Negative.SurfacePerM, 1e-9);
        // j₀ = F·K·√(x(1 − x)) at the resting concentration.
        Assert.Equal(96485.33212 * 6e-6 * 0.5, set.Negative.ExchangeCurrent.At(1, 0.5, out _), 1e-12);
        Assert.Equal(0.13 - 2.5 + 3.3, set.Electrolyte.ConductivitySPerM.At(1000, 298.15), 1e-9);
        Assert.Equal(4.0, set.Positive.OpenCircuitPotentialV.At(0.5, 298.15), 1e-4);
        Assert.Equal(40, set.HeatCapacityJPerK, 1e-12);
        Assert.Equal(4.2, set.Positive.OpenCircuitPotentialV.At(set.Positive.InitialStoichiometry, 298.15)
            - set.Negative.OpenCircuitPotentialV.At(set.Negative.InitialStoichiometry, 298.15), 1e-6);
    }

    [Theory]
    [InlineData("\"Porosity\": 0.3, \"Transport efficiency\": 0.16", "\"Transport efficiency\": 0.16", "'Porosity' is missing")]
    [InlineData("\"Thickness [m]\": 7e-5", "\"Thickness [m]\": 7e-5, \"Particle\": {}", "blended of 0 materials")]
    [InlineData("0.1 + 0.5 * exp(-10 * x)", "open('/etc/passwd')", "unknown name 'open'")]
    [InlineData("\"x\": [0.2, 0.5, 0.9]", "\"x\": [0.2, 0.9, 0.5]", "ascend")]
    [InlineData("\"BPX\": 0.1", "\"BPX\": 2.0", "the file is of BPX 2.0; versions 0.1 to 0.5 and 1.x are read")]
    [InlineData("\"BPX\": 0.1", "\"BPX\": \"newest\"", "of BPX newest")]
    public void AFileThatCannotBeUsedSaysWhy(string from, string to, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => Read(Text.Replace(from, to, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    /// <summary>Files before 1.0 name the branches of a potential among the user's own values, and their tables may fall.</summary>
    [Fact]
    public void BranchesAmongTheUsersOwnValuesAreTaken()
    {
        const string own = """
            "User-defined": {
              "Negative electrode delithiation OCP [V]": { "x": [1, 0.5, 0], "y": [0.1, 0.2, 1.3] },
              "Negative electrode lithiation OCP [V]": { "x": [0, 0.5, 1], "y": [1.1, 0.1, 0.05] } },
            "Separator"
            """;
        var set = Read(Text.Replace("\"0.1 + 0.5 * exp(-10 * x)\"", "0", StringComparison.Ordinal).Replace("\"Separator\"", own, StringComparison.Ordinal));
        Assert.Equal(0.2, set.Negative.OpenCircuitPotentialV.At(0.5, 298.15), 1e-4);
        Assert.Equal(0.1, set.Negative.EnteringPotentialV!.At(0.5, 298.15), 1e-4);
    }

    /// <summary>Without electrolyte and separator a file still runs as single particles, to the same voltage as the whole file.</summary>
    [Fact]
    public void AFileOfParticlesAloneRunsAsSuch()
    {
        string[] parts = Regex.Split(Text, "\"Electrolyte\": (?=\\{)|\"Negative electrode\": (?=\\{)|,\\s+\"Separator\": .*");
        string alone = Regex.Replace(parts[0] + "\"Negative electrode\": " + parts[2] + "}}", "\"(Conductivity \\[S.m-1\\]|Porosity|Transport efficiency)\": [0-9.]+, ", "");
        var (whole, particles) = (Read(Text), Read(alone));
        Assert.False(particles.HasElectrolyte);
        double[] voltageV = [.. ((ParameterSet[])[whole, particles]).Select(set =>
        {
            var cell = CellFactory.Create(ModelKind.Spm, set, Resolution.Coarse, false);
            var runner = new ExperimentRunner(cell);
            Assert.True(runner.Run(new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C for 1000 s"))[^1].Succeeded);
            return cell.VoltageV(runner.State);
        })];
        Assert.Equal(voltageV[0], voltageV[1], 1e-12);
        foreach (var kind in (ModelKind[])[ModelKind.Spme, ModelKind.Dfn])
            Assert.Contains("use the model spm", Assert.Throws<ArgumentException>(() => CellFactory.Create(kind, particles, Resolution.Coarse, false)).Message, StringComparison.Ordinal);
    }

    static ParameterSet Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(BpxReader.IsBpx(document.RootElement));
        return BpxReader.Read(document.RootElement, "test");
    }
}
