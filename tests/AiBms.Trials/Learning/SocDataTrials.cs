using AiBms.Learning.Datasets;

namespace AiBms.Trials.Learning;

/// <summary>The measured sets as they are on this machine.</summary>
public class SocDataTrials
{
    static string Folder()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(DataFolder.Variable) is not { Length: > 0 }, "skipped: no data folder");
        return DataFolder.Locate();
    }

    static Dataset Describe(string id, string folder) => id switch
    {
        LgHg2.Id => LgHg2.Describe(folder),
        Panasonic18650Pf.Id => Panasonic18650Pf.Describe(folder),
        _ => K2Lfp.Describe(folder),
    };

    [Theory]
    [InlineData(LgHg2.Id)]
    [InlineData(Panasonic18650Pf.Id)]
    [InlineData(K2Lfp.Id)]
    public void NoTwoRecordingsShareRows(string id)
    {
        string folder = Folder();
        var set = Describe(id, folder);
        var shared = RowHash.FindShared([.. set.Files.Select(file => set.Load(folder, file).Recording)]);
        Assert.True(shared.Count == 0, string.Join("; ", shared.Select(pair => $"{set.Files[pair.First].RelativePath} and {set.Files[pair.Second].RelativePath} share {pair.Windows} windows")));
    }

    [Fact]
    public void EveryLgRunStartsFullAndStopsOnItsCount()
    {
        string folder = Folder();
        var set = LgHg2.Describe(folder);
        Assert.All(set.In(SplitPart.Test), file =>
        {
            var labelled = set.Load(folder, file);
            Assert.Equal(1, labelled.Soc[0], 0.001);
            // The set's own note: about 7 % at 25 °C, 23 % at −10, 43–45 % at −20.
            double? end = file.AmbientDegC switch { 25 => 0.07, -10 => 0.23, -20 => 0.44, _ => null };
            if (end is { } soc) Assert.Equal(soc, labelled.Soc.Min(), 0.015);
        });
    }

    [Fact]
    public void PanasonicCapacityFollowsTheMeasuredTests()
    {
        // 1C fell from 2.80 to 2.35 Ah; slow capacity lies a few per cent above it, and falls from run to run.
        var files = Panasonic18650Pf.Describe(Folder()).Files.OrderBy(file => PanasonicCapacity.DateOf(file.RelativePath)).ToList();
        Assert.All(files, file => Assert.InRange(file.ReferenceAh, 2.354, 2.997));
        Assert.All(files.Zip(files.Skip(1)), pair => Assert.True(pair.Second.ReferenceAh <= pair.First.ReferenceAh));
    }

    [Fact]
    public void TheLfpPulseTestRunsFromFullToEmpty()
    {
        string folder = Folder();
        var set = K2Lfp.Describe(folder);
        Assert.All(set.Files, file =>
        {
            var labelled = set.Load(folder, file);
            Assert.Equal(1, labelled.Soc[0]);
            Assert.Equal(0, labelled.Soc[^1], 1e-12);
            // 10 % steps of 265 s at 3 A come to 2.19 Ah.
            Assert.Equal(2.19, labelled.ReferenceAh, 0.01);
        });
    }
}
