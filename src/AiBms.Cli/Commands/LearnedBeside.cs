using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Agent.Ports;
using AiBms.Agent.Replay;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>A learned model's state of charge beside the filter's over a replayed record. It is shown alone: protection and control run before it and never see it.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Last">What it says at the last row.</param>
/// <param name="RowsByValidity">Rows by validity, the most frequent first.</param>
sealed record LearnedBeside(string Model, SocEstimate Last, IReadOnlyList<(SocValidity Validity, int Rows)> RowsByValidity)
{
    /// <summary>Runs a model as a cell of the pack's median voltage.</summary>
    /// <exception cref="ModelException">It is no model of state of charge, or was not trained on the pack's cell.</exception>
    public static LearnedBeside Of(Recording recording, ReplayPack pack, ReplayResult result, ModelFile model)
    {
        if (model.Model != "soc") throw new ModelException($"{model.Id} estimates {model.Model}: --model of a replay takes a model of soc.");
        if (!model.Cells.Contains(pack.Cell.Id, StringComparer.Ordinal)) throw new ModelException($"{model.Id} was trained on {string.Join(", ", model.Cells)}, and the record's cell is {pack.Cell.Id}: --cell says what it is, where the record does not.");
        SocNetworkEstimator estimator = new(pack.Cell, model);
        double[][] probes = RecordedColumns.Probes(recording);
        int[] counts = new int[Enum.GetValues<SocValidity>().Length];
        SocEstimate last = default;
        for (int row = 0; row < recording.RowCount; row++)
        {
            double temperatureDegC = probes.Select(probe => probe[row]).Where(double.IsFinite).DefaultIfEmpty(recording.TemperatureDegC[row]).Average();
            last = estimator.Step(new(recording.TimeS[row], recording.CurrentA[row] / pack.Layout.ParallelCount, result.MedianV[row], temperatureDegC));
            counts[(int)last.Validity]++;
        }

        return new(model.Id, last, [.. Enum.GetValues<SocValidity>().Select(validity => (validity, counts[(int)validity])).Where(entry => entry.Item2 > 0).OrderByDescending(entry => entry.Item2)]);
    }

    /// <summary>One line of the screen.</summary>
    public string Line()
    {
        double rows = RowsByValidity.Sum(entry => entry.Rows);
        string validity = string.Join(", ", RowsByValidity.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{InferTable.Word(entry.Validity)} {100 * entry.Rows / rows:0.#} %")));
        return string.Create(CultureInfo.InvariantCulture, $"beside it {Model}, of the cells' median voltage: SOC {100 * Last.Soc:0.0} %, 90 % sure between {100 * Last.SocLow:0.0} and {100 * Last.SocHigh:0.0} ({InferTable.Word(Last.Validity)}; of all rows {validity}); shown alone, nothing acts on it");
    }

    /// <summary>The same as JSON.</summary>
    public JsonObject Json() => new()
    {
        ["model"] = Model,
        ["soc"] = Number(Last.Soc),
        ["socLow"] = Number(Last.SocLow),
        ["socHigh"] = Number(Last.SocHigh),
        ["validity"] = InferTable.Word(Last.Validity),
        ["rowsByValidity"] = new JsonObject([.. RowsByValidity.Select(entry => KeyValuePair.Create(InferTable.Word(entry.Validity), (JsonNode?)entry.Rows))]),
    };

    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
