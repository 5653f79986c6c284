namespace AiBms.Learning.Training;

/// <summary>How training stands.</summary>
/// <param name="Step">Steps of the optimiser done.</param>
/// <param name="Steps">Steps there will be at most.</param>
/// <param name="SampleScore">Error over the single samples trained on since the last point, sensor errors added, of the unit named by the trainer.</param>
/// <param name="TrainScore">Error on recordings that are trained on, measured as <paramref name="ChooseScore"/> is; NaN where nothing chooses.</param>
/// <param name="ChooseScore">Error on what stops training.</param>
/// <param name="SamplesPerS">Samples trained on a second.</param>
/// <param name="LeftS">Time left as it goes, s.</param>
public readonly record struct TrainingPoint(int Step, int Steps, double SampleScore, double TrainScore, double ChooseScore, double SamplesPerS, double LeftS);
