using AiBms.Learning.Learners;

namespace AiBms.Learning.Training;

/// <summary>Every learner that needs no training library. A new one is a class behind <see cref="ITrainer"/> and a line here.</summary>
public static class Trainers
{
    /// <summary>In the order of the ladder, model by model.</summary>
    public static IReadOnlyList<ITrainer> All { get; } = With(new AbsentLibrary());

    /// <summary>The same, with a library for the learners that need one.</summary>
    public static IReadOnlyList<ITrainer> With(ILearnerLibrary library) => [new SocMeanTrainer(), new SocFilterBandTrainer(), new SocRidgeTrainer(), .. FeatureTrainers.All(library)];

    /// <summary>True of a model whose methods are no rungs to choose from: inference answers with all of them, so they are trained together.</summary>
    public static bool AnswersWithAll(string model) => model == "temp";

    /// <summary>Models that are trained, and methods of each that need the training program.</summary>
    public static IReadOnlyDictionary<string, string[]> InTrainingProgram { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["soc"] = ["gbt", "mlp", "tcn", "gru", "gru-correct", "fusion", "gru-measures"],
    };
}
