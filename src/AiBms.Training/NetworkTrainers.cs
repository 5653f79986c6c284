using AiBms.Learning.Training;

namespace AiBms.Training;

/// <summary>Learners that need the training library, in the order of the ladder; the last of a model is what is trained where no method is named.</summary>
public static class NetworkTrainers
{
    /// <summary>The network that corrects the filter.</summary>
    internal static SocNetworkTrainer Correcting { get; } = new("gru-correct", "gated recurrent network that corrects the filter", NetworkShape.Gated, corrects: true, steps: 1500);

    /// <summary>The network that needs no filter.</summary>
    internal static SocNetworkTrainer Direct { get; } = new("gru", "gated recurrent network, state carried", NetworkShape.Gated, corrects: false, steps: 3000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ITrainer> All { get; } =
    [
        new SocTreesTrainer(),
        new SocNetworkTrainer("mlp", "two dense layers on running means", NetworkShape.Dense, corrects: false, steps: 1500),
        new SocNetworkTrainer("tcn", "causal convolutions over the last minute, on running means", NetworkShape.Convolution, corrects: false, steps: 1000),
        Direct,
        Correcting,
        new SocFusionTrainer(),
        new SocMeasuringTrainer(),
    ];
}
