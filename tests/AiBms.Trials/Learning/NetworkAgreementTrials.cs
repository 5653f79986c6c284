using AiBms.Battery.Estimation.Networks;
using AiBms.Training;
using static TorchSharp.torch;

namespace AiBms.Trials.Learning;

/// <summary>The house's own inference against the training library, every kind of network, state carried.</summary>
public class NetworkAgreementTrials
{
    [Theory]
    [InlineData("Dense")]
    [InlineData("Convolution")]
    [InlineData("Gated")]
    public void OutputsAgreeTo1e5(string shape)
    {
        const int Inputs = 5, Steps = 400;
        TorchLibrary.Load();
        random.manual_seed(3);
        using TrainableNetwork theirs = new(Enum.Parse<NetworkShape>(shape), Inputs, units: 19, outputs: 2);
        Network ours = new(theirs.Layers());
        using var x = randn(1, Steps, Inputs) * 2;
        float[] given = x.contiguous().data<float>().ToArray(), expected;
        using (no_grad())
        using (var y = theirs.forward(x)) expected = y.contiguous().data<float>().ToArray();
        for (int t = 0; t < Steps; t++)
        {
            var outputs = ours.Step(given.AsSpan(t * Inputs, Inputs));
            for (int k = 0; k < 2; k++) Assert.Equal(expected[2 * t + k], outputs[k], 1e-5);
        }
    }
}
