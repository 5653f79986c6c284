using AiBms.Learning.Learners;

namespace AiBms.Training;

/// <summary>The training libraries behind one contract.</summary>
sealed class TrainingLibrary : ILearnerLibrary
{
    public ILearner Trees(string name, Func<string, bool> uses, TreesDesign design) => new TreesLearner(name, uses, design);

    public ILearner Network(string name, Func<string, bool> uses, NetworkDesign design) => new DenseLearner(name, uses, design);
}
