using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;

namespace AiBms.Learning.Training;

/// <summary>Trains a model that estimates from rows of features: health, life, temperature ahead.</summary>
/// <param name="model">soh, rul or temp.</param>
/// <param name="method">Name of the method.</param>
/// <param name="title">What it does, in a few words.</param>
/// <param name="sets">Sets it can be trained on, the default first.</param>
/// <param name="open">Reads what a request names.</param>
public sealed class FeatureTrainer(string model, string method, string title, IReadOnlyList<string> sets, Func<TrainingRequest, FeatureLesson> open) : ITrainer
{
    /// <inheritdoc/>
    public string Model => model;

    /// <inheritdoc/>
    public string Method => method;

    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sets => sets;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ModelFile Train(TrainingRequest request, ITrainingWatch watch)
    {
        var lesson = open(request);
        var rows = lesson.Split.Training;
        watch.Say($"{rows.CellCount} {lesson.UnitName}, {rows.RowFeatures.Count} rows, {rows.FeatureNames.Count} features: {lesson.Learner.Name}");
        var made = FeatureFit.Fit(lesson.Learner, rows, (ulong)request.Seed, lesson.Interval, watch.Say);
        return made with
        {
            Id = $"{model}_{method}_{lesson.Id}",
            Model = model,
            Method = method,
            Title = lesson.Title,
            Cells = lesson.CellIds,
            Outputs = [lesson.Output],
            Settings = lesson.Settings,
            Validity = lesson.Validity + (lesson.BoardTable is { } table ? $" What to expect of it stands on the board of {model}, table {table}, in the row '{lesson.Learner.Name}'." : ""),
            Data = [lesson.Data],
            Training = made.Training with
            {
                Command = request.Command,
                Seed = request.Seed,
                CodeVersion = request.CodeVersion,
                DataHash = lesson.DataHash,
                Split = lesson.SplitText,
                Options = request.Options,
            },
        };
    }
}
