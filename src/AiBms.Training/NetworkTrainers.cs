using AiBms.Learning.Training;

namespace AiBms.Training;

/// <summary>Learners that need the training library, in the order of the ladder; the last of a model is what is trained where no method is named.</summary>
static class NetworkTrainers
{
    public static IReadOnlyList<ITrainer> All { get; } =
    [
        new SocNetworkTrainer("mlp", "two dense layers on running means", NetworkShape.Dense, corrects: false),
        new SocNetworkTrainer("tcn", "causal convolutions over the last minute, on running means", NetworkShape.Convolution, corrects: false),
        new SocNetworkTrainer("gru-correct", "gated recurrent network that corrects the filter", NetworkShape.Gated, corrects: true),
        new SocNetworkTrainer("gru", "gated recurrent network, state carried", NetworkShape.Gated, corrects: false),
    ];
}
