using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Estimation.Networks;

/// <summary>Every model in models/ explains itself; every SOC model there is read, uses nothing of the future and allocates nothing.</summary>
public class ShippedModelTests
{
    public static TheoryData<string> Models => [.. new ModelCatalogue(Path.Combine(Repo.Root, "models")).Files.Where(path => Path.GetFileName(path).StartsWith("soc_", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)!)];

    public static TheoryData<string> EveryModel => [.. new ModelCatalogue(Path.Combine(Repo.Root, "models")).Files.Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void AModelWithoutAnAmbientSawNothingOfIt()
    {
        foreach (string path in new ModelCatalogue(Path.Combine(Repo.Root, "models", "unseen")).Files)
        {
            var file = ModelCatalogue.Read(path);
            string ambient = file.Id.Split("_without_")[1];
            string folder = $"/{(ambient.StartsWith('-') ? "n" + ambient[1..] : ambient)}degC/";
            Assert.DoesNotContain(file.Training.Train.Concat(file.Training.Choose), unit => unit.Contains(folder, StringComparison.Ordinal));
            Assert.NotEmpty(file.Training.Train);
        }
    }

    static (ModelFile File, CellType Cell) Load(string name)
    {
        var file = ModelCatalogue.Read(Path.Combine(Repo.Root, "models", name));
        return (file, new CellCatalogue(Path.Combine(Repo.Root, "cells")).Find(file.Cells[0]));
    }

    static CellSample[] Drive(CellType cell, int count)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(k => new CellSample(k, cell.CapacityAh * (k % 200 < 50 ? 0 : -random.NextDouble()), 3.9 - 0.0002 * k + 0.02 * random.NextDouble(), 24))];
    }

    static string Run(ISocEstimator estimator, CellSample[] samples, int rows)
    {
        estimator.Start(SocStart.Unknown);
        return string.Join('\n', samples.Select(sample => estimator.Step(sample)).Take(rows).Select(e => $"{e.Soc:R} {e.SocDeviation:R} {e.SocLow:R} {e.SocHigh:R} {e.Validity}"));
    }

    [Theory, MemberData(nameof(EveryModel))]
    public void ExplainsItself(string name)
    {
        var file = ModelCatalogue.Read(Path.Combine(Repo.Root, "models", name));
        Assert.Equal(Path.GetFileNameWithoutExtension(name), file.Id);
        Assert.All(file.Inputs, input => Assert.True(input.Unit.Length > 0 && input.Lowest < input.Highest, input.Name));
        Assert.All(file.Data, data => Assert.True(data.Source.Length > 0 && data.Licence.Length > 0));
        Assert.NotEmpty(file.Data);
        Assert.NotEmpty(file.Training.Train);
        Assert.Empty(file.Training.Train.Intersect(file.Training.Choose));
        Assert.NotEmpty(file.Metrics);
        // Scored on what it was not fitted to: units to choose on, or every unit by a training without it.
        Assert.All(file.Metrics, metric => Assert.True(double.IsFinite(metric.Value) && (metric.Part == (file.Training.Choose.Length > 0 ? "choose" : "held out of folds")), $"{metric.Part} {metric.Name}"));
        Assert.True(File.Exists(Path.Combine(Repo.Root, "models", file.Id + ".md")), "no card");
    }

    [Theory, MemberData(nameof(Models))]
    public void ASocModelLearntFromNothingThatIsTested(string name)
    {
        var (file, _) = Load(name);
        Assert.All(file.Data, data => Assert.Contains("doi", data.Source));
        Assert.NotEmpty(file.Training.Choose);
        // LG trains on Mixed drives and tests all others; Panasonic chooses on UDDS and tests LA92 and rising chambers.
        Assert.DoesNotContain(file.Training.Train.Concat(file.Training.Choose), unit => unit.StartsWith("lg-", StringComparison.Ordinal) ? !unit.Contains("_Mixed", StringComparison.Ordinal) : unit.Contains("LA92", StringComparison.Ordinal) || unit.Contains("rise", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Models))]
    public void ATruncatedHistoryGivesTheSameBits(string name)
    {
        var (file, cell) = Load(name);
        var samples = Drive(cell, 900);
        Assert.Equal(Run(new SocNetworkEstimator(cell, file), samples, 700), Run(new SocNetworkEstimator(cell, file), samples[..700], 700));
    }

    [Theory, MemberData(nameof(Models))]
    public void StepAllocatesNothingAndStartForgets(string name)
    {
        var (file, cell) = Load(name);
        var samples = Drive(cell, 600);
        SocNetworkEstimator estimator = new(cell, file);
        string fresh = Run(estimator, samples, 600);
        Assert.Equal(fresh, Run(estimator, samples, 600));
        estimator.Start(SocStart.Unknown);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var sample in samples) estimator.Step(sample);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory, MemberData(nameof(Models))]
    public void OutsideItsRangeTheFilterAnswersAndSaysSo(string name)
    {
        var (file, cell) = Load(name);
        if (file.Inputs.Length == 0 || file.Method == "mean") return; // looks at nothing that could lie outside
        SocNetworkEstimator estimator = new(cell, file);
        EkfEstimator<double> filter = new(cell);
        estimator.Start(SocStart.Unknown);
        filter.Start(SocStart.Unknown);
        foreach (var sample in Drive(cell, 100))
        {
            var hot = sample with { TemperatureDegC = 75 };
            var (given, expected) = (estimator.Step(hot), filter.Step(hot));
            Assert.Equal(expected.Soc, given.Soc);
            Assert.Equal(SocValidity.OutOfRange, given.Validity);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void BadSamplesGiveNoNonsense(string name)
    {
        var (file, cell) = Load(name);
        SocNetworkEstimator estimator = new(cell, file);
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -1e9, 1e9];
        Random random = new(5);
        double Pick(double usual) => random.Next(4) == 0 ? odd[random.Next(odd.Length)] : usual;
        estimator.Start(SocStart.Unknown);
        for (int k = 0; k < 5000; k++)
        {
            var estimate = estimator.Step(new(Pick(k), Pick(-1), Pick(3.6), Pick(25)));
            if (double.IsNaN(estimate.Soc)) continue;
            Assert.True(estimate.SocLow <= estimate.Soc && estimate.Soc <= estimate.SocHigh && estimate.SocLow >= 0 && estimate.SocHigh <= 1);
        }
    }
}
