namespace AiBms.Learning.Training;

/// <summary>How training stands.</summary>
/// <param name="Step">Steps of the optimiser done.</param>
/// <param name="Steps">Steps there will be at most.</param>
/// <param name="TrainScore">Error on what is trained on since the last point, of the unit named by the trainer.</param>
/// <param name="ChooseScore">The same on what stops training.</param>
/// <param name="SamplesPerS">Samples trained on a second.</param>
/// <param name="LeftS">Time left as it goes, s.</param>
public readonly record struct TrainingPoint(int Step, int Steps, double TrainScore, double ChooseScore, double SamplesPerS, double LeftS);
