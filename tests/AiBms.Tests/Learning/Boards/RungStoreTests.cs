using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Boards.Rungs;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Telemetry;
using AiBms.Tests.Learning.Health;

namespace AiBms.Tests.Learning.Boards;

/// <summary>Boards read what was trained, and refuse what was trained from something else.</summary>
public sealed class RungStoreTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-rungs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ABoardScoresWhatWasTrainedWithoutLearning()
    {
        RungStore store = new(_folder);
        HealthRungs.Train(Protocol(new RidgeLearner("line", _ => true) { LinearFactor = 1e-9 }), store);
        // Stands for a learner whose library is not at hand: it has a name and settings, and cannot learn.
        var result = HealthBoard.Run(Protocol(new Forbidden("line", new RidgeLearner("line", _ => true) { LinearFactor = 1e-9 }.Settings)), [1], store, "train");
        Assert.All(result.HeldSeeds.First().Cells.SelectMany(cell => cell.TruthValues.Zip(cell.EstimateValues)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void WhatIsStoredIsLeftAlone()
    {
        RungStore store = new(_folder);
        HealthRungs.Train(Protocol(new RidgeLearner("line", _ => true)), store);
        // A second run would throw if it learnt again.
        HealthRungs.Train(Protocol(new Forbidden("line", new RidgeLearner("line", _ => true).Settings)), store);
    }

    [Fact]
    public void ARungThatIsMissingNamesTheCommand() =>
        Assert.Contains("run 'train' first", Assert.Throws<DataException>(() => HealthBoard.Run(Protocol(new MeanLearner()), [1], new(_folder), "train")).Message, StringComparison.Ordinal);

    [Fact]
    public void OtherSettingsOrOtherDataAreRefused()
    {
        RungStore store = new(_folder);
        HealthRungs.Train(Protocol(new RidgeLearner("line", _ => true)), store);
        Assert.Contains("other settings", Assert.Throws<DataException>(() => HealthBoard.Run(Protocol(new RidgeLearner("line", _ => true) { LinearFactor = 1 }), [1], store, "train")).Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => HealthBoard.Run(Protocol(new RidgeLearner("line", _ => true)) with { TrainingHash = "another" }, [1], store, "train"));
    }

    [Fact]
    public void AModelOfOtherCellsIsNotTakenForASplit()
    {
        RungStore store = new(_folder);
        var protocol = Protocol(new RidgeLearner("line", _ => true));
        HealthRungs.Train(protocol, store);
        // The same set divided otherwise: what was learnt may have seen these tested cells.
        var set = protocol.Set;
        var other = protocol with { Splits = [new CellSplit("other", set, set.Cells.Take(3), set.Cells.Skip(3))] };
        Assert.Contains("not trained on the training side", Assert.Throws<DataException>(() => HealthBoard.Run(other, [1], store, "train")).Message, StringComparison.Ordinal);
    }

    static HealthProtocol Protocol(ILearner learner)
    {
        var set = HealthMadeUp.Set(10, 20, row => 5 + row[0]);
        return new() { Id = "made-up", Title = "", Note = "", Set = set, Splits = CellSplit.Folds("fold", set, 5), Learners = [learner], Held = learner.Name };
    }

    sealed class Forbidden(string name, string settings) : ILearner
    {
        public string Name => name;

        public string Settings => settings;

        public RegressionFile Fit(TrainingRows rows, ulong seed) => throw new InvalidOperationException("A board trained.");
    }
}
