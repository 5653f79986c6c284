using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Training;

/// <summary>Makes models of one kind by one method: an entry of <see cref="Trainers"/>, or of the training program where it needs its library.</summary>
public interface ITrainer
{
    /// <summary>What is estimated: soc, soh, rul, temp.</summary>
    string Model { get; }

    /// <summary>Rung of the ladder, as <c>--method</c> takes it.</summary>
    string Method { get; }

    /// <summary>What it does, in a few words.</summary>
    string Title { get; }

    /// <summary>Data sets it can be trained on, the default first.</summary>
    IReadOnlyList<string> Sets => SocTrainingData.Sets;

    /// <summary>True where it learns in steps that are watched: loss curves can be drawn, and a checkpoint taken up.</summary>
    bool HasSteps => false;

    /// <summary>Options by name with their defaults, as a settings file or <c>--option name=value</c> gives them.</summary>
    IReadOnlyDictionary<string, string> Defaults { get; }

    /// <summary>Trains. Same request, same data: same weights.</summary>
    /// <exception cref="AiBms.Telemetry.DataException">The data cannot be used; no model is written then.</exception>
    ModelFile Train(TrainingRequest request, ITrainingWatch watch);
}
