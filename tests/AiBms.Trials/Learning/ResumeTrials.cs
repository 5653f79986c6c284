using AiBms.Battery.Cells;
using AiBms.Learning.Training;
using AiBms.Trials.House;
using AiBms.Training;

namespace AiBms.Trials.Learning;

/// <summary>A training that is killed is taken up from its checkpoint; the same request gives the same weights.</summary>
public class ResumeTrials
{
    sealed class Killed : Exception;

    sealed class Watch(int killAfter = int.MaxValue) : ITrainingWatch
    {
        public List<TrainingPoint> Points { get; } = [];

        public List<string> Said { get; } = [];

        public void Say(string sentence) => Said.Add(sentence);

        public void Report(in TrainingPoint point)
        {
            Points.Add(point);
            if (Points.Count > killAfter) throw new Killed();
        }
    }

    static TrainingRequest Request(string? checkpoint, string steps = "30", string rate = "0.004")
    {
        var trainer = NetworkTrainers.Direct;
        return new()
        {
            DataPath = Path.Combine(Clone.Root, "data", "drive.csv"),
            Set = "own",
            Cells = new CellCatalogue(Path.Combine(Clone.Root, "cells")),
            CellId = "sample_nmc",
            Seed = 1,
            Command = "trial",
            CodeVersion = "trial",
            Options = new Dictionary<string, string>(trainer.Defaults, StringComparer.Ordinal) { ["steps"] = steps, ["rate"] = rate, ["every"] = "10", ["units"] = "6", ["batch"] = "8", ["chunk"] = "50" },
            CheckpointPath = checkpoint,
        };
    }

    [Fact]
    public void AKilledTrainingGoesOnWhereItWas()
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}.checkpoint");
        try
        {
            Assert.Throws<Killed>(() => NetworkTrainers.Direct.Train(Request(checkpoint), new Watch(killAfter: 1)));
            Assert.True(File.Exists(checkpoint));
            Watch second = new();
            NetworkTrainers.Direct.Train(Request(checkpoint), second);
            Assert.Contains(second.Said, sentence => sentence.StartsWith("Taken up after step 10", StringComparison.Ordinal));
            Assert.Equal([20, 30], second.Points.Select(point => point.Step));
            Assert.False(File.Exists(checkpoint), "a finished training leaves nothing to take up");
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("gru-correct")]
    public void AKilledTrainingEndsWithTheWeightsOfOneThatWasNot(string method)
    {
        var trainer = NetworkTrainers.All.First(known => known.Method == method);
        string checkpoint = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}.checkpoint");
        try
        {
            Watch whole = new(), rest = new();
            var expected = trainer.Train(Request(null), whole);
            Assert.Throws<Killed>(() => trainer.Train(Request(checkpoint), new Watch(killAfter: 1)));
            var resumed = trainer.Train(Request(checkpoint), rest);

            // Momentum, memory and the place in every recording: one of them lost and the loss after the kill is another.
            Assert.Equal(whole.Points.Skip(1).Select(point => (point.Step, point.TrainScore, point.ChooseScore)), rest.Points.Select(point => (point.Step, point.TrainScore, point.ChooseScore)));
            Assert.Equal(expected.Layers.SelectMany(layer => layer.Weights), resumed.Layers.SelectMany(layer => layer.Weights));
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    [Fact]
    public void TheBestBeforeTheKillIsNotForgotten()
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}.checkpoint"), copy = checkpoint + ".copy";
        try
        {
            Watch first = new(killAfter: 1), second = new();
            Assert.Throws<Killed>(() => NetworkTrainers.Direct.Train(Request(checkpoint), first));
            File.Copy(checkpoint, copy);
            float[] before = NetworkTrainers.Direct.Train(Request(copy, steps: "10"), new Watch()).Layers[0].Weights;

            // At this rate nothing can be learnt: every later look is worse than the one before the kill.
            float[] after = NetworkTrainers.Direct.Train(Request(checkpoint, rate: "1"), second).Layers[0].Weights;
            Assert.All(second.Points, point => Assert.True(point.ChooseScore > first.Points[0].ChooseScore, "no case: it got better after all"));
            Assert.Equal(before, after);
        }
        finally
        {
            File.Delete(checkpoint);
            File.Delete(copy);
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeights()
    {
        float[] first = NetworkTrainers.Direct.Train(Request(null), new Watch()).Layers[0].Weights, second = NetworkTrainers.Direct.Train(Request(null), new Watch()).Layers[0].Weights;
        Assert.Equal(first, second);
    }
}
