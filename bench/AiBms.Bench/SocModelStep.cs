using System.Diagnostics;
using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Onnx;
using AiBms.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AiBms.Bench;

/// <summary>Time and memory of one step of a trained SOC model: whole estimator, network alone, and the same network in ONNX Runtime and TorchSharp.</summary>
static class SocModelStep
{
    const int Rounds = 7;

    public static int Run(TextWriter print, string cellFile, string modelFile)
    {
        var cell = CellFile.Parse(File.ReadAllBytes(cellFile), cellFile);
        var file = ModelCatalogue.Read(modelFile);
        SocNetworkEstimator estimator = new(cell, file);
        CellSample[] samples = [.. Enumerable.Range(0, 1024).Select(k => new CellSample(0, -2 + 3 * Math.Sin(0.1 * k), 3.8 + 0.01 * Math.Sin(0.3 * k), 22 + 0.001 * k))];
        double[] inputs = [.. file.Inputs.Select(input => input.Mean)];
        estimator.Start(SocStart.Unknown);
        double timeS = 0;
        Predictor ours = new(file);
        using OnnxStepModel onnx = new(OnnxExport.Write(file), file.Id);
        print.WriteLine($"{file.Id}, {file.Inputs.Length} inputs, {string.Join(", ", file.Layers.Select(layer => $"{layer.Kind} {layer.Outputs}"))}; one thread:\n");
        print.WriteLine("| one step | µs, best of seven | bytes |\n|---|---:|---:|");
        Row(print, "whole estimator: filter, features, network, band", 200_000, k => estimator.Step(samples[k & 1023] with { TimeS = timeS++ }));
        Row(print, "network alone, C#", 200_000, _ => ours.Step(inputs));
        Row(print, "network alone, ONNX Runtime", 20_000, _ => onnx.Step(inputs));
        if (file.Layers is [{ Kind: "gru" } first, var last]) Torch(print, first, last);
        return 0;
    }

    static void Torch(TextWriter print, LayerFile first, LayerFile last)
    {
        TorchLibrary.Load();
        using GRU gated = nn.GRU(first.Inputs, first.Outputs, batchFirst: true);
        using Linear dense = nn.Linear(last.Inputs, last.Outputs);
        using var quiet = no_grad();
        using var x = zeros(1, 1, first.Inputs);
        var memory = zeros(1, 1, first.Outputs);
        Row(print, "network alone, TorchSharp", 2_000, _ =>
        {
            using var scope = NewDisposeScope();
            var (given, next) = gated.call(x, memory);
            dense.call(given).data<float>()[0].ToString(CultureInfo.InvariantCulture);
            memory.Dispose();
            memory = next.MoveToOuterDisposeScope();
        });
        memory.Dispose();
    }

    static void Row(TextWriter print, string name, int steps, Action<int> step)
    {
        double best = double.PositiveInfinity;
        long bytes = 0;
        for (int round = -3; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            for (int k = 0; k < steps; k++) step(k);
            double us = watch.Elapsed.TotalMicroseconds / steps;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / steps;
            if (round >= 0) best = Math.Min(best, us);
            else Thread.Sleep(150); // the compiler's second tier needs a moment
        }

        print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {best:0.00} | {bytes} |"));
    }
}
