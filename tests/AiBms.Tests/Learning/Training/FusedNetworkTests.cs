using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Training;

/// <summary>Two networks side by side in one give what each gives alone.</summary>
public class FusedNetworkTests
{
    [Fact]
    public void EachGivesWhatItGaveAlone()
    {
        ModelCatalogue models = new(Path.Combine(Repo.Root, "models"));
        ModelFile correcting = models.Find("soc", "gru-correct", "lg_hg2"), direct = models.Find("soc", "gru", "lg_hg2");
        // Another scaling of the second, as from other rows.
        direct = direct with { Inputs = [.. direct.Inputs.Select((input, k) => input with { Mean = input.Mean + 0.1 * input.Scale, Scale = (1 + 0.05 * k) * input.Scale })] };
        Predictor fused = new(FusedNetwork.Of(correcting with { Id = "fused" }, correcting, direct)), first = new(correcting), second = new(direct);
        Random random = new(9);
        for (int t = 0; t < 200; t++)
        {
            double[] inputs = [.. correcting.Inputs.Select(input => input.Mean + input.Scale * (2 * random.NextDouble() - 1))];
            double[] some = [.. direct.Inputs.Select(input => inputs[Array.FindIndex(correcting.Inputs, known => known.Name == input.Name)])];
            double[] given = fused.Step(inputs).ToArray(), one = first.Step(inputs).ToArray(), two = second.Step(some).ToArray();
            for (int k = 0; k < 2; k++)
            {
                Assert.Equal(two[k], given[k], 2e-5);
                Assert.Equal(one[k], given[2 + k], 2e-5);
            }
        }
    }
}
