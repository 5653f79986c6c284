namespace AiBms.Learning.Training;

/// <summary>Whoever looks on while a model is trained.</summary>
public interface ITrainingWatch
{
    /// <summary>A note to the person.</summary>
    void Say(string sentence);

    /// <summary>One point of the loss curves.</summary>
    void Report(in TrainingPoint point);
}
