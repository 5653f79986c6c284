namespace AiBms.Learning.Learners;

/// <summary>Learners that need a training library: the training program brings them, a board needs their names only.</summary>
public interface ILearnerLibrary
{
    /// <summary>Gradient-boosted regression trees.</summary>
    ILearner Trees(string name, Func<string, bool> uses, TreesDesign design);

    /// <summary>A network of two dense layers.</summary>
    ILearner Network(string name, Func<string, bool> uses, NetworkDesign design);
}
