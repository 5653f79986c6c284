using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Training;

/// <summary>Two gated networks as one that runs both side by side: the one that corrects the filter, and the one that needs no filter.</summary>
/// <remarks>The first takes all inputs, the second some of them; weights between the two are zero, so each gives what it gave alone.</remarks>
public static class FusedNetwork
{
    /// <summary>Outputs: SOC, its deviation, what to add to the filter's SOC, the deviation of that.</summary>
    public static ModelFile Of(ModelFile frame, ModelFile correcting, ModelFile direct)
    {
        if (correcting.Layers is not [{ Kind: "gru" } first, { Kind: "dense" } firstOut] || direct.Layers is not [{ Kind: "gru" } second, { Kind: "dense" } secondOut])
            throw new ArgumentException("Both networks are one gated layer and a dense one.", nameof(correcting));
        second = Rescaled(second, direct.Inputs, correcting.Inputs);
        int inputs = correcting.Inputs.Length, one = first.Outputs, units = one + second.Outputs;
        return frame with
        {
            Inputs = correcting.Inputs,
            Outputs = [direct.Outputs[0], direct.Outputs[1], correcting.Outputs[0], correcting.Outputs[1] with { Name = SocNetworkEstimator.CorrectionDeviation }],
            Layers =
            [
                new()
                {
                    Kind = "gru",
                    Inputs = inputs,
                    Outputs = units,
                    Weights = Blocks(first.Weights, second.Weights),
                    Bias = Blocks(first.Bias, second.Bias),
                    Recurrent = Diagonal(first.Recurrent!, one, second.Recurrent!, second.Outputs, gates: 3),
                    RecurrentBias = Blocks(first.RecurrentBias!, second.RecurrentBias!),
                },
                new()
                {
                    Kind = "dense",
                    Inputs = units,
                    Outputs = 4,
                    Weights = [.. Rows(secondOut, before: one, after: 0), .. Rows(firstOut, before: 0, after: second.Outputs)],
                    Bias = [.. secondOut.Bias, .. firstOut.Bias],
                },
            ],
        };
    }

    /// <summary>The layer taking the inputs of another scaling: the inputs it does not know get weight zero.</summary>
    static LayerFile Rescaled(LayerFile layer, ModelInput[] own, ModelInput[] shared)
    {
        int rows = 3 * layer.Outputs;
        float[] weights = new float[rows * shared.Length], bias = [.. layer.Bias];
        for (int j = 0; j < own.Length; j++)
        {
            int at = Array.FindIndex(shared, input => input.Name == own[j].Name);
            double scale = shared[at].Scale / own[j].Scale, shift = (shared[at].Mean - own[j].Mean) / own[j].Scale;
            for (int row = 0; row < rows; row++)
            {
                float weight = layer.Weights[row * own.Length + j];
                weights[row * shared.Length + at] = (float)(weight * scale);
                bias[row] += (float)(weight * shift);
            }
        }

        return layer with { Inputs = shared.Length, Weights = weights, Bias = bias };
    }

    // Three gates, one after the other; in each the units of the first network, then those of the second.
    static float[] Blocks(float[] first, float[] second)
    {
        int one = first.Length / 3, two = second.Length / 3;
        return [.. Enumerable.Range(0, 3).SelectMany(gate => first[(gate * one)..((gate + 1) * one)].Concat(second[(gate * two)..((gate + 1) * two)]))];
    }

    static float[] Diagonal(float[] first, int one, float[] second, int two, int gates)
    {
        float[] whole = new float[gates * (one + two) * (one + two)];
        for (int gate = 0; gate < gates; gate++)
        {
            int from = gate * (one + two) * (one + two);
            for (int row = 0; row < one; row++) first.AsSpan((gate * one + row) * one, one).CopyTo(whole.AsSpan(from + row * (one + two)));
            for (int row = 0; row < two; row++) second.AsSpan((gate * two + row) * two, two).CopyTo(whole.AsSpan(from + (one + row) * (one + two) + one));
        }

        return whole;
    }

    static IEnumerable<float> Rows(LayerFile dense, int before, int after) =>
        Enumerable.Range(0, dense.Outputs).SelectMany(row => (float[])[.. new float[before], .. dense.Weights.AsSpan(row * dense.Inputs, dense.Inputs), .. new float[after]]);
}
