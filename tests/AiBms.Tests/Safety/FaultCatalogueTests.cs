using AiBms.Generate;
using AiBms.Safety.Faults;
using AiBms.Safety.Limits;

namespace AiBms.Tests.Safety;

public class FaultCatalogueTests
{
    static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, FaultFiles.Source))) folder = folder.Parent;
            return folder?.FullName ?? throw new DirectoryNotFoundException(FaultFiles.Source);
        }
    }

    [Fact]
    public void GeneratedFilesAreCurrent()
    {
        foreach ((string path, string content) in FaultFiles.All(File.ReadAllText(Path.Combine(Root, FaultFiles.Source))))
        {
            Assert.True(content == File.ReadAllText(Path.Combine(Root, path)), $"{path} is not what {FaultFiles.Source} says: run `{FaultFiles.Command}`");
            Assert.Contains(FaultFiles.Command, content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryLimitHasItsThreeRowsInOrder()
    {
        for (int kind = 0; kind < LimitKinds.Count; kind++)
            for (int level = 1; level <= LimitKinds.Levels; level++)
            {
                var row = FaultCatalogue.Row((FaultCode)(kind * LimitKinds.Levels + level - 1));
                Assert.Equal($"{(LimitKind)kind}{(LimitLevel)level}", row.Id);
                Assert.Equal(level == LimitKinds.Levels, row.Reaction == FaultReaction.Open);
            }

        Assert.Equal(LimitKinds.Count, Enum.GetValues<LimitKind>().Length);
    }

    [Fact]
    public void RowsAreWhole()
    {
        Assert.Equal(FaultCatalogue.Count + 1, Enum.GetValues<FaultCode>().Length);
        var codes = new HashSet<int>();
        for (int i = 0; i < FaultCatalogue.Count; i++)
        {
            var row = FaultCatalogue.Row((FaultCode)i);
            Assert.Equal(((FaultCode)i).ToString(), row.Id);
            Assert.True(codes.Add(row.Code), $"code {row.Code} twice");
            Assert.True(row.Text.EndsWith('.') && row.Advice.EndsWith('.'), row.Id);
            // A fault of a place names it, a fault with a value shows it with its unit.
            if (row.Place != FaultPlace.Pack) Assert.Contains("{where}", row.Text, StringComparison.Ordinal);
            if (row.Text.Contains("{value}", StringComparison.Ordinal)) Assert.NotEmpty(row.Unit);
            // The machine relies on it: what latches keeps the contactors open.
            if (row.Latched) Assert.True(row.Level == FaultLevel.Fatal && row.Reaction >= FaultReaction.Open, row.Id);
        }
    }

    [Fact]
    public void ASentenceIsFilledIn()
    {
        var record = new FaultRecord(true, true, 1000, 4.27f, 4.25f, 17, 1);
        Assert.Equal(
            "Cell 17 is overcharged: 4.27 V, safety limit 4.25 V, for 2.5 s; the contactors open.",
            FaultText.Sentence(FaultCode.CellVoltageHighSafety, record, 3500));
    }
}
