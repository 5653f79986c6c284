using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Telemetry;
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

    static TrainingRequest Request(string? checkpoint, string steps = "30", string rate = "0.004", string patience = "10", string recording = "drive.csv")
    {
        var trainer = NetworkTrainers.Direct;
        return new()
        {
            DataPath = Path.Combine(Clone.Root, "data", recording),
            Set = "own",
            Cells = new CellCatalogue(Path.Combine(Clone.Root, "cells")),
            CellId = "sample_nmc",
            Seed = 1,
            Command = "trial",
            CodeVersion = "trial",
            Options = new Dictionary<string, string>(trainer.Defaults, StringComparer.Ordinal) { ["steps"] = steps, ["rate"] = rate, ["patience"] = patience, ["every"] = "10", ["units"] = "6", ["batch"] = "8", ["chunk"] = "50" },
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
        string checkpoint = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}.checkpoint");
        try
        {
            Watch second = new();
            Assert.Throws<Killed>(() => NetworkTrainers.Direct.Train(Request(checkpoint), new Watch(killAfter: 1)));
            float[] best = WithAnUnbeatableBest(checkpoint);
            float[] after = NetworkTrainers.Direct.Train(Request(checkpoint), second).Layers[0].Weights;
            Assert.Equal([20, 30], second.Points.Select(point => point.Step));
            Assert.Equal(best, after);
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    // As if the look before the kill had found weights without any error: what is learnt afterwards must not take their place.
    static float[] WithAnUnbeatableBest(string path)
    {
        TorchLibrary.Load();
        var request = Request(path);
        using TrainableNetwork network = new(NetworkShape.Gated, SocFeatures.Measured.Count, 6, 2);
        using var optimiser = TorchSharp.torch.optim.Adam(network.parameters(), 0.004);
        TrainingCheckpoint checkpoint = new(path, TrainingCheckpoint.StateOf("gru", request, SocTrainingData.Open(request)));
        var (step, best, _, since) = checkpoint.Restore(network, optimiser, new Watch());
        best![0] = best[0] with { Weights = [.. best[0].Weights.Select(weight => weight / 2)] };
        checkpoint.Save(network, optimiser, step, best, bestScore: 0, since);
        return best[0].Weights;
    }

    [Theory]
    [InlineData("30", "0.004", "charge.csv", "recordings")]
    [InlineData("30", "0.002", "drive.csv", "rate")]
    [InlineData("40", "0.004", "drive.csv", "steps")]
    public void ACheckpointOfAnotherTrainingIsRefused(string steps, string rate, string recording, string what)
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}.checkpoint");
        try
        {
            Assert.Throws<Killed>(() => NetworkTrainers.Direct.Train(Request(checkpoint), new Watch(killAfter: 1)));
            var problem = Assert.Throws<DataException>(() => NetworkTrainers.Direct.Train(Request(checkpoint, steps, rate, recording: recording), new Watch()));
            Assert.Contains($"a training with other {what}:", problem.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(checkpoint), "what was refused is left alone");
        }
        finally
        {
            File.Delete(checkpoint);
        }
    }

    [Fact]
    public void WhatGetsNoBetterIsStopped()
    {
        Watch watch = new();
        NetworkTrainers.Direct.Train(Request(null, steps: "200", rate: "1", patience: "2"), watch);
        Assert.Contains(watch.Said, sentence => sentence.StartsWith("Stopped after step", StringComparison.Ordinal));
        Assert.True(watch.Points.Max(point => point.Step) < 200);
    }

    [Fact]
    public void ByDefaultATrainingCanBeStopped() =>
        Assert.All(NetworkTrainers.All.Where(trainer => trainer.HasSteps), trainer =>
            Assert.True(int.Parse(trainer.Defaults["patience"], CultureInfo.InvariantCulture) * int.Parse(trainer.Defaults["every"], CultureInfo.InvariantCulture) <= int.Parse(trainer.Defaults["steps"], CultureInfo.InvariantCulture) / 2, trainer.Method));

    [Fact]
    public void BothCurvesAreOfOneMeasure()
    {
        // Untrained, it knows as little of what is trained on as of what is chosen on; single samples with sensor errors are another matter.
        Watch watch = new();
        NetworkTrainers.Direct.Train(Request(null), watch);
        Assert.All(watch.Points.Where(point => double.IsFinite(point.ChooseScore)), point => Assert.True(double.IsFinite(point.TrainScore) && point.TrainScore != point.SampleScore));
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeights()
    {
        float[] first = NetworkTrainers.Direct.Train(Request(null), new Watch()).Layers[0].Weights, second = NetworkTrainers.Direct.Train(Request(null), new Watch()).Layers[0].Weights;
        Assert.Equal(first, second);
    }
}
