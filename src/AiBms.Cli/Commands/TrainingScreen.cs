using System.Globalization;
using AiBms.Cli.Shell;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary>Loss, rate and time left on stderr, a line for each point of the curves.</summary>
sealed class TrainingScreen(Talk talk) : ITrainingWatch
{
    readonly List<TrainingPoint> _points = [];

    public IReadOnlyList<TrainingPoint> Points => _points;

    public void Say(string sentence) => talk.Say(sentence);

    public void Report(in TrainingPoint point)
    {
        _points.Add(point);
        talk.Say(string.Create(CultureInfo.InvariantCulture, $"step {point.Step} of {point.Steps}: samples {point.SampleScore:0.0000}{Recordings(point)}, {point.SamplesPerS:0} samples/s, {point.LeftS / 60:0.0} min left"));
    }

    static string Recordings(in TrainingPoint point) => double.IsNaN(point.ChooseScore) ? "" : string.Create(CultureInfo.InvariantCulture, $", train {point.TrainScore:0.0000}, choose {point.ChooseScore:0.0000}");
}
