using AiBms.Battery.Estimation.Networks;

namespace AiBms.Tests.Battery.Estimation.Networks;

/// <summary>Layers against their definitions, worked out in double precision and in plain loops.</summary>
public class NetworkTests
{
    static readonly Random s_random = new(7);

    static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * s_random.NextDouble() - 1))];

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    [Fact]
    public void ADenseLayerIsItsDefinition()
    {
        LayerFile layer = new() { Kind = "dense", Inputs = 3, Outputs = 11, Activation = "tanh", Weights = Numbers(33), Bias = Numbers(11) };
        float[] x = Numbers(3);
        var y = new Network([layer]).Step(x);
        for (int k = 0; k < 11; k++)
            Assert.Equal(Math.Tanh(layer.Bias[k] + Enumerable.Range(0, 3).Sum(j => (double)layer.Weights[3 * k + j] * x[j])), y[k], 1e-6);
    }

    [Fact]
    public void AGatedLayerIsItsDefinition()
    {
        const int Inputs = 2, Units = 9;
        LayerFile layer = new() { Kind = "gru", Inputs = Inputs, Outputs = Units, Weights = Numbers(3 * Units * Inputs), Bias = Numbers(3 * Units), Recurrent = Numbers(3 * Units * Units), RecurrentBias = Numbers(3 * Units) };
        Network network = new([layer]);
        double[] memory = new double[Units];
        for (int step = 0; step < 50; step++)
        {
            float[] x = Numbers(Inputs);
            double Given(int row) => layer.Bias[row] + Enumerable.Range(0, Inputs).Sum(j => (double)layer.Weights[row * Inputs + j] * x[j]);
            double Remembered(int row) => layer.RecurrentBias![row] + Enumerable.Range(0, Units).Sum(j => layer.Recurrent![row * Units + j] * memory[j]);
            double[] next = new double[Units];
            for (int k = 0; k < Units; k++)
            {
                double reset = Sigmoid(Given(k) + Remembered(k)), update = Sigmoid(Given(Units + k) + Remembered(Units + k));
                double fresh = Math.Tanh(Given(2 * Units + k) + reset * Remembered(2 * Units + k));
                next[k] = (1 - update) * fresh + update * memory[k];
            }

            memory = next;
            var y = network.Step(x);
            for (int k = 0; k < Units; k++) Assert.Equal(memory[k], y[k], 1e-5); // float32 through 50 steps
        }
    }

    [Fact]
    public void AConvolutionSeesZerosBeforeItsStart()
    {
        const int Taps = 3, Dilation = 2;
        LayerFile layer = new() { Kind = "convolution", Inputs = 1, Outputs = 1, Taps = Taps, Dilation = Dilation, Weights = [100, 10, 1], Bias = [0.5f] };
        Network network = new([layer]);
        float[] x = Numbers(12);
        for (int t = 0; t < x.Length; t++)
        {
            double At(int back) => t - back >= 0 ? x[t - back] : 0;
            Assert.Equal(0.5 + 100 * At(4) + 10 * At(2) + At(0), network.Step(x.AsSpan(t, 1))[0], 1e-4);
        }
    }

    [Fact]
    public void AStartForgetsEverything()
    {
        LayerFile layer = new() { Kind = "gru", Inputs = 1, Outputs = 4, Weights = Numbers(12), Bias = Numbers(12), Recurrent = Numbers(48), RecurrentBias = Numbers(12) };
        Network network = new([layer]);
        float[] first = network.Step([0.3f]).ToArray();
        network.Step([-0.9f]);
        network.Start();
        Assert.Equal(first, network.Step([0.3f]).ToArray());
    }

    [Fact]
    public void LayersThatDoNotFitAreRefused()
    {
        LayerFile one = new() { Kind = "dense", Inputs = 1, Outputs = 2, Weights = Numbers(2), Bias = Numbers(2) };
        Assert.Throws<ArgumentException>(() => new Network([one, one]));
        Assert.Throws<ArgumentException>(() => new Network([one with { Kind = "lstm" }]));
        Assert.Throws<ArgumentException>(() => new Network([one with { Weights = Numbers(3) }]));
        Assert.Throws<ArgumentException>(() => new Network([]));
    }
}
