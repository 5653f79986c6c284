using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;
using AiBms.Telemetry;

namespace AiBms.Learning.Training;

/// <summary>An endless run through training recordings: cut at a random row, followed for a while with all state carried, then cut elsewhere.</summary>
/// <remarks>
/// The cut is anywhere, so that "time zero means full" cannot be learnt, and features are computed by the code that inference runs.
/// Ambients come up equally often, whatever the number of recordings at each.
/// </remarks>
public sealed class SocStream
{
    /// <summary>A run is left with this probability a second, so that it lasts an hour on average.</summary>
    const double LeaveProbability = 1.0 / 3600;

    /// <summary>So many runs without one row to learn from: there is none.</summary>
    const int MostEmptyRuns = 300;

    readonly SocTrainingItem[][] _groups;
    readonly SeededStream _random;
    readonly bool _perturbs;
    readonly Dictionary<SocTrainingItem, (EkfEstimator<double>? Filter, SocFeatures Features)> _made = [];
    readonly IReadOnlyList<string> _names;
    readonly bool _needsFilter;
    SocTrainingItem _item;
    LabelledRecording _labelled = null!;
    SocFeatures _features = null!;
    EkfEstimator<double>? _filter;
    PerturbedSensors _sensors = null!;
    int _row;
    double _zeroS;

    /// <param name="items">What is trained on.</param>
    /// <param name="names">Features.</param>
    /// <param name="random">Chooses everything.</param>
    /// <param name="perturbs">Adds sensor errors, another set for each run.</param>
    public SocStream(IEnumerable<SocTrainingItem> items, IReadOnlyList<string> names, SeededStream random, bool perturbs)
    {
        _groups = [.. items.GroupBy(item => (item.Cell.Id, item.File.AmbientDegC)).Select(group => group.ToArray())];
        (_names, _random, _perturbs, _needsFilter) = (names, random, perturbs, names.Any(name => name.StartsWith("filter-", StringComparison.Ordinal)));
        _item = _groups[0][0];
        Begin();
    }

    /// <summary>True where <see cref="Next"/> gave the first sample of a new run: what a network remembers is to be forgotten before it.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Values of the features at the last row.</summary>
    public ReadOnlySpan<double> Features => _features.Values;

    /// <summary>The filter's SOC at the last row; NaN where no feature needs the filter.</summary>
    public double FilterSoc { get; private set; }

    /// <summary>Time since the cut, s.</summary>
    public double SinceStartS => _features.SinceStartS;

    /// <summary>Ambient of the recording, °C.</summary>
    public double AmbientDegC => _item.File.AmbientDegC;

    /// <summary>Takes the next row that has a label.</summary>
    /// <returns>True SOC, 0…1.</returns>
    /// <exception cref="DataException">Run after run has no row with a label and readings that can be used.</exception>
    public double Next()
    {
        HasBegun = false;
        int emptyRuns = 0;
        while (true)
        {
            if (_row >= _labelled.Soc.Length || _random.NextFraction() < LeaveProbability)
            {
                if (++emptyRuns > MostEmptyRuns) throw new DataException($"'{_item.File.RelativePath}' and {MostEmptyRuns - 1} more runs through what is trained on have no row with a known SOC, a current and a voltage: there is nothing to learn from.");
                Begin();
            }

            int row = _row++;
            double timeS = _labelled.Recording.TimeS[row] - _zeroS;
            var sample = _sensors.Read(RecordingRows.Sample(_labelled.Recording, row) with { TimeS = timeS });
            if (_filter is not null) FilterSoc = _filter.Step(sample).Soc;
            if (_features.Step(sample) && double.IsFinite(_labelled.Soc[row])) return _labelled.Soc[row];
        }
    }

    void Begin()
    {
        var group = _groups[_random.NextBelow(_groups.Length)];
        _item = group[_random.NextBelow(group.Length)];
        _labelled = _item.Labelled;
        _row = _random.NextBelow(Math.Max(1, _labelled.Soc.Length - 600));
        _zeroS = _labelled.Recording.TimeS[_row];
        if (!_made.TryGetValue(_item, out var made))
        {
            var filter = _needsFilter ? new EkfEstimator<double>(_item.Cell) : null;
            _made[_item] = made = (filter, new SocFeatures(_item.Cell, _names, filter));
        }

        (_filter, _features) = made;
        _filter?.Start(SocStart.Unknown);
        _features.Start();
        FilterSoc = double.NaN;
        _sensors = new(_perturbs ? SensorErrors.Draw(_random, _item.Cell) : Perturbation.None, _random);
        HasBegun = true;
    }
}
