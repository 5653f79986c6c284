using System.Globalization;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Learning.Physics;
using AiBms.Tests.Battery.Electrochemistry;

namespace AiBms.Tests.Learning.Physics;

public class PhysicsCsvTests
{
    /// <summary>What stands in a row adds up: open-circuit voltage at the means, and all that is lost on the way to the terminals.</summary>
    [Theory]
    [InlineData(ModelKind.Spm)]
    [InlineData(ModelKind.Spme)]
    public void TheOverpotentialsOfARowAddUpToItsVoltage(ModelKind kind)
    {
        var cell = CellFactory.Create(kind, PhysicsSets.Of("chen2020"), Resolution.Normal, true);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new ExperimentRunner(cell) { PeriodS = 60, Observer = new PhysicsCsv(text, cell, withDetails: true) }.Run(new ExperimentParser(5).Parse("Discharge at 1C for 600 s; Charge at 0.5C for 600 s"));
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        List<string> names = [.. lines[0].Split(',')];
        Assert.True(lines.Length > 20, $"{lines.Length} lines");
        foreach (string line in lines.Skip(1))
        {
            double[] row = [.. line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            Assert.Equal(names.Count, row.Length);
            double Of(string name) => names.IndexOf(name) is >= 0 and int k ? row[k] : 0;
            double lost = ((string[])["particles_V", "negative_reaction_V", "positive_reaction_V", "salt_V", "electrolyte_V", "solid_V"]).Sum(Of);
            double openV = PhysicsFigure.OpenV(cell.Set, Of("negative_stoichiometry"), Of("positive_stoichiometry"));
            // Chen2020 has no entropic coefficients; eight numbers rounded to a microvolt, and stoichiometries to 1e-6.
            Assert.Equal(Of("voltage_V"), openV + lost, 1.5e-5);
        }
    }
}
