using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Forms;

/// <summary>One cell over whole recordings: the filter in double against the same in float and against the microcontroller's; networks from features in double against those in float.</summary>
sealed class CellForms
{
    readonly FormDifference[] _same = Outputs(), _edge = Outputs();
    readonly FormDifference[] _label = [new("SOC of the full filter", "points"), new("SOC of the microcontroller's", "points")];
    readonly Dictionary<string, FormDifference> _networks = new(StringComparer.Ordinal);

    /// <summary>Runs one recording from its start, whose SOC is told.</summary>
    public void Run(LabelledRecording labelled, CellType cell, IEnumerable<ModelFile> models)
    {
        var used = cell with { CapacityAh = labelled.ReferenceAh };
        RunFilters(labelled, used);
        foreach (var model in models) RunNetwork(labelled.Recording, used, model);
    }

    /// <summary>What was found.</summary>
    public IEnumerable<FormTable> Tables(string set) =>
    [
        new($"{set}: the full filter in double and in float (`ekf`, `ekf32`)", "One arithmetic: rounding alone.", _same),
        new($"{set}: the full filter in double and the microcontroller's in float (`ekf`, `edge`)", "Another form, with less to carry, beside rounding.", _edge),
        new($"{set}: both against the label", "Which of the two is off where they differ.", _label),
        .. _networks.Count > 0 ? [new FormTable($"{set}: networks on features in double and in float, from readings", "One arithmetic: rounding of features, scales and answer; layers are float in both.", [.. _networks.Values])] : (FormTable[])[],
    ];

    static FormDifference[] Outputs() => [new("SOC", "points"), new("deviation of SOC", "points"), new("expected voltage", "mV"), new("offset of the current", "mA")];

    static IEnumerable<CellSample> Samples(Recording recording)
    {
        for (int k = 0; k < recording.RowCount; k++) yield return new(recording.TimeS[k], recording.CurrentA[k], recording.VoltageV[k], recording.TemperatureDegC[k]);
    }

    void RunFilters(LabelledRecording labelled, CellType cell)
    {
        EkfEstimator<double> full = new(cell);
        EkfEstimator<float> single = new(cell);
        EdgeEstimator edge = new(cell);
        double known = labelled.Soc.FirstOrDefault(double.IsFinite, 1);
        foreach (ISocEstimator estimator in (ISocEstimator[])[full, single, edge]) estimator.Start(SocStart.Told(known));
        foreach (var (sample, label) in Samples(labelled.Recording).Zip(labelled.Soc))
        {
            SocEstimate expected = full.Step(sample), told = edge.Step(sample);
            string name = labelled.Recording.Name;
            Add(_same, expected, single.Step(sample), name, sample.TimeS);
            Add(_edge, expected, told, name, sample.TimeS);
            _label[0].Add(100 * label, 100 * expected.Soc, name, sample.TimeS);
            _label[1].Add(100 * label, 100 * told.Soc, name, sample.TimeS);
        }
    }

    static void Add(FormDifference[] into, in SocEstimate expected, in SocEstimate told, string recording, double timeS)
    {
        into[0].Add(100 * expected.Soc, 100 * told.Soc, recording, timeS);
        into[1].Add(100 * expected.SocDeviation, 100 * told.SocDeviation, recording, timeS);
        into[2].Add(1000 * expected.ModelVoltageV, 1000 * told.ModelVoltageV, recording, timeS);
        into[3].Add(1000 * expected.CurrentOffsetA, 1000 * told.CurrentOffsetA, recording, timeS);
    }

    void RunNetwork(Recording recording, CellType cell, ModelFile model)
    {
        string output = $"SOC by `{model.Method}`";
        if (!_networks.TryGetValue(output, out var difference)) _networks[output] = difference = new(output, "points");
        SocNetworkEstimator full = new(cell, model);
        EdgeNetSoc edge = new(new(cell), model);
        full.Start(SocStart.Unknown);
        double lastS = double.NaN;
        foreach (var sample in Samples(recording))
        {
            var expected = full.Step(sample);
            var told = edge.Step((float)(sample.TimeS - lastS), (float)sample.CurrentA, (float)sample.VoltageV, (float)sample.TemperatureDegC);
            lastS = sample.TimeS;
            if (told.IsKnown && expected.Validity != SocValidity.OutOfRange) difference.Add(100 * expected.Soc, 100 * told.Soc, recording.Name, sample.TimeS);
        }
    }
}
