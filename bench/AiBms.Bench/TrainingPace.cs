using System.Diagnostics;
using System.Globalization;
using AiBms.Battery.Estimation.Networks;
using AiBms.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AiBms.Bench;

/// <summary>Samples a second through one training step of the SOC network, beside PyTorch on the same network, batch and machine in the same run.</summary>
static class TrainingPace
{
    const int Batch = 64, Chunk = 200, Units = 24, Steps = 15, Rounds = 5;

    static int Inputs => SocFeatures.Measured.Count;

    // The same network, loss, clipping and optimiser, on random numbers, state carried; one thread.
    static string PyTorch => string.Create(CultureInfo.InvariantCulture, $"""
        import time, torch
        torch.set_num_threads(1); torch.manual_seed(1)
        B, T, I, U = {Batch}, {Chunk}, {Inputs}, {Units}
        gru, last = torch.nn.GRU(I, U, batch_first=True), torch.nn.Linear(U, 2)
        weights = list(gru.parameters()) + list(last.parameters())
        opt = torch.optim.Adam(weights, 1e-3); x, y, w = torch.randn(B, T, I), torch.randn(B, T), torch.ones(B, T); h = torch.zeros(1, B, U)
        best = 1e9
        for r in range(6):
            t = time.perf_counter()
            for k in range(15):
                opt.zero_grad(); g, h = gru(x, h); h = h.detach(); o = last(g)
                log = o[:, :, 1].clamp(-5, 3); e = (o[:, :, 0] - y) ** 2
                loss = (w * log.detach().exp() * (0.5 * e * (-2 * log).exp() + log)).sum() / (w.sum() + 1)
                loss.backward(); torch.nn.utils.clip_grad_norm_(weights, 1); opt.step(); loss.item()
            if r: best = min(best, (time.perf_counter() - t) / 15)
        print(B * T / best)
        """);

    public static int Run(TextWriter print)
    {
        TorchLibrary.Load();
        random.manual_seed(1);
        // Turn about, so that other work on the machine hits both.
        double ours = 0, theirs = 0;
        for (int round = 0; round < 3; round++)
        {
            ours = Math.Max(ours, Ours());
            theirs = Math.Max(theirs, Python.Number(PyTorch) ?? 0);
        }

        print.WriteLine($"One gated layer of {Units} units with {Inputs} inputs and a dense one, batch {Batch} × {Chunk} samples, forward, backward, clipping and Adam, one thread, best of three turns:\n");
        print.WriteLine("| training | samples/s |\n|---|---:|");
        print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| AiBms (TorchSharp) | {ours:0} |"));
        if (theirs > 0) print.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| PyTorch, Debian's python3-torch | {theirs:0} |\n\nRatio {ours / theirs:0.00}."));
        else print.WriteLine("\nNo PyTorch here: install python3-torch for the ratio.");
        return 0;
    }

    static double Ours()
    {
        using TrainableNetwork network = new(NetworkShape.Gated, Inputs, Units, 2);
        using var optimiser = optim.Adam(network.parameters(), 1e-3);
        using Tensor x = randn(Batch, Chunk, Inputs), y = randn(Batch, Chunk), w = ones(Batch, Chunk);
        double best = double.PositiveInfinity;
        for (int round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (int step = 0; step < Steps; step++)
            {
                using var scope = NewDisposeScope();
                optimiser.zero_grad();
                var loss = SocLoss.Of(network.forward(x), y, w, 0).Loss;
                loss.backward();
                nn.utils.clip_grad_norm_(network.parameters(), 1);
                optimiser.step();
                loss.item<float>();
            }

            if (round > 0) best = Math.Min(best, watch.Elapsed.TotalSeconds / Steps);
        }

        return Batch * Chunk / best;
    }
}
