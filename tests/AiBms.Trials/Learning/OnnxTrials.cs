using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Onnx;
using AiBms.Training;
using AiBms.Trials.House;

namespace AiBms.Trials.Learning;

/// <summary>What is exported as ONNX gives in ONNX Runtime what the house's own inference gives, state carried; broken files are one sentence.</summary>
public class OnnxTrials
{
    static readonly string s_models = Path.Combine(Clone.Root, "models");

    public static TheoryData<string> Models => [.. new ModelCatalogue(s_models).Files.Where(path => Path.GetFileName(path).StartsWith("soc_", StringComparison.Ordinal))
        .Where(path => ModelCatalogue.Read(path) is { Layers.Length: > 0 } or { Trees.Length: > 0 }).Select(path => Path.GetFileName(path)!)];

    [Theory, MemberData(nameof(Models))]
    public void AShippedModelGivesTheSameInOnnxRuntime(string name)
    {
        var file = ModelCatalogue.Read(Path.Combine(s_models, name));
        Predictor ours = new(file);
        using OnnxStepModel theirs = new(OnnxExport.Write(file), name);
        Random random = new(4);
        for (int round = 0; round < 2; round++)
        {
            ours.Start();
            theirs.Start();
            for (int t = 0; t < 300; t++)
            {
                double[] inputs = [.. file.Inputs.Select(input => input.Lowest!.Value + (input.Highest!.Value - input.Lowest.Value) * random.NextDouble())];
                double[] expected = ours.Step(inputs).ToArray(), given = theirs.Step(inputs).ToArray();
                for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], given[k], 1e-5);
            }
        }
    }

    public static TheoryData<string> Regressions => [.. new ModelCatalogue(s_models).Files.Where(path => ModelCatalogue.Read(path).Regression is not null).Select(path => Path.GetFileName(path)!)];

    [Theory, MemberData(nameof(Regressions))]
    public void AShippedRegressionGivesTheSameInOnnxRuntime(string name) => GivesTheSame(ModelCatalogue.Read(Path.Combine(s_models, name)));

    [Theory]
    [InlineData("constant")]
    [InlineData("kernel")]
    [InlineData("logarithm")]
    public void EveryKindOfRegressionGivesTheSameInOnnxRuntime(string kind)
    {
        var file = ModelCatalogue.Read(Path.Combine(s_models, "soh_charges_xjtu.json"));
        RegressionFile made = new() { Kind = kind == "logarithm" ? "linear" : kind, Columns = [2, 0], Center = [0.5, 3], Scale = [2, 0.5], Farthest = 3, Intercept = 0.75 };
        GivesTheSame(file with
        {
            Regression = kind switch
            {
                "kernel" => made with { Rows = [[1, -1], [0.5f, 2], [0, 0]], Weights = [0.5, -0.25, 1.5], Length = 0.8, Linear = 0.1, BaseInput = 1 },
                "logarithm" => made with { Weights = [0.25, -0.5], IsLogarithmic = true },
                _ => made with { Columns = [], Center = [], Scale = [] },
            },
        });
    }

    // As float numbers they go in and come out, so to 1e-5 of what comes out where that is above one.
    static void GivesTheSame(ModelFile file)
    {
        Regression ours = new(file.Regression!);
        using OnnxStepModel theirs = new(OnnxExport.Write(file), file.Id);
        Random random = new(4);
        for (int t = 0; t < 300; t++)
        {
            double[] inputs = [.. file.Inputs.Select(input => (double)(float)((input.Lowest ?? 0) + ((input.Highest ?? 1) - (input.Lowest ?? 0)) * (1.4 * random.NextDouble() - 0.2)))];
            if (t % 10 == 0) inputs[random.Next(inputs.Length)] = double.NaN;
            double expected = ours.Predict(inputs), given = theirs.Step(inputs)[0];
            Assert.Equal(double.IsNaN(expected), double.IsNaN(given));
            if (double.IsFinite(expected)) Assert.Equal(expected, given, 1e-5 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void TreesGiveTheSameInOnnxRuntime()
    {
        TreeFile one = new() { Input = [0, -1, 1, -1, -1], Left = [1, 0, 3, 0, 0], Values = [0.5f, -1, 0.25f, 2, 3] }, two = new() { Input = [-1], Left = [0], Values = [0.125f] };
        var file = ModelCatalogue.Read(Path.Combine(s_models, "soc_ridge_lg_hg2.json"));
        file = file with { Inputs = file.Inputs[..2], Layers = [], Trees = [[one, two], [two]] };
        Predictor ours = new(file);
        using OnnxStepModel theirs = new(OnnxExport.Write(file), "trees");
        Random random = new(4);
        for (int t = 0; t < 200; t++)
        {
            double[] inputs = [3 + random.NextDouble(), 2 * random.NextDouble() - 1];
            double[] expected = ours.Step(inputs).ToArray(), given = theirs.Step(inputs).ToArray();
            for (int k = 0; k < 2; k++) Assert.Equal(expected[k], given[k], 1e-5);
        }
    }

    [Fact]
    public void AnOnnxFileEstimatesLikeTheModelItCameFrom()
    {
        string path = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}.onnx");
        try
        {
            var file = ModelCatalogue.Read(Path.Combine(s_models, "soc_gru_lg_hg2.json"));
            File.WriteAllBytes(path, OnnxExport.Write(file));
            var cell = new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find("lg_hg2");
            ISocEstimator ours = new SocNetworkEstimator(cell, file), theirs = OnnxModels.Open(path, cell);
            Random random = new(3);
            for (int k = 0; k < 1000; k++)
            {
                CellSample sample = new(k, cell.CapacityAh * (k % 200 < 50 ? 0 : -random.NextDouble()), 3.9 - 0.0002 * k + 0.02 * random.NextDouble(), 24);
                var (expected, given) = (ours.Step(sample), theirs.Step(sample));
                Assert.Equal(expected.Soc, given.Soc, 1e-5);
                Assert.Equal(expected.SocHigh, given.SocHigh, 1e-5);
                Assert.Equal(expected.Validity, given.Validity);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void WhatIsNoModelIsRefusedInOneSentence()
    {
        var problem = Assert.Throws<ModelException>(() => new OnnxStepModel([1, 2, 3], "broken.onnx"));
        Assert.StartsWith("broken.onnx is no ONNX model", problem.Message, StringComparison.Ordinal);
    }
}
