using AiBms.Battery.Estimation.Networks;
using AiBms.Numerics;

namespace AiBms.Tests.Battery.Estimation.Networks;

/// <summary>Layers run eight units at a time; each unit has the bits of the plain form, unit by unit and input by input, which is the one in C.</summary>
public class VectorLayerTests
{
    static float Sigmoid(float x) => 1f / (1f + ReproducibleMath.Exp(-x));

    static float Tanh(float x) => 1f - 2f / (ReproducibleMath.Exp(x + x) + 1f);

    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    public void EveryLaneOfAnActivationHasTheBitsOfTheScalarForm(string name)
    {
        Random random = new(3);
        float[] edges = [0, -0f, 1e-30f, -1e-30f, 80, -80, 79.99f, -79.99f, 81, -81, 1e30f, -1e30f, 0.3465735f, -0.3465735f, 40.1f, -40.1f];
        float[] values = [.. edges, .. Enumerable.Range(0, 4001).Select(_ => (float)(24 * random.NextDouble() - 12))]; // no multiple of eight
        LayerFile layer = new() { Kind = "dense", Inputs = 1, Outputs = values.Length, Activation = name, Weights = new float[values.Length], Bias = values };
        float[] given = new Network([layer]).Step([0f]).ToArray();
        Assert.Equal(values.Select(x => Bits(name switch { "relu" => x > 0 ? x : 0, "tanh" => Tanh(x), _ => Sigmoid(x) })), given.Select(Bits));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(24)]
    public void AGatedLayerHasTheBitsOfItsPlainForm(int units)
    {
        const int Inputs = 5;
        Random random = new(units);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
        LayerFile layer = new() { Kind = "gru", Inputs = Inputs, Outputs = units, Weights = Numbers(3 * units * Inputs), Bias = Numbers(3 * units), Recurrent = Numbers(3 * units * units), RecurrentBias = Numbers(3 * units) };
        Network network = new([layer]);
        float[] memory = new float[units];
        for (int step = 0; step < 20; step++)
        {
            float[] x = Numbers(Inputs), next = new float[units];
            for (int k = 0; k < units; k++)
            {
                float reset = Sum(Sum(layer.Bias[k], layer.Weights, k, x) + layer.RecurrentBias![k], layer.Recurrent!, k, memory);
                float update = Sum(Sum(layer.Bias[units + k], layer.Weights, units + k, x) + layer.RecurrentBias[units + k], layer.Recurrent!, units + k, memory);
                float remembered = Sum(layer.RecurrentBias[2 * units + k], layer.Recurrent!, 2 * units + k, memory), kept = Sigmoid(update);
                next[k] = (1f - kept) * Tanh(Sum(layer.Bias[2 * units + k], layer.Weights, 2 * units + k, x) + Sigmoid(reset) * remembered) + kept * memory[k];
            }

            memory = next;
            Assert.Equal(memory.Select(Bits), network.Step(x).ToArray().Select(Bits));
        }
    }

    static float Sum(float from, float[] weights, int row, float[] x)
    {
        for (int j = 0; j < x.Length; j++) from += weights[row * x.Length + j] * x[j];
        return from;
    }

    static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
